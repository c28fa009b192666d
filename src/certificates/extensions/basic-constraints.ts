import { type Phrase } from "../../words/phrase";
import type { Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag } from "../asn1/tag";
import { readBoolean, readInteger } from "../asn1/value";

/** RFC 5280 section 4.2.1.9 */
export interface BasicConstraints {
  readonly type: "basicConstraints";
  readonly ca: boolean;
  /** How many CA certificates may follow below; absent when there is no limit, or it could not be read. */
  readonly pathLength?: number;
  /** Present where the limit could not be read: what is wrong with it. It is still a CA. */
  readonly problem?: Phrase;
}

/** @throws DerError when even the CA flag cannot be read */
export function readBasicConstraints(element: Element): BasicConstraints {
  const parts = element.open();
  const flag = parts.optional(Tag.BOOLEAN);
  const ca = flag !== undefined && readBoolean(flag);
  if (!parts.more) return { type: "basicConstraints", ca };
  try {
    const pathLength = readInteger(parts.expect(Tag.INTEGER, "pathLenConstraint"), "pathLenConstraint");
    parts.finish("BasicConstraints");
    return { type: "basicConstraints", ca, pathLength };
  } catch (error) {
    // Without the flag, the damage may be to the flag itself: then nothing is known.
    if (!(error instanceof DerError) || flag === undefined) throw error;
    return { type: "basicConstraints", ca, problem: error.said };
  }
}
