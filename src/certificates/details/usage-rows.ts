import type { BasicConstraints } from "../extensions/basic-constraints";
import { KEY_PURPOSES } from "../extensions/key-purpose";
import type { ExtendedKeyUsage, KeyUsage, KeyUsageName } from "../extensions/key-usage";
import type { GeneralSubtree, NameConstraints } from "../extensions/name-constraints";
import type { NetscapeCertType, NetscapeUsage } from "../extensions/netscape";
import type { InhibitAnyPolicy, PolicyConstraints } from "../extensions/policies";
import type { PrivateKeyUsagePeriod } from "../extensions/private-key-usage-period";
import { CAPABILITY_NAMES, type SmimeCapabilities } from "../extensions/smime-capabilities";
import { generalNameRow } from "./name-rows";
import type { DetailsRow, Value } from "./page";
import { oidValue, optionalRow, row, textValue, timeValue } from "./row";

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
export function usageRows(value: Usage): readonly DetailsRow[] {
  switch (value.type) {
    case "keyUsage":
      return [row("Usages", orNone(value.usages.map((usage) => textValue(USAGES[usage]))))];
    case "extKeyUsage":
      return [row("Purposes", orNone(value.purposes.map((purpose) => oidValue(purpose, KEY_PURPOSES.get(purpose)))))];
    case "nsCertType":
      return [row("Usages", orNone(value.usages.map((usage) => textValue(NETSCAPE_USAGES[usage]))))];
    case "privateKeyUsagePeriod":
      return [
        ...optionalRow(value.notBefore, (at) => row("Not Before", timeValue(at))),
        ...optionalRow(value.notAfter, (at) => row("Not After", timeValue(at))),
      ];
    case "smimeCapabilities": {
      const names = value.capabilities.map((capability) =>
        oidValue(capability.oid, CAPABILITY_NAMES.get(capability.oid)),
      );
      return [row("Algorithms", orNone(names))];
    }
  }
}

type Constraint = BasicConstraints | NameConstraints | PolicyConstraints | InhibitAnyPolicy;

/** Limits on the certificates below a CA. */
export function constraintRows(value: Constraint): readonly DetailsRow[] {
  switch (value.type) {
    case "basicConstraints":
      return [
        row("CA", textValue(value.ca ? "yes" : "no")),
        ...optionalRow(value.pathLength, (length) => row("CAs allowed below", textValue(String(length)))),
        ...optionalRow(value.problem, (problem) =>
          row("CAs allowed below", textValue(`could not be read: ${problem}`)),
        ),
      ];
    case "nameConstraints":
      return [
        ...value.permitted.map((subtree) => subtreeRow("Permitted", subtree)),
        ...value.excluded.map((subtree) => subtreeRow("Excluded", subtree)),
      ];
    case "policyConstraints":
      return [
        ...optionalRow(value.requireExplicitPolicy, (skipped) => row("Policy required", textValue(after(skipped)))),
        ...optionalRow(value.inhibitPolicyMapping, (skipped) =>
          row("Policy mapping forbidden", textValue(after(skipped))),
        ),
      ];
    case "inhibitAnyPolicy":
      return [row("Any policy forbidden", textValue(after(value.skipCertificates)))];
  }
}

/** An empty base means every name of its type. */
function subtreeRow(label: string, { base, minimum, maximum }: GeneralSubtree): DetailsRow {
  const rows = [
    generalNameRow(base),
    ...optionalRow(minimum, (number) => row("Minimum", textValue(String(number)))),
    ...optionalRow(maximum, (number) => row("Maximum", textValue(String(number)))),
  ];
  return row(label, { kind: "rows", rows });
}

const after = (certificates: number) =>
  certificates === 0 ? "at once" : `after ${certificates} more certificate${certificates === 1 ? "" : "s"}`;

const orNone = (values: readonly Value[]) => (values.length === 0 ? textValue("none") : values);
