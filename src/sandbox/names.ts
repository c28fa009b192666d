import { derElement, derObjectIdentifier, derSequence, ia5String } from "./der";

/**
 * Attribute types of subject names: RFC 5280 appendix A, the EV guidelines section 7.1.4.2, the mark certificate
 * requirements.
 */
const ATTRIBUTES = {
  commonName: "2.5.4.3",
  serialNumber: "2.5.4.5",
  countryName: "2.5.4.6",
  localityName: "2.5.4.7",
  stateOrProvinceName: "2.5.4.8",
  streetAddress: "2.5.4.9",
  organizationName: "2.5.4.10",
  businessCategory: "2.5.4.15",
  givenName: "2.5.4.42",
  surname: "2.5.4.4",
  organizationIdentifier: "2.5.4.97",
  emailAddress: "1.2.840.113549.1.9.1",
  jurisdictionStateOrProvinceName: "1.3.6.1.4.1.311.60.2.1.2",
  jurisdictionCountryName: "1.3.6.1.4.1.311.60.2.1.3",
  trademarkOfficeName: "1.3.6.1.4.1.53087.1.2",
  trademarkCountryOrRegionName: "1.3.6.1.4.1.53087.1.3",
  trademarkIdentifier: "1.3.6.1.4.1.53087.1.4",
  markType: "1.3.6.1.4.1.53087.1.13",
  priorUseMarkSourceURL: "1.3.6.1.4.1.53087.5.1",
} as const;

export type SubjectAttribute = readonly [type: keyof typeof ATTRIBUTES, value: string];

/** Attributes that their standard requires as PrintableString (RFC 5280 appendix A.1) or IA5String (emailAddress). */
const PRINTABLE: ReadonlySet<string> = new Set(["countryName", "serialNumber", "jurisdictionCountryName"]);

/** A Name (RFC 5280 section 4.1.2.4), each attribute in an RDN of its own. */
export function distinguishedName(attributes: readonly SubjectAttribute[]): Uint8Array {
  return derSequence(
    ...attributes.map(([type, text]) =>
      derElement(0x31, derSequence(derObjectIdentifier(ATTRIBUTES[type]), attributeValue(type, text))),
    ),
  );
}

function attributeValue(type: SubjectAttribute[0], text: string): Uint8Array {
  if (type === "emailAddress") return ia5String(text);
  return derElement(PRINTABLE.has(type) ? 0x13 : 0x0c, Buffer.from(text));
}
