import { ATTRIBUTE_TYPES } from "../names/attribute-type";
import type { Attribute } from "../names/attribute";
import { words } from "./name-rows";
import type { Row } from "./page";
import { hex, oid, row, text, time } from "./row";

/** Attributes outside a name: one row each, by name where the type is known. */
export function attributeRows(attributes: readonly Attribute[]): readonly Row[] {
  return attributes.map((attribute) => {
    const known = ATTRIBUTE_TYPES.get(attribute.oid);
    const values = attribute.values.map((value) => {
      switch (value.type) {
        case "text":
          return text(value.value);
        case "time":
          return time(value.value);
        case "oid":
          return oid(value.value);
        case "other":
          return hex(value.hex);
      }
    });
    return row(known === undefined ? attribute.oid : words(known.name), values, { oid: attribute.oid });
  });
}
