import { ATTRIBUTE_TYPES } from "../names/attribute-type";
import type { GeneralName } from "../names/general-name";
import type { Name, NameAttribute } from "../names/name";
import type { DetailsRow, Value } from "./page";
import { domainValue, hexValue, oidValue, row, textValue, uriValue } from "./row";

/** One row for each attribute, in the order of the certificate; the attributes of a multi-valued RDN say so. */
export function nameRows(name: Name): readonly DetailsRow[] {
  if (name.rdns.length === 0) return [row("Name", textValue("(empty)"))];
  return name.rdns.flatMap((rdn) => rdn.map((attribute) => attributeRow(attribute, rdn.length > 1)));
}

function attributeRow(attribute: NameAttribute, shared: boolean): DetailsRow {
  const known = ATTRIBUTE_TYPES.get(attribute.oid);
  const label = known === undefined ? attribute.oid || "Attribute" : words(known.name);
  const values: Value[] = [domainValue(attribute.value)];
  if (attribute.problem !== undefined) values.unshift(textValue(`could not be read: ${attribute.problem}`));
  if (attribute.unicode !== undefined) values.push(domainValue(attribute.unicode));
  const kind = `${attribute.stringType}${attribute.damaged === true ? ", damaged" : ""}`;
  return row(label, values, {
    oid: attribute.oid,
    explanation: shared ? `${kind}, one of several attributes of the same RDN` : kind,
  });
}

/** "commonName" as "Common Name". */
export function words(name: string): string {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Names of the nine types, for a person. */
const GENERAL_NAMES: Readonly<Record<GeneralName["type"], string>> = {
  dNSName: "DNS name",
  rfc822Name: "E-mail address",
  uniformResourceIdentifier: "URI",
  iPAddress: "IP address",
  directoryName: "Directory name",
  registeredID: "Registered ID",
  otherName: "Other name",
  ediPartyName: "EDI party name",
  x400Address: "X.400 address",
};

export function generalNameRow(name: GeneralName): DetailsRow {
  const label = GENERAL_NAMES[name.type];
  switch (name.type) {
    case "dNSName":
    case "rfc822Name":
      return row(
        label,
        name.unicode === undefined ? domainValue(name.value) : [domainValue(name.value), domainValue(name.unicode)],
      );
    case "uniformResourceIdentifier":
      return row(label, uriValue(name.value));
    case "iPAddress":
      return name.bytes === undefined
        ? row(label, textValue(name.value))
        : row(label, [textValue(`could not be read: it has ${name.bytes} bytes`), hexValue(name.value)]);
    case "directoryName":
      return row(label, { kind: "rows", rows: nameRows(name.value) });
    case "registeredID":
      return row(label, oidValue(name.value));
    case "otherName":
      return row(
        name.name === undefined ? label : words(name.name),
        [
          ...(name.value === undefined ? [hexValue(name.hex)] : [domainValue(name.value)]),
          ...(name.unicode === undefined ? [] : [domainValue(name.unicode)]),
        ],
        { oid: name.oid },
      );
    case "ediPartyName":
      return row(label, [
        ...(name.nameAssigner === undefined ? [] : [textValue(name.nameAssigner)]),
        textValue(name.partyName),
      ]);
    case "x400Address":
      return row(label, hexValue(name.hex));
  }
}
