import type { Element } from "../containers/der";
import { Tag } from "../containers/tag";
import { boolean, integer } from "../containers/value";

/** RFC 5280 section 4.2.1.9 */
export interface BasicConstraints {
  readonly type: "basicConstraints";
  readonly ca: boolean;
  /** CA certificates that may follow below; absent when there is no limit. */
  readonly pathLength?: number;
}

/** @throws DerError */
export function readBasicConstraints(element: Element): BasicConstraints {
  const parts = element.open();
  const flag = parts.optional(Tag.BOOLEAN);
  const length = parts.optional(Tag.INTEGER);
  parts.finish("BasicConstraints");
  const ca = flag !== undefined && boolean(flag);
  if (length === undefined) return { type: "basicConstraints", ca };
  return { type: "basicConstraints", ca, pathLength: integer(length, "pathLenConstraint") };
}
