import { extensionOf, isUnreadable, type Certificate } from "../x509/certificate";
import { isCa, isSelfIssued, type ChainMember } from "../x509/issuing";
import { KEY_PURPOSES } from "../extensions/key-purpose";
import type { Finding } from "../finding";
import type { KnownAuthorities } from "../x509/known-authorities";
import { MS_PER_DAY } from "../x509/lifetime";
import { nameViolation } from "./name-constraints";
import { onDay, phrase, plural } from "../../words/phrase";
import { datedWords } from "../knowledge/dated-words";
import { called, listWords } from "./words";

export interface AuthorityOptions {
  /** Epoch ms. */
  readonly now: number;
  readonly authorities?: KnownAuthorities;
}

/** A finding warns of a CA certificate in a chain that expires within this many ms. */
const SOON = 90 * MS_PER_DAY;

const ANY_PURPOSE = "2.5.29.37.0";

/**
 * What a certificate of a path does not allow, or soon will not.
 * @param below the certificates of the path below it, the leaf first; none for the leaf
 */
export function authorityFindings(
  certificate: Certificate,
  below: readonly ChainMember[],
  { now, authorities }: AuthorityOptions,
): readonly Finding[] {
  const findings: Finding[] = [];
  const revoked = authorities?.find(certificate)?.revoked === true;
  if (revoked) {
    findings.push({
      id: "chain.ca-revoked",
      severity: "error",
      message: phrase(
        "This CA certificate was revoked, according to the CA's own list of {0}.",
        datedWords(authorities.revokedAsOf),
      ),
      advice: phrase("Get the certificate from the CA again, with another chain."),
      clause: "RFC 5280 section 6.1.3 (a) (3)",
    });
  }
  const leaf = below[0]?.certificate;
  if (leaf === undefined) return findings;
  const { notAfter } = certificate.validity;
  if (notAfter !== undefined && notAfter >= now && notAfter - now < SOON) {
    findings.push({
      id: "chain.ca-ends-soon",
      severity: "warning",
      message: phrase("This CA certificate expires on {0}; after that, no chain through it is valid.", onDay(notAfter)),
      section: "validity",
    });
  }
  const maySign = extensionOf(certificate, "keyUsage")?.usages.includes("keyCertSign");
  // An extension that could not be read may allow that.
  const mayBeCa = isCa(certificate) || isUnreadable(certificate, "basicConstraints");
  if (!mayBeCa || maySign === false) {
    findings.push({
      id: "chain.not-a-ca",
      severity: "error",
      message: phrase("It is named as an issuer, but it is not allowed to issue certificates."),
      clause: mayBeCa ? "RFC 5280 section 4.2.1.3" : "RFC 5280 section 4.2.1.9",
      section: mayBeCa ? "keyUsage" : "basicConstraints",
    });
  }
  // Certificates of a CA for itself do not count (RFC 5280 section 4.2.1.9).
  const between = below.slice(1).filter((member) => !isSelfIssued(member.certificate)).length;
  const pathLength = extensionOf(certificate, "basicConstraints")?.pathLength;
  if (pathLength !== undefined && between > pathLength) {
    findings.push({
      id: "chain.path-length",
      severity: "error",
      message: plural(
        pathLength,
        "It allows {0} CA below it, but the chain has {1}.",
        "It allows {0} CAs below it, but the chain has {1}.",
        between,
      ),
      clause: "RFC 5280 section 4.2.1.9",
      section: "basicConstraints",
    });
  }
  return [...findings, ...limitFindings(certificate, leaf)];
}

/** The constraints of a CA certificate that the leaf violates. */
function limitFindings(authority: Certificate, leaf: Certificate): readonly Finding[] {
  const findings: Finding[] = [];
  const constraints = extensionOf(authority, "nameConstraints");
  const outside = constraints === undefined ? undefined : nameViolation(constraints, leaf);
  if (outside !== undefined) {
    findings.push({
      id: "chain.name-constraints",
      severity: "error",
      message: phrase("It may not issue for {0}, a name in {1}.", listWords([outside]), called(leaf)),
      clause: "RFC 5280 section 4.2.1.10",
      section: "nameConstraints",
    });
  }
  const allowed = extensionOf(authority, "extKeyUsage")?.purposes;
  const wanted = extensionOf(leaf, "extKeyUsage")?.purposes ?? [];
  const missing = wanted.filter((purpose) => !(allowed?.includes(purpose) ?? true));
  if (missing.length > 0 && allowed?.includes(ANY_PURPOSE) === false && !isCa(leaf)) {
    findings.push({
      id: "chain.purpose-nesting",
      severity: "warning",
      message: phrase(
        "Its purposes do not include {0}, although those of {1} do: most programs will not accept it for that.",
        listWords(missing.map((purpose) => KEY_PURPOSES.get(purpose) ?? purpose)),
        called(leaf),
      ),
      clause: "RFC 5280 section 4.2.1.12",
      section: "extKeyUsage",
    });
  }
  return findings;
}
