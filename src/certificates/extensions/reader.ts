import { asn1Tree } from "../asn1-tree";
import { DerError, type Element, type Reader } from "../containers/der";
import { Tag } from "../containers/tag";
import { boolean, oid } from "../containers/value";
import { readIssuerAltName, readSubjectAltName } from "./alternative-names";
import { readBasicConstraints } from "./basic-constraints";
import type { Extension, ExtensionValue } from "./extension";
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from "./key-identifiers";
import { readExtendedKeyUsage, readKeyUsage } from "./key-usage";

/** How the value of a known extension is read. */
interface Known {
  /** Its type must have this identifier octet. */
  readonly identifier: number;
  readonly read: (element: Element) => ExtensionValue;
}

const known = (identifier: number, read: Known["read"]): Known => ({ identifier, read });

const KNOWN: ReadonlyMap<string, Known> = new Map([
  ["2.5.29.14", known(Tag.OCTET_STRING, readSubjectKeyIdentifier)],
  ["2.5.29.15", known(Tag.BIT_STRING, readKeyUsage)],
  ["2.5.29.17", known(Tag.SEQUENCE, readSubjectAltName)],
  ["2.5.29.18", known(Tag.SEQUENCE, readIssuerAltName)],
  ["2.5.29.19", known(Tag.SEQUENCE, readBasicConstraints)],
  ["2.5.29.35", known(Tag.SEQUENCE, readAuthorityKeyIdentifier)],
  ["2.5.29.37", known(Tag.SEQUENCE, readExtendedKeyUsage)],
]);

/**
 * Reads Extensions: SEQUENCE OF SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }. An extension that is damaged inside is
 * `unreadable` and does not spoil the others.
 * @throws DerError when the list itself is damaged
 */
export function readExtensions(element: Element): Extension[] {
  const extensions: Extension[] = [];
  for (const list = element.open(); list.more;)
    extensions.push(readExtension(list.expect(Tag.SEQUENCE, "Extension").open()));
  return extensions;
}

function readExtension(parts: Reader): Extension {
  const type = oid(parts.expect(Tag.OBJECT_IDENTIFIER, "extnID"));
  const flag = parts.optional(Tag.BOOLEAN);
  const critical = flag !== undefined && boolean(flag);
  const value = parts.expect(Tag.OCTET_STRING, "extnValue");
  parts.finish("Extension");
  return { oid: type, critical, value: readValue(type, value) };
}

function readValue(type: string, value: Element): ExtensionValue {
  const reader = KNOWN.get(type);
  if (reader === undefined) return { type: "unknown", hex: value.hex, tree: asn1Tree(value.openEncoded()) };
  try {
    const inner = value.openEncoded();
    const element = inner.expect(reader.identifier, "The extension's value");
    inner.finish("The extension's value");
    return reader.read(element);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    const { code, offset, message } = error;
    return {
      type: "unreadable",
      problem: { code, offset, message },
      hex: value.hex,
      tree: asn1Tree(value.openEncoded()),
    };
  }
}
