import type { ExtensionValue } from "./extension";

/**
 * Types of known extensions by OID, to tell unreadable extensions from absent ones. Only those whose absence matters
 * to the checks.
 */
export const TYPES: ReadonlyMap<string, readonly ExtensionValue["type"][]> = new Map([
  ["2.5.29.14", ["subjectKeyIdentifier"]],
  ["2.5.29.15", ["keyUsage"]],
  ["2.5.29.17", ["subjectAltName"]],
  ["2.5.29.18", ["issuerAltName"]],
  ["2.5.29.19", ["basicConstraints"]],
  ["2.5.29.28", ["issuingDistributionPoint"]],
  ["2.5.29.30", ["nameConstraints"]],
  ["2.5.29.31", ["cRLDistributionPoints"]],
  ["2.5.29.32", ["certificatePolicies"]],
  ["2.5.29.35", ["authorityKeyIdentifier"]],
  ["2.5.29.37", ["extKeyUsage"]],
  ["1.3.6.1.5.5.7.1.1", ["authorityInfoAccess"]],
  ["1.3.6.1.5.5.7.1.12", ["logotype"]],
  ["1.3.6.1.5.5.7.1.24", ["tlsFeature"]],
  ["1.3.6.1.4.1.11129.2.4.2", ["signedCertificateTimestampList"]],
  ["1.3.6.1.4.1.11129.2.4.3", ["precertificatePoison"]],
]);
