import type { ExtensionValue } from "../extensions/extension";
import type { PictureBudget } from "../pictures/picture";
import { accessRows, issuingPointRows, pointRows } from "./access-rows";
import { attributeRows } from "./attribute-rows";
import { logotypeRows } from "./logotype-rows";
import { microsoftRows } from "./microsoft-rows";
import { generalNameRow } from "./name-rows";
import type { DetailsOptions } from "./options";
import type { DraftRow } from "./draft";
import { policyRows } from "./policy-rows";
import { qcRows } from "./qc-rows";
import { hexValue, oidValue, optionalRow, row, rowsOf, textValue, timeValue } from "./row";
import { timestampRows } from "./timestamp-rows";
import { constraintRows, usageRows } from "./usage-rows";
import { phrase } from "../../words/phrase";

/** Types of TLS extensions that a certificate may require (IANA's register of TLS extensions). */
const TLS_FEATURES: ReadonlyMap<number, string> = new Map([
  [5, "status_request (OCSP must-staple)"],
  [17, "status_request_v2"],
]);

/** The value of an extension, as rows. */
export function extensionRows(
  value: ExtensionValue,
  known: Pick<DetailsOptions, "logs" | "transparency">,
  pictures: PictureBudget,
): readonly DraftRow[] {
  switch (value.type) {
    case "keyUsage":
    case "extKeyUsage":
    case "nsCertType":
    case "privateKeyUsagePeriod":
    case "smimeCapabilities":
      return usageRows(value);
    case "basicConstraints":
    case "nameConstraints":
    case "policyConstraints":
    case "inhibitAnyPolicy":
      return constraintRows(value);
    case "subjectAltName":
    case "issuerAltName":
    case "certificateIssuer":
      return rowsOf(value.names, generalNameRow);
    case "subjectKeyIdentifier":
      return [row(phrase("Key identifier"), hexValue(value.keyIdentifier))];
    case "authorityKeyIdentifier":
      return [
        ...optionalRow(value.keyIdentifier, (id) => row(phrase("Key identifier"), hexValue(id))),
        ...(value.authorityCertIssuer ?? []).map(generalNameRow),
        ...optionalRow(value.authorityCertSerialNumber, (serial) =>
          row(phrase("Serial number of the issuer's certificate"), hexValue(serial)),
        ),
      ];
    case "certificatePolicies":
    case "applicationCertPolicies":
    case "policyMappings":
      return policyRows(value);
    case "authorityInfoAccess":
    case "subjectInfoAccess":
      return accessRows(value.descriptions);
    case "cRLDistributionPoints":
    case "freshestCRL":
      return pointRows(value.points);
    case "issuingDistributionPoint":
      return issuingPointRows(value);
    case "tlsFeature":
      return [
        row(
          phrase("Features"),
          value.features.map((feature) => textValue(TLS_FEATURES.get(feature) ?? phrase("TLS extension {0}", feature))),
        ),
      ];
    case "signedCertificateTimestampList":
      return timestampRows(value.timestamps, known);
    case "qcStatements":
      return value.statements.flatMap(qcRows);
    case "cabfOrganizationIdentifier":
      return [
        row(phrase("Registration scheme"), textValue(value.scheme)),
        row(phrase("Country"), textValue(value.country)),
        ...optionalRow(value.stateOrProvince, (state) => row(phrase("State or province"), textValue(state))),
        row(phrase("Reference"), textValue(value.reference)),
      ];
    case "logotype":
      return value.logos.flatMap((logo) => logotypeRows(logo, pictures));
    case "subjectDirectoryAttributes":
      return attributeRows(value.attributes);
    case "certificateTemplate":
    case "enrollCerttype":
    case "caVersion":
    case "previousCaCertificateHash":
    case "ntdsSecurity":
      return microsoftRows(value);
    case "netscapeString":
      return [row(phrase("Text"), textValue(value.value))];
    case "cRLNumber":
    case "deltaCRLIndicator":
      return [row(phrase("Number"), hexValue(value.number))];
    case "cRLReason":
      return [row(phrase("Reason"), textValue(value.reason))];
    case "invalidityDate":
    case "expiredCertsOnCRL":
    case "crlNextPublish":
      return [row(phrase("Time"), timeValue(value.at))];
    case "holdInstructionCode":
      return [row(phrase("Instruction"), oidValue(value.oid))];
    case "ocspNoCheck":
    case "precertificatePoison":
    case "noRevAvail":
    case "validityAssuredShortTerm":
      return [row(phrase("Present"), textValue(phrase("yes")))];
    case "unknown":
      return [
        row(phrase("Value"), hexValue(value.hex)),
        row(phrase("Structure"), { kind: "tree", nodes: value.tree, hex: value.hex }),
      ];
    case "unreadable":
      return [
        row(phrase("Problem"), textValue(phrase("could not be read: {0}", value.problem.message))),
        ...(value.entries ?? []).flatMap((entry) =>
          entry.type === "damagedEntry"
            ? [row(phrase("Damaged entry"), textValue(entry.problem))]
            : extensionRows(entry, known, pictures),
        ),
        row(phrase("Value"), hexValue(value.hex)),
        row(phrase("Structure"), { kind: "tree", nodes: value.tree, hex: value.hex }),
      ];
  }
}
