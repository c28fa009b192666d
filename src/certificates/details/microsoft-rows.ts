import type {
  CaVersion,
  CertificateTemplate,
  EnrollCertType,
  NtdsSecurity,
  PreviousCaCertificateHash,
} from "../extensions/microsoft";
import type { DetailsRow } from "./page";
import { hexValue, oidValue, optionalRow, row, textValue } from "./row";

type Microsoft = CaVersion | CertificateTemplate | EnrollCertType | NtdsSecurity | PreviousCaCertificateHash;

/** Extensions of Active Directory Certificate Services. */
export function microsoftRows(value: Microsoft): readonly DetailsRow[] {
  switch (value.type) {
    case "certificateTemplate":
      return [
        row("Template", oidValue(value.oid)),
        ...optionalRow(value.majorVersion, (version) => row("Major version", textValue(String(version)))),
        ...optionalRow(value.minorVersion, (version) => row("Minor version", textValue(String(version)))),
      ];
    case "enrollCerttype":
      return [row("Template", textValue(value.name))];
    case "caVersion":
      return [
        row("CA certificate renewed", textValue(`${value.certificateIndex} times`)),
        row("CA key renewed", textValue(`${value.keyIndex} times`)),
      ];
    case "previousCaCertificateHash":
      return [row("SHA-1 of the previous CA certificate", hexValue(value.hash))];
    case "ntdsSecurity":
      return [row("Security identifier", textValue(value.securityIdentifier))];
  }
}
