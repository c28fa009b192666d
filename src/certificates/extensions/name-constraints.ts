import type { Element, Reader } from "../asn1/der";
import { Tag, explicit, implicit } from "../asn1/tag";
import { readInteger } from "../asn1/value";
import { readGeneralName, type GeneralName } from "../names/general-name";

/** RFC 5280 section 4.2.1.10 */
export interface NameConstraints {
  readonly type: "nameConstraints";
  readonly permitted: readonly GeneralSubtree[];
  readonly excluded: readonly GeneralSubtree[];
}

/** An IP address includes its mask, "192.0.2.0/24". */
export interface GeneralSubtree {
  readonly base: GeneralName;
  /** Always 0 in RFC 5280's profile; absent then. */
  readonly minimum?: number;
  readonly maximum?: number;
}

/** @throws DerError */
export function readNameConstraints(element: Element): NameConstraints {
  const parts = element.open();
  const permitted = parts.optional(explicit(0));
  const excluded = parts.optional(explicit(1));
  parts.finish("NameConstraints");
  return {
    type: "nameConstraints",
    permitted: permitted === undefined ? [] : readSubtrees(permitted.open()),
    excluded: excluded === undefined ? [] : readSubtrees(excluded.open()),
  };
}

function readSubtrees(list: Reader): GeneralSubtree[] {
  const subtrees: GeneralSubtree[] = [];
  while (list.more) {
    const parts = list.expect(Tag.SEQUENCE, "GeneralSubtree").open();
    const base = readGeneralName(parts.next(), true);
    const minimum = parts.optional(implicit(0));
    const maximum = parts.optional(implicit(1));
    parts.finish("GeneralSubtree");
    subtrees.push({
      base,
      ...(minimum === undefined ? {} : { minimum: readInteger(minimum, "minimum") }),
      ...(maximum === undefined ? {} : { maximum: readInteger(maximum, "maximum") }),
    });
  }
  return subtrees;
}
