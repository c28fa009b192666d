import { characterString, stringValue } from "../asn1/character-string";
import type { Element, Reader } from "../asn1/der";
import { Tag, explicit, implicit } from "../asn1/tag";
import { readOid } from "../asn1/value";
import { unicodeForm } from "./international-domain";
import { ipAddressText } from "./ip-address";
import { readName, type Name } from "./name";

/** A GeneralName (RFC 5280 section 4.2.1.6): one of nine types, named as there. */
export type GeneralName =
  | {
      readonly type: "rfc822Name" | "dNSName" | "uniformResourceIdentifier";
      readonly value: string;
      /** Of an internationalised domain name in the value. */
      readonly unicode?: string;
    }
  | {
      readonly type: "iPAddress";
      /** Its bytes in hex where {@link bytes} is there. */
      readonly value: string;
      /** Present if the number of bytes is wrong: how many there are. */
      readonly bytes?: number;
    }
  | { readonly type: "directoryName"; readonly value: Name }
  | { readonly type: "registeredID"; readonly value: string }
  | {
      readonly type: "otherName";
      readonly oid: string;
      readonly name?: string;
      /** Where it is a character string. */
      readonly value?: string;
      readonly unicode?: string;
      /** The encoded value. */
      readonly hex: string;
    }
  | { readonly type: "ediPartyName"; readonly nameAssigner?: string; readonly partyName: string }
  | { readonly type: "x400Address"; readonly hex: string };

/** Forms of otherName in use: RFC 4985, 6120, 8398, 4120, 4043, 4108 and Microsoft's. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["1.3.6.1.4.1.311.20.2.3", "userPrincipalName"],
  ["1.3.6.1.4.1.311.25.1", "ntdsReplication"],
  ["1.3.6.1.5.2.2", "KRB5PrincipalName"],
  ["1.3.6.1.5.5.7.8.3", "permanentIdentifier"],
  ["1.3.6.1.5.5.7.8.4", "hardwareModuleName"],
  ["1.3.6.1.5.5.7.8.5", "xmppAddr"],
  ["1.3.6.1.5.5.7.8.7", "dnsSRV"],
  ["1.3.6.1.5.5.7.8.8", "naiRealm"],
  ["1.3.6.1.5.5.7.8.9", "smtpUTF8Mailbox"],
  ["1.3.6.1.5.5.7.8.10", "acpNodeName"],
  ["1.3.6.1.5.5.7.8.11", "bundleEID"],
  ["2.16.840.1.101.3.6.6", "fascN"],
]);

/** @throws DerError */
export function readGeneralNames(reader: Reader): GeneralName[] {
  const names: GeneralName[] = [];
  while (reader.more) names.push(readGeneralName(reader.next()));
  return names;
}

/**
 * @param isBase whether it is one of name constraints, whose addresses have a mask (RFC 5280 section 4.2.1.10)
 * @throws DerError
 */
export function readGeneralName(element: Element, isBase = false): GeneralName {
  switch (element.identifier) {
    case implicit(1):
      return stringName("rfc822Name", element);
    case implicit(2):
      return stringName("dNSName", element);
    case implicit(6):
      return stringName("uniformResourceIdentifier", element);
    case implicit(7): {
      const { length } = element;
      const isRight = isBase ? length === 8 || length === 32 : length === 4 || length === 16;
      const value = isRight ? ipAddressText(element.content) : undefined;
      return value === undefined
        ? { type: "iPAddress", value: element.hex, bytes: length }
        : { type: "iPAddress", value };
    }
    case implicit(8):
      return { type: "registeredID", value: readOid(element) };
    case explicit(0):
      return otherName(element);
    case explicit(3):
      return { type: "x400Address", hex: element.hex };
    case explicit(4):
      return { type: "directoryName", value: readName(element.open().expect(Tag.SEQUENCE, "directoryName")) };
    case explicit(5):
      return ediPartyName(element);
    default:
      return element.refuseAs("GeneralName");
  }
}

/** An IA5String, read as UTF-8 because names with bytes beyond ASCII occur. */
function stringName(type: "rfc822Name" | "dNSName" | "uniformResourceIdentifier", element: Element): GeneralName {
  const value = element.input.toString("utf8", element.contentStart, element.contentEnd);
  const unicode = type === "uniformResourceIdentifier" ? undefined : unicodeForm(value);
  return unicode === undefined ? { type, value } : { type, value, unicode };
}

function otherName(element: Element): GeneralName {
  const parts = element.open();
  const type = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "otherName.type-id"));
  const inner = parts.expect(explicit(0), "otherName.value").open().next();
  const name = OTHER_NAMES.get(type);
  const value = characterString(inner)?.value;
  const unicode = value === undefined ? undefined : unicodeForm(value);
  return {
    type: "otherName",
    oid: type,
    ...(name === undefined ? {} : { name }),
    ...(value === undefined ? {} : { value }),
    ...(unicode === undefined ? {} : { unicode }),
    hex: inner.wholeHex,
  };
}

/** SEQUENCE { nameAssigner [0] DirectoryString OPTIONAL, partyName [1] DirectoryString } */
function ediPartyName(element: Element): GeneralName {
  const parts = element.open();
  const assigner = parts.optional(explicit(0));
  const party = parts.expect(explicit(1), "partyName");
  const partyName = stringValue(party.open().next());
  if (assigner === undefined) return { type: "ediPartyName", partyName };
  return { type: "ediPartyName", nameAssigner: stringValue(assigner.open().next()), partyName };
}

/** The name as one text, without its type; of an otherName without text its hex. */
export function generalNameText(name: GeneralName): string {
  switch (name.type) {
    case "rfc822Name":
    case "dNSName":
    case "uniformResourceIdentifier":
    case "iPAddress":
    case "registeredID":
      return name.value;
    case "directoryName":
      return name.value.text;
    case "otherName":
      return name.value ?? name.hex;
    case "ediPartyName":
      return name.partyName;
    case "x400Address":
      return name.hex;
  }
}
