import { ATTRIBUTE_TYPES } from "../names/attribute-type";
import type { GeneralName } from "../names/general-name";
import type { Name, NameAttribute } from "../names/name";
import { phrase, type Phrase } from "../../words/phrase";
import type { DraftRow, DraftValue, Sayable } from "./draft";
import { domainValue, hexValue, oidValue, row, textValue, uriValue } from "./row";

/** One row for each attribute, in the order of the certificate; the attributes of a multi-valued RDN say so. */
export function nameRows(name: Name): readonly DraftRow[] {
  if (name.rdns.length === 0) return [row(phrase("Name"), textValue(phrase("(empty)")))];
  return name.rdns.flatMap((rdn) => rdn.map((attribute) => attributeRow(attribute, rdn.length > 1)));
}

function attributeRow(attribute: NameAttribute, shared: boolean): DraftRow {
  const known = ATTRIBUTE_TYPES.get(attribute.oid);
  const label = known === undefined ? attribute.oid || phrase("Attribute") : attributeLabel(known.name);
  const values: DraftValue[] = [domainValue(attribute.value)];
  if (attribute.problem !== undefined) values.unshift(textValue(phrase("could not be read: {0}", attribute.problem)));
  if (attribute.unicode !== undefined) values.push(domainValue(attribute.unicode));
  const kind = kindOf(attribute);
  return row(label, values, {
    oid: attribute.oid,
    explanation: shared ? phrase("{0}, one of several attributes of the same RDN", kind) : kind,
  });
}

function kindOf({ stringType, damaged, problem }: NameAttribute): Phrase | string {
  if (problem !== undefined) return phrase("damaged");
  return damaged === true ? phrase("{0}, damaged", stringType) : stringType;
}

/** Labels of the attributes that names are made of. */
const ATTRIBUTE_LABELS: ReadonlyMap<string, Phrase> = new Map([
  ["commonName", phrase("Common Name")],
  ["surname", phrase("Surname")],
  ["serialNumber", phrase("Serial Number")],
  ["countryName", phrase("Country Name")],
  ["localityName", phrase("Locality Name")],
  ["stateOrProvinceName", phrase("State Or Province Name")],
  ["streetAddress", phrase("Street Address")],
  ["organizationName", phrase("Organization Name")],
  ["organizationalUnitName", phrase("Organizational Unit Name")],
  ["title", phrase("Title")],
  ["description", phrase("Description")],
  ["businessCategory", phrase("Business Category")],
  ["postalCode", phrase("Postal Code")],
  ["givenName", phrase("Given Name")],
  ["initials", phrase("Initials")],
  ["pseudonym", phrase("Pseudonym")],
  ["organizationIdentifier", phrase("Organization Identifier")],
  ["domainComponent", phrase("Domain Component")],
  ["emailAddress", phrase("Email Address")],
  ["jurisdictionLocalityName", phrase("Jurisdiction Locality Name")],
  ["jurisdictionStateOrProvinceName", phrase("Jurisdiction State Or Province Name")],
  ["jurisdictionCountryName", phrase("Jurisdiction Country Name")],
  ["userId", phrase("User Id")],
  ["name", phrase("Name")],
]);

/** "commonName" as "Common Name"; rare ones stay as their standards have them. */
export function attributeLabel(name: string): Sayable {
  const known = ATTRIBUTE_LABELS.get(name);
  if (known !== undefined) return known;
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Names of the nine types, for a person. */
const GENERAL_NAMES: Readonly<Record<GeneralName["type"], Sayable>> = {
  dNSName: phrase("DNS name"),
  rfc822Name: phrase("E-mail address"),
  uniformResourceIdentifier: "URI",
  iPAddress: phrase("IP address"),
  directoryName: phrase("Directory name"),
  registeredID: phrase("Registered ID"),
  otherName: phrase("Other name"),
  ediPartyName: phrase("EDI party name"),
  x400Address: phrase("X.400 address"),
};

export function generalNameRow(name: GeneralName): DraftRow {
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
        : row(label, [textValue(phrase("could not be read: it has {0} bytes", name.bytes)), hexValue(name.value)]);
    case "directoryName":
      return row(label, { kind: "rows", rows: nameRows(name.value) });
    case "registeredID":
      return row(label, oidValue(name.value));
    case "otherName":
      return row(
        name.name === undefined ? label : attributeLabel(name.name),
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
