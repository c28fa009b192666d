import { ATTRIBUTE_TYPES } from "../names/attribute-type";
import type { Attribute } from "../names/attribute";
import { attributeLabel } from "./name-rows";
import type { DraftRow } from "./draft";
import { hexValue, oidValue, row, textValue, timeValue } from "./row";

/** Attributes outside a name: one row each, by name where the type is known. */
export function attributeRows(attributes: readonly Attribute[]): readonly DraftRow[] {
  return attributes.map((attribute) => {
    const known = ATTRIBUTE_TYPES.get(attribute.oid);
    const values = attribute.values.map((value) => {
      switch (value.type) {
        case "text":
          return textValue(value.value);
        case "time":
          return timeValue(value.value);
        case "oid":
          return oidValue(value.value);
        case "other":
          return hexValue(value.hex);
      }
    });
    return row(known === undefined ? attribute.oid : attributeLabel(known.name), values, { oid: attribute.oid });
  });
}
