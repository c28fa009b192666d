import { phrase, plural } from "../../words/phrase";
import type {
  CaVersion,
  CertificateTemplate,
  EnrollCertType,
  NtdsSecurity,
  PreviousCaCertificateHash,
} from "../extensions/microsoft";
import type { DraftRow } from "./draft";
import { hexValue, oidValue, optionalRow, row, textValue } from "./row";

type Microsoft = CaVersion | CertificateTemplate | EnrollCertType | NtdsSecurity | PreviousCaCertificateHash;

/** Extensions of Active Directory Certificate Services. */
export function microsoftRows(value: Microsoft): readonly DraftRow[] {
  switch (value.type) {
    case "certificateTemplate":
      return [
        row(phrase("Template"), oidValue(value.oid)),
        ...optionalRow(value.majorVersion, (version) => row(phrase("Major version"), textValue(String(version)))),
        ...optionalRow(value.minorVersion, (version) => row(phrase("Minor version"), textValue(String(version)))),
      ];
    case "enrollCerttype":
      return [row(phrase("Template"), textValue(value.name))];
    case "caVersion":
      return [
        row(phrase("CA certificate renewed"), textValue(plural(value.certificateIndex, "{0} time", "{0} times"))),
        row(phrase("CA key renewed"), textValue(plural(value.keyIndex, "{0} time", "{0} times"))),
      ];
    case "previousCaCertificateHash":
      return [row(phrase("SHA-1 of the previous CA certificate"), hexValue(value.hash))];
    case "ntdsSecurity":
      return [row(phrase("Security identifier"), textValue(value.securityIdentifier))];
  }
}
