import type { ExtensionValue } from "../extensions/extension";
import type { KeyUsageName } from "../extensions/key-usage";
import { KEY_PURPOSES } from "../extensions/key-purpose";
import { generalNameRow } from "./name-rows";
import type { Row } from "./page";
import { hex, oid, row, text } from "./row";

/** RFC 5280 section 4.2.1.3, in words. */
const USAGES: Readonly<Record<KeyUsageName, string>> = {
  digitalSignature: "digital signature",
  nonRepudiation: "content commitment (non-repudiation)",
  keyEncipherment: "key encipherment",
  dataEncipherment: "data encipherment",
  keyAgreement: "key agreement",
  keyCertSign: "certificate signing",
  cRLSign: "revocation list signing",
  encipherOnly: "encipher only",
  decipherOnly: "decipher only",
};

/** What an extension says, as rows. */
export function extensionRows(value: ExtensionValue): readonly Row[] {
  switch (value.type) {
    case "keyUsage":
      return [
        row("Usages", value.usages.length === 0 ? text("none") : value.usages.map((usage) => text(USAGES[usage]))),
      ];
    case "extKeyUsage":
      return [
        row(
          "Purposes",
          value.purposes.map((purpose) => oid(purpose, KEY_PURPOSES.get(purpose))),
        ),
      ];
    case "basicConstraints":
      return [
        row("CA", text(value.ca ? "yes" : "no")),
        ...(value.pathLength === undefined ? [] : [row("CAs allowed below", text(String(value.pathLength)))]),
      ];
    case "subjectAltName":
    case "issuerAltName":
      return value.names.map(generalNameRow);
    case "subjectKeyIdentifier":
      return [row("Key identifier", hex(value.keyIdentifier))];
    case "authorityKeyIdentifier":
      return [
        ...(value.keyIdentifier === undefined ? [] : [row("Key identifier", hex(value.keyIdentifier))]),
        ...(value.authorityCertIssuer ?? []).map(generalNameRow),
        ...(value.authorityCertSerialNumber === undefined
          ? []
          : [row("Issuer's serial number", hex(value.authorityCertSerialNumber))]),
      ];
    case "unknown":
      return [row("Value", hex(value.hex)), row("Structure", { kind: "tree", nodes: value.tree, hex: value.hex })];
    case "unreadable":
      return [
        row("Problem", text(value.problem.message)),
        row("Value", hex(value.hex)),
        row("Structure", { kind: "tree", nodes: value.tree, hex: value.hex }),
      ];
  }
}
