import { isInForce, type Certificate } from "../x509/certificate";
import { isCa, isNameUnreadable, isSelfIssued, type ChainMember } from "../x509/issuing";
import type { Chain } from "../x509/chain";
import type { Finding } from "../finding";
import { lastsUntil } from "../x509/lifetime";
import { SIGNATURES } from "../keys/algorithm-names";
import { keyWords } from "../keys/key-words";
import type { PublicKey } from "../keys/public-key";
import type { KnownAuthorities, KnownAuthority } from "../x509/known-authorities";
import { authorityFindings } from "./authority";
import { FindingMap, type Findings } from "./finding-map";
import { alternativesTo, completionOf, LinkSignatures, type CertificationPath } from "./paths";
import { sequenceFindings, superfluousFindings, unrelatedFinding } from "./superfluous";
import type { SignatureState } from "../x509/signature";
import { onDay, phrase } from "../../words/phrase";
import { called, listWords } from "./words";

export interface ChainOptions {
  /** Epoch ms. */
  readonly now: number;
  /** CA certificates known offline. Without them nothing is completed and no other path is found. */
  readonly authorities?: KnownAuthorities;
  /**
   * The certificates that the chain was made of, in their order in the file; given where that order is to be judged.
   */
  readonly given?: readonly Uint8Array[];
}

/** One certificate of the path and its issuer. */
export interface Link {
  readonly subject: ChainMember;
  readonly issuer: ChainMember;
  readonly signature: SignatureState;
}

export interface ChainCheck {
  /** From the leaf upwards, including the completion. */
  readonly links: readonly Link[];
  /** What the snapshot puts above the given path, up to a root. */
  readonly completion: readonly KnownAuthority[];
  /** Whether the path, with the completion, ends with a root. */
  readonly complete: boolean;
  /** Whether a CA above the leaf is one of the snapshot: the certificate comes out of a public hierarchy. */
  readonly known: boolean;
  /** Other ways up to a root, through CAs that were certified several times; none through one that was revoked. */
  readonly alternatives: readonly CertificationPath[];
  readonly findings: Findings;
}

/**
 * Checks how the certificates of a chain fit together: links, signatures, gaps, order, what the CAs allow (RFC 5280
 * section 6.1), and what is known offline about them. Single certificates are checked by the rules. Never rejects
 * because of a certificate's contents.
 */
export async function checkChain(chain: Chain, options: ChainOptions): Promise<ChainCheck> {
  const findings = new FindingMap();
  const signatures = new LinkSignatures();
  const given = [...chain.path, ...chain.unrelated, ...chain.otherLeaves];
  const leaf = chain.path[0];
  const last = chain.path.at(-1);
  if (leaf === undefined || last === undefined) {
    return { links: [], completion: [], complete: false, known: false, alternatives: [], findings: new Map() };
  }

  const completion = await completionOf(last, options, signatures);
  const path = [...chain.path, ...completion];
  const links: Link[] = [];
  for (const [index, issuer] of path.slice(1).entries()) {
    const subject = path[index];
    if (subject !== undefined) links.push({ subject, issuer, signature: await signatures.of(subject, issuer) });
  }
  const complete = isSelfIssued(path.at(-1)?.certificate ?? last.certificate);
  const alternatives = await alternativesTo(path, given, options.authorities, signatures);
  const known = path.some((member) => options.authorities?.find(member.certificate) !== undefined);

  for (const [index, member] of path.entries()) {
    const link = links[index];
    const found = [
      ...(link === undefined ? [] : linkFindings(link)),
      ...authorityFindings(member.certificate, path.slice(0, index), options),
    ];
    // Faults above the given path are reported at its end, because the page does not show what is above.
    if (index < chain.path.length) findings.add(member.certificate, ...found);
    else findings.add(last.certificate, ...found.map((finding) => reportedBelow(finding, member.certificate)));
  }
  const tail = { last, completion, complete };
  findings.add(last.certificate, ...(await endFindings(tail, signatures)));
  findings.add(leaf.certificate, ...endingFindings(leaf.certificate, path, alternatives));
  findings.add(leaf.certificate, ...alternativeFindings(alternatives, options.now));
  if (last !== leaf) findings.add(last.certificate, ...superfluousFindings(last.certificate, leaf.certificate));
  for (const { certificate } of isCa(leaf.certificate) ? [] : chain.unrelated) {
    findings.add(certificate, unrelatedFinding(certificate, chain.path));
  }
  findings.add(leaf.certificate, ...sequenceFindings(chain, options.given));
  return { links, completion, complete, known, alternatives, findings: findings.sorted() };
}

/** Turns a finding about a CA certificate that is not on the page into one about the certificate that it issued. */
function reportedBelow(finding: Finding, authority: Certificate): Finding {
  return {
    ...finding,
    message: phrase("{0}, above it in the chain: {1}", called(authority), finding.message),
    section: "issuer",
  };
}

function linkFindings({ subject, issuer, signature }: Link): readonly Finding[] {
  if (signature === "bad") {
    return [
      {
        id: "chain.signature-bad",
        severity: "error",
        message: phrase(
          "It was not signed with the key of {0}, which it names as its issuer.",
          called(issuer.certificate),
        ),
        advice: phrase(
          "Either it was changed, or this is another CA certificate with the same name: get the certificate from the CA again.",
        ),
        clause: "RFC 5280 section 6.1.3 (a) (1)",
        section: "signature",
      },
    ];
  }
  return signature === "good" ? [] : [uncheckedFinding(subject.certificate, issuer.certificate)];
}

