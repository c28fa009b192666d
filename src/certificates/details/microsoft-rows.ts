import type {
  CaVersion,
  CertificateTemplate,
  EnrollCertType,
  NtdsSecurity,
  PreviousCaCertificateHash,
} from "../extensions/microsoft";
import type { Row } from "./page";
import { hex, oid, optional, row, text } from "./row";

type Microsoft = CaVersion | CertificateTemplate | EnrollCertType | NtdsSecurity | PreviousCaCertificateHash;

/** What Active Directory Certificate Services say. */
export function microsoftRows(value: Microsoft): readonly Row[] {
  switch (value.type) {
    case "certificateTemplate":
      return [
        row("Template", oid(value.oid)),
        ...optional(value.majorVersion, (version) => row("Major version", text(String(version)))),
        ...optional(value.minorVersion, (version) => row("Minor version", text(String(version)))),
      ];
    case "enrollCerttype":
      return [row("Template", text(value.name))];
    case "caVersion":
      return [
        row("CA certificate renewed", text(`${value.certificateIndex} times`)),
        row("CA key renewed", text(`${value.keyIndex} times`)),
      ];
    case "previousCaCertificateHash":
      return [row("SHA-1 of the CA certificate before", hex(value.hash))];
    case "ntdsSecurity":
      return [row("Security identifier", text(value.securityIdentifier))];
  }
}
