import { characterString } from "../asn1/character-string";
import type { Element, Reader } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { isTime, readTime } from "../asn1/time";
import { readOid } from "../asn1/value";

/** An attribute with any number of values (RFC 5280 appendix A.1), as in requests and directory attributes. */
export interface Attribute {
  readonly oid: string;
  readonly values: readonly AttributeValue[];
}

export type AttributeValue =
  | { readonly type: "text"; readonly value: string }
  /** Epoch ms. */
  | { readonly type: "time"; readonly value: number }
  | { readonly type: "oid"; readonly value: string }
  /** The whole encoding. */
  | { readonly type: "other"; readonly hex: string };

/** @throws DerError */
export function readAttributes(list: Reader): Attribute[] {
  const attributes: Attribute[] = [];
  while (list.more) {
    const { type, values } = splitAttribute(list.next());
    attributes.push({ oid: type, values: values.map(readAttributeValue) });
  }
  return attributes;
}

/** SEQUENCE { type OBJECT IDENTIFIER, values SET OF ANY } @throws DerError */
export function splitAttribute(element: Element): { readonly type: string; readonly values: readonly Element[] } {
  const parts = element.open();
  const type = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "AttributeType"));
  const values: Element[] = [];
  for (const set = parts.expect(Tag.SET, "AttributeValue").open(); set.more;) values.push(set.next());
  parts.finish("Attribute");
  return { type, values };
}

/** @throws DerError */
export function readAttributeValue(element: Element): AttributeValue {
  if (isTime(element.identifier)) return { type: "time", value: readTime(element) };
  if (element.identifier === Tag.OBJECT_IDENTIFIER) return { type: "oid", value: readOid(element) };
  const text = characterString(element);
  return text === undefined ? { type: "other", hex: element.wholeHex } : { type: "text", value: text.value };
}
