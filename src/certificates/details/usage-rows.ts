import { phrase, plural, type Phrase } from "../../words/phrase";
import type { BasicConstraints } from "../extensions/basic-constraints";
import { KEY_PURPOSES } from "../extensions/key-purpose";
import type { ExtendedKeyUsage, KeyUsage, KeyUsageName } from "../extensions/key-usage";
import type { GeneralSubtree, NameConstraints } from "../extensions/name-constraints";
import type { NetscapeCertType, NetscapeUsage } from "../extensions/netscape";
import type { InhibitAnyPolicy, PolicyConstraints } from "../extensions/policies";
import type { PrivateKeyUsagePeriod } from "../extensions/private-key-usage-period";
import { CAPABILITY_NAMES, type SmimeCapabilities } from "../extensions/smime-capabilities";
import { generalNameRow } from "./name-rows";
import type { DraftRow, DraftValue, Sayable } from "./draft";
import { oidValue, optionalRow, row, textValue, timeValue } from "./row";

/** RFC 5280 section 4.2.1.3, in words. */
const USAGES: Readonly<Record<KeyUsageName, Phrase>> = {
  digitalSignature: phrase("digital signature"),
  nonRepudiation: phrase("content commitment (non-repudiation)"),
  keyEncipherment: phrase("key encipherment"),
  dataEncipherment: phrase("data encipherment"),
  keyAgreement: phrase("key agreement"),
  keyCertSign: phrase("certificate signing"),
  cRLSign: phrase("revocation list signing"),
  encipherOnly: phrase("encipher only"),
  decipherOnly: phrase("decipher only"),
};

const NETSCAPE_USAGES: Readonly<Record<NetscapeUsage, Sayable>> = {
  sslClient: phrase("SSL client"),
  sslServer: phrase("SSL server"),
  smime: "S/MIME",
  objectSigning: phrase("object signing"),
  reserved: phrase("reserved"),
  sslCA: phrase("SSL CA"),
  smimeCA: phrase("S/MIME CA"),
  objectSigningCA: phrase("object signing CA"),
};

type Usage = KeyUsage | ExtendedKeyUsage | NetscapeCertType | PrivateKeyUsagePeriod | SmimeCapabilities;

/** What a key may be used for, and when. */
export function usageRows(value: Usage): readonly DraftRow[] {
  switch (value.type) {
    case "keyUsage":
      return [row(phrase("Usages"), orNone(value.usages.map((usage) => textValue(USAGES[usage]))))];
    case "extKeyUsage":
      return [
        row(phrase("Purposes"), orNone(value.purposes.map((purpose) => oidValue(purpose, KEY_PURPOSES.get(purpose))))),
      ];
    case "nsCertType":
      return [row(phrase("Usages"), orNone(value.usages.map((usage) => textValue(NETSCAPE_USAGES[usage]))))];
    case "privateKeyUsagePeriod":
      return [
        ...optionalRow(value.notBefore, (at) => row(phrase("Not Before"), timeValue(at))),
        ...optionalRow(value.notAfter, (at) => row(phrase("Not After"), timeValue(at))),
      ];
    case "smimeCapabilities": {
      const names = value.capabilities.map((capability) =>
        oidValue(capability.oid, CAPABILITY_NAMES.get(capability.oid)),
      );
      return [row(phrase("Algorithms"), orNone(names))];
    }
  }
}

type Constraint = BasicConstraints | NameConstraints | PolicyConstraints | InhibitAnyPolicy;

/** Limits on the certificates below a CA. */
export function constraintRows(value: Constraint): readonly DraftRow[] {
  switch (value.type) {
    case "basicConstraints":
      return [
        row(phrase("CA"), textValue(value.ca ? phrase("yes") : phrase("no"))),
        ...optionalRow(value.pathLength, (length) => row(phrase("CAs allowed below"), textValue(String(length)))),
        ...optionalRow(value.problem, (problem) =>
          row(phrase("CAs allowed below"), textValue(phrase("could not be read: {0}", problem))),
        ),
      ];
    case "nameConstraints":
      return [
        ...value.permitted.map((subtree) => subtreeRow(phrase("Permitted"), subtree)),
        ...value.excluded.map((subtree) => subtreeRow(phrase("Excluded"), subtree)),
      ];
    case "policyConstraints":
      return [
        ...optionalRow(value.requireExplicitPolicy, (skipped) =>
          row(phrase("Policy required"), textValue(after(skipped))),
        ),
        ...optionalRow(value.inhibitPolicyMapping, (skipped) =>
          row(phrase("Policy mapping forbidden"), textValue(after(skipped))),
        ),
      ];
    case "inhibitAnyPolicy":
      return [row(phrase("Any policy forbidden"), textValue(after(value.skipCertificates)))];
  }
}

/** An empty base means every name of its type. */
function subtreeRow(label: Phrase, { base, minimum, maximum }: GeneralSubtree): DraftRow {
  const rows = [
    generalNameRow(base),
    ...optionalRow(minimum, (number) => row(phrase("Minimum"), textValue(String(number)))),
    ...optionalRow(maximum, (number) => row(phrase("Maximum"), textValue(String(number)))),
  ];
  return row(label, { kind: "rows", rows });
}

const after = (certificates: number): Phrase =>
  certificates === 0
    ? phrase("at once")
    : plural(certificates, "after {0} more certificate", "after {0} more certificates");

const orNone = (values: readonly DraftValue[]) => (values.length === 0 ? textValue(phrase("none")) : values);
