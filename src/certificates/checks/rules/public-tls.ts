import { phrase, plural } from "../../../words/phrase";
import type { Validity } from "../../x509/certificate";
import { KEY_PURPOSES } from "../../extensions/key-purpose";
import { MS_PER_DAY, lifetimeDays } from "../../x509/lifetime";
import { listWords } from "../words";
import { accessOf, OCSP } from "./issuer-places";
import { policyKind } from "./policies";
import {
  hasExtension,
  issuedFrom,
  policiesOf,
  publicTls,
  KeyPurposeId,
  purposesOf,
  tlsLeaf,
  validityOf,
  valueOf,
  type Rule,
} from "./rule";

/** TLS BR section 7.1.2.7.10. */
const FORBIDDEN_PURPOSES: readonly string[] = [
  KeyPurposeId.CODE_SIGNING,
  KeyPurposeId.EMAIL_PROTECTION,
  KeyPurposeId.TIME_STAMPING,
  KeyPurposeId.OCSP_SIGNING,
  KeyPurposeId.ANY,
  KeyPurposeId.PRECERTIFICATE_SIGNING,
];

/** The first day on which Chrome's root program allows only TLS server authentication as a purpose. Epoch ms. */
const SERVER_AUTH_ONLY = Date.UTC(2027, 2, 15);

/**
 * Days up to which a lifetime counts as short, so that no revocation is needed: TLS BR section 1.6.1, "Short-lived
 * Subscriber Certificate".
 */
const shortLifetime = (notBefore: number) => (notBefore < Date.UTC(2026, 2, 15) ? 10 : 7);

/** Timestamps that Chrome's and Apple's policies require: two for up to 180 days, else three. */
const neededTimestamps = ({ notBefore, notAfter }: Required<Validity>) =>
  notAfter - notBefore <= 180 * MS_PER_DAY ? 2 : 3;

/** TLS feature status_request. */
const STATUS_REQUEST = 5;

/** Rules for publicly trusted TLS certificates only, and what servers with such certificates must do. */
export const PUBLIC_TLS_RULES: readonly Rule[] = [
  {
    id: "tls.client-purpose",
    severity: "error",
    clause: "Chrome Root Program Policy 1.8 section 1.3.2",
    section: "extKeyUsage",
    advice: phrase("For client authentication, use a certificate from a private CA or another product."),
    appliesTo: publicTls,
    check: (subject) =>
      validityOf(subject).notBefore >= SERVER_AUTH_ONLY && purposesOf(subject).includes(KeyPurposeId.CLIENT_AUTH)
        ? phrase(
            "It was issued on 2027-03-15 or later and is also for client authentication, which Chrome's root program does not allow.",
          )
        : undefined,
  },
  {
    id: "tls.client-purpose-ends",
    severity: "info",
    clause: "Chrome Root Program Policy 1.8 section 1.3.2",
    section: "extKeyUsage",
    advice: phrase(
      "If you use it to sign in as a client (mutual TLS), plan for another certificate before it is renewed.",
    ),
    appliesTo: publicTls,
    check: (subject) =>
      validityOf(subject).notBefore < SERVER_AUTH_ONLY && purposesOf(subject).includes(KeyPurposeId.CLIENT_AUTH)
        ? phrase(
            "It is also for client authentication, which public TLS certificates issued from 2027-03-15 on must not be.",
          )
        : undefined,
  },
  {
    id: "tls.other-purposes",
    severity: "error",
    clause: "TLS BR section 7.1.2.7.10",
    section: "extKeyUsage",
    appliesTo: publicTls,
    check: (subject) => {
      // Until version 2.0.0 of the requirements, e-mail was allowed.
      const isOld = validityOf(subject).notBefore < Date.UTC(2023, 8, 15);
      const found = purposesOf(subject).filter(
        (purpose) => FORBIDDEN_PURPOSES.includes(purpose) && !(isOld && purpose === KeyPurposeId.EMAIL_PROTECTION),
      );
      if (found.length === 0) return undefined;
      return phrase(
        "It is for TLS servers, but also for purposes that a TLS server certificate must not have: {0}.",
        listWords(found.map((purpose) => KEY_PURPOSES.get(purpose) ?? purpose)),
      );
    },
  },
  {
    id: "tls.policy",
    severity: "warning",
    clause: "TLS BR section 7.1.2.7.9",
    section: "certificatePolicies",
    appliesTo: issuedFrom("2023-09-15", publicTls),
    check: (subject) => {
      const count = new Set(policiesOf(subject).filter((policy) => policyKind(policy) === "tls")).size;
      if (count === 1) return undefined;
      return count === 0
        ? phrase("Its policies do not say how its subject was validated (DV, OV, EV).")
        : phrase("Its policies name more than one way of validating its subject.");
    },
  },
  {
    id: "tls.no-revocation",
    severity: "warning",
    clause: "TLS BR section 7.1.2.11.2",
    section: "authorityInfoAccess",
    appliesTo: issuedFrom("2023-09-15", publicTls),
    check: (subject) => {
      const validity = validityOf(subject);
      const short = lifetimeDays(validity.notBefore, validity.notAfter) <= shortLifetime(validity.notBefore);
      const saysWhere =
        hasExtension(subject, "cRLDistributionPoints") || accessOf(subject).some(({ method }) => method === OCSP);
      return short || saysWhere ? undefined : phrase("It does not say where to check whether it was revoked.");
    },
  },
  {
    id: "tls.timestamps",
    severity: "warning",
    clause: "Chrome Certificate Transparency Policy",
    section: "signedCertificateTimestampList",
    advice: phrase("Unless the server itself sends timestamps, Chrome and Safari reject the certificate."),
    appliesTo: issuedFrom("2022-04-15", publicTls),
    check: (subject) => {
      const timestamps = valueOf(subject, "signedCertificateTimestampList")?.timestamps ?? [];
      const logs = new Set(timestamps.map(({ logId }) => logId)).size;
      const needed = neededTimestamps(validityOf(subject));
      if (logs >= needed) return undefined;
      return logs === 0
        ? phrase("It has no timestamps from Certificate Transparency logs.")
        : plural(
            logs,
            "It has timestamps from {0} Certificate Transparency log, but browsers require {1}.",
            "It has timestamps from {0} Certificate Transparency logs, but browsers require {1}.",
            needed,
          );
    },
  },
  {
    id: "tls.must-staple",
    severity: "info",
    clause: "RFC 7633 section 4.2.1",
    section: "tlsFeature",
    advice: phrase("Turn on OCSP stapling on the server."),
    appliesTo: tlsLeaf,
    check: (subject) =>
      valueOf(subject, "tlsFeature")?.features.includes(STATUS_REQUEST) === true
        ? phrase("It requires the server to staple an OCSP response (must-staple); some clients reject it without one.")
        : undefined,
  },
];