/** A signature that nobody checked counts against the verdict, so it is a warning. */
function uncheckedFinding({ signatureAlgorithm }: Certificate, issuer: Certificate): Finding {
  const algorithm = SIGNATURES.get(signatureAlgorithm.oid)?.words ?? signatureAlgorithm.name ?? signatureAlgorithm.oid;
  const scheme = algorithm === "" ? phrase("an algorithm that could not be read") : algorithm;
  return {
    id: "chain.signature-unchecked",
    severity: "warning",
    message: phrase(
      "Its signature was not checked: this crypto engine cannot verify {0} made with a key of type {1}.",
      scheme,
      keyType(issuer.publicKey),
    ),
    advice: phrase("Check it with another program, such as “openssl verify”."),
    clause: "RFC 5280 section 6.1.3 (a) (1)",
    section: "signature",
  };
}

/** A key for RSA-PSS alone is a type of its own: an engine may lack it and verify RSA-PSS with other keys. */
function keyType(publicKey: PublicKey): string {
  const words = keyWords(publicKey);
  return publicKey.algorithm.name === "id-RSASSA-PSS" ? words.replace(/^RSA/, "RSA-PSS") : words;
}

interface Tail {
  readonly last: ChainMember;
  readonly completion: readonly KnownAuthority[];
  readonly complete: boolean;
}

/** What is at the upper end of the given path. */
async function endFindings(
  { last, completion, complete }: Tail,
  signatures: LinkSignatures,
): Promise<readonly Finding[]> {
  const { certificate } = last;
  if (isSelfIssued(certificate)) {
    const state = await signatures.of(last, last);
    const badSignature: Finding = {
      id: "chain.signature-bad",
      severity: "error",
      message: phrase("It names itself as its issuer, but it was not signed with its own key."),
      clause: "RFC 5280 section 6.1.3 (a) (1)",
      section: "signature",
    };
    const selfSigned: Finding = {
      id: "chain.self-signed",
      severity: "warning",
      message: phrase("It is self-signed: no CA issued it."),
      section: "issuer",
    };
    return [
      ...(state === "bad" ? [badSignature] : []),
      ...(state === "cannot-check" ? [uncheckedFinding(certificate, certificate)] : []),
      ...(isCa(certificate) ? [] : [selfSigned]),
    ];
  }
  const missing = completion.filter((member) => !isSelfIssued(member.certificate));
  if (!complete) {
    return [
      {
        id: "chain.issuer-missing",
        severity: "warning",
        message: isNameUnreadable(certificate, "issuer")
          ? phrase("The name of its issuer could not be read, so the chain cannot be checked to its end.")
          : phrase(
              "Its issuer's certificate is missing and not known offline, so the chain cannot be checked to its end.",
            ),
        advice: phrase(
          "Look for missing issuers at the address that the certificate names, or get the whole chain from the CA.",
        ),
        clause: "RFC 5280 section 6.1",
        section: "issuer",
      },
    ];
  }
  if (missing.length === 0) return [];
  return [
    {
      id: "chain.completed",
      severity: "info",
      message: phrase(
        "Missing from the chain, but known offline: {0}.",
        listWords(missing.map((member) => called(member.certificate))),
      ),
      advice: phrase("Give servers the certificate with these, so that they send the whole chain."),
      clause: "RFC 8446 section 4.4.2",
      section: "issuer",
    },
  ];
}

/** Issuers that expire before the certificate that they issued. */
function endingFindings(
  leaf: Certificate,
  path: readonly ChainMember[],
  alternatives: readonly CertificationPath[],
): readonly Finding[] {
  const { notAfter } = leaf.validity;
  const endsFirst = ({ certificate }: ChainMember) =>
    certificate.validity.notAfter !== undefined && notAfter !== undefined && certificate.validity.notAfter < notAfter;
  const first = path.slice(1).find(endsFirst);
  if (first === undefined) return [];
  const lasts = alternatives.some(({ members }) =>
    members.every(({ certificate }) => lastsUntil(certificate.validity, notAfter)),
  );
  return [
    {
      id: "chain.ca-ends-first",
      severity: lasts ? "info" : "warning",
      message: lasts
        ? phrase(
            "{0}, above it in the chain, expires on {1}, before this certificate does; another chain lasts long enough.",
            called(first.certificate),
            onDay(first.certificate.validity.notAfter),
          )
        : phrase(
            "{0}, above it in the chain, expires on {1}, before this certificate does.",
            called(first.certificate),
            onDay(first.certificate.validity.notAfter),
          ),
      clause: "RFC 5280 section 6.1.3 (a) (2)",
      section: "validity",
    },
  ];
}

/** Expired paths do not count. */
function alternativeFindings(alternatives: readonly CertificationPath[], now: number): readonly Finding[] {
  const inForce = alternatives.filter(({ members }) =>
    members.slice(1).every(({ certificate }) => isInForce(certificate.validity, now)),
  );
  if (inForce.length === 0) return [];
  const roots = inForce.flatMap(({ members }) => members.slice(-1).map(({ certificate }) => called(certificate)));
  return [
    {
      id: "chain.alternatives",
      severity: "info",
      message: phrase("Cross-signed: it also chains to {0}.", listWords([...new Set(roots)])),
      section: "issuer",
    },
  ];
}
