import { ATTRIBUTE_TYPES } from "../names/attribute-type";
import type { GeneralName } from "../names/general-name";
import type { Name, NameAttribute } from "../names/name";
import type { Row, Value } from "./page";
import { domain, hex, oid, row, text, uri } from "./row";

/** One row for each attribute, in the order of the certificate; the attributes of a multi-valued RDN say so. */
export function nameRows(name: Name): readonly Row[] {
  if (name.rdns.length === 0) return [row("Name", text("(empty)"))];
  return name.rdns.flatMap((rdn) => rdn.map((attribute) => attributeRow(attribute, rdn.length > 1)));
}

function attributeRow(attribute: NameAttribute, shared: boolean): Row {
  const known = ATTRIBUTE_TYPES.get(attribute.oid);
  const label = known === undefined ? attribute.oid || "Attribute" : words(known.name);
  const values: Value[] = [domain(attribute.value)];
  if (attribute.problem !== undefined) values.unshift(text(`could not be read: ${attribute.problem}`));
  if (attribute.unicode !== undefined) values.push(domain(attribute.unicode));
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

/** How the nine types are called to a person. */
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

export function generalNameRow(name: GeneralName): Row {
  const label = GENERAL_NAMES[name.type];
  switch (name.type) {
    case "dNSName":
    case "rfc822Name":
      return row(label, name.unicode === undefined ? domain(name.value) : [domain(name.value), domain(name.unicode)]);
    case "uniformResourceIdentifier":
      return row(label, uri(name.value));
    case "iPAddress":
      return name.bytes === undefined
        ? row(label, text(name.value))
        : row(label, [text(`could not be read: it has ${name.bytes} bytes`), hex(name.value)]);
    case "directoryName":
      return row(label, { kind: "rows", rows: nameRows(name.value) });
    case "registeredID":
      return row(label, oid(name.value));
    case "otherName":
      return row(
        name.name === undefined ? label : words(name.name),
        [
          ...(name.value === undefined ? [hex(name.hex)] : [domain(name.value)]),
          ...(name.unicode === undefined ? [] : [domain(name.unicode)]),
        ],
        { oid: name.oid },
      );
    case "ediPartyName":
      return row(label, [...(name.nameAssigner === undefined ? [] : [text(name.nameAssigner)]), text(name.partyName)]);
    case "x400Address":
      return row(label, hex(name.hex));
  }
}
