import type { BasicConstraints } from "../extensions/basic-constraints";
import { KEY_PURPOSES } from "../extensions/key-purpose";
import type { ExtendedKeyUsage, KeyUsage, KeyUsageName } from "../extensions/key-usage";
import type { GeneralSubtree, NameConstraints } from "../extensions/name-constraints";
import type { NetscapeCertType, NetscapeUsage } from "../extensions/netscape";
import type { InhibitAnyPolicy, PolicyConstraints } from "../extensions/policies";
import type { PrivateKeyUsagePeriod } from "../extensions/private-key-usage-period";
import { CAPABILITY_NAMES, type SmimeCapabilities } from "../extensions/smime-capabilities";
import { generalNameRow } from "./name-rows";
import type { Row, Value } from "./page";
import { oid, optional, row, text, time } from "./row";

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

const NETSCAPE_USAGES: Readonly<Record<NetscapeUsage, string>> = {
  sslClient: "SSL client",
  sslServer: "SSL server",
  smime: "S/MIME",
  objectSigning: "object signing",
  reserved: "reserved",
  sslCA: "SSL CA",
  smimeCA: "S/MIME CA",
  objectSigningCA: "object signing CA",
};

type Usage = KeyUsage | ExtendedKeyUsage | NetscapeCertType | PrivateKeyUsagePeriod | SmimeCapabilities;

/** What a key may be used for, and when. */
export function usageRows(value: Usage): readonly Row[] {
  switch (value.type) {
    case "keyUsage":
      return [row("Usages", orNone(value.usages.map((usage) => text(USAGES[usage]))))];
    case "extKeyUsage":
      return [row("Purposes", orNone(value.purposes.map((purpose) => oid(purpose, KEY_PURPOSES.get(purpose)))))];
    case "nsCertType":
      return [row("Usages", orNone(value.usages.map((usage) => text(NETSCAPE_USAGES[usage]))))];
    case "privateKeyUsagePeriod":
      return [
        ...optional(value.notBefore, (at) => row("Not Before", time(at))),
        ...optional(value.notAfter, (at) => row("Not After", time(at))),
      ];
    case "smimeCapabilities": {
      const names = value.capabilities.map((capability) => oid(capability.oid, CAPABILITY_NAMES.get(capability.oid)));
      return [row("Algorithms", orNone(names))];
    }
  }
}

type Constraint = BasicConstraints | NameConstraints | PolicyConstraints | InhibitAnyPolicy;

/** What limits the certificates below a CA. */
export function constraintRows(value: Constraint): readonly Row[] {
  switch (value.type) {
    case "basicConstraints":
      return [
        row("CA", text(value.ca ? "yes" : "no")),
        ...optional(value.pathLength, (length) => row("CAs allowed below", text(String(length)))),
        ...optional(value.problem, (problem) => row("CAs allowed below", text(`could not be read: ${problem}`))),
      ];
    case "nameConstraints":
      return [
        ...value.permitted.map((subtree) => subtreeRow("Permitted", subtree)),
        ...value.excluded.map((subtree) => subtreeRow("Excluded", subtree)),
      ];
    case "policyConstraints":
      return [
        ...optional(value.requireExplicitPolicy, (skipped) => row("Policy required", text(after(skipped)))),
        ...optional(value.inhibitPolicyMapping, (skipped) => row("Policy mapping forbidden", text(after(skipped)))),
      ];
    case "inhibitAnyPolicy":
      return [row("Any policy forbidden", text(after(value.skipCertificates)))];
  }
}

/** An empty base stands for every name of its type. */
function subtreeRow(label: string, { base, minimum, maximum }: GeneralSubtree): Row {
  const rows = [
    generalNameRow(base),
    ...optional(minimum, (number) => row("Minimum", text(String(number)))),
    ...optional(maximum, (number) => row("Maximum", text(String(number)))),
  ];
  return row(label, { kind: "rows", rows });
}

const after = (certificates: number) =>
  certificates === 0 ? "at once" : `after ${certificates} more certificate${certificates === 1 ? "" : "s"}`;

const orNone = (values: readonly Value[]) => (values.length === 0 ? text("none") : values);
