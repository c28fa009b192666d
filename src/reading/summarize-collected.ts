import { decodeCertificate } from "../certificates/x509/certificate";
import { isCa, mayHaveIssued, type ChainMember } from "../certificates/x509/issuing";
import { orderChain, type Chain } from "../certificates/x509/chain";
import { endOf } from "../certificates/checks/issuers";
import { compareWithOrder } from "../certificates/checks/ordered";
import { called } from "../certificates/checks/words";
import { inEnglish } from "../words/localize";
import { DerError } from "../certificates/asn1/der-error";
import { knownAuthorities } from "../certificates/knowledge/in-use";
import type { Doubt } from "../orders/model/order";
import type { CollectedSummary, CollectedContext } from "../orders/ports";
import { alternativeNames } from "./leaf-names";

/** Most names of a certificate that the journal stores. */
const MAX_NAMES = 20;
/** Most CA certificates outside the path that are kept; CAs send one or two. */
const MAX_OTHERS = 20;

/**
 * Puts the CA's certificates in order, reads what the journal stores about them, and compares them with the order. The
 * leaf decides what was collected: other end-entity certificates are dropped. CA certificates of its other paths are
 * kept, because the path in force may change; unrelated ones are not.
 * @throws CollectedError when there is no end-entity certificate, or more than one and the answer does not name one of
 *   them
 */
export async function summarizeCollected(
  certificates: readonly Uint8Array[],
  about: CollectedContext,
): Promise<CollectedSummary> {
  const authorities = await knownAuthorities();
  const chain = orderChain(withoutSurplus(certificates, about.leaf), { now: about.now, authorities });
  const [leaf] = chain.path;
  refuseOthers(chain);
  if (leaf === undefined) throw new CollectedError("The answer contains no certificate. Ask the CA's support for it.");
  const { serialNumber, subject } = leaf.certificate;
  const { notBefore, notAfter } = leaf.certificate.validity;
  if (notBefore === undefined || notAfter === undefined) {
    throw new CollectedError("The validity of the certificate cannot be read. Ask the CA's support for it.");
  }
  const doubts = await doubtsOf(leaf, chain.path, about);
  return {
    chain: [...chain.path, ...otherIssuers(chain)].map(({ der }) => der),
    certificate: {
      serialNumber: serialNumber.hex,
      subject: subject.text,
      names: alternativeNames(leaf.certificate).slice(0, MAX_NAMES),
      notBefore,
      notAfter,
      ...(doubts.length > 0 && { doubts }),
    },
  };
}

/**
 * The certificates without end-entity certificates other than the one that the answer names: even if that one cannot
 * be read, none of them is what was ordered.
 */
function withoutSurplus(certificates: readonly Uint8Array[], leaf: number | undefined): readonly Uint8Array[] {
  const named = leaf === undefined ? undefined : certificates[leaf];
  if (named === undefined || kindOf(named) === "ca") return certificates;
  return certificates.filter((der) => der === named || kindOf(der) !== "end-entity");
}

function kindOf(der: Uint8Array): "ca" | "end-entity" | "unreadable" {
  try {
    return isCa(decodeCertificate(der)) ? "ca" : "end-entity";
  } catch (error) {
    if (error instanceof DerError) return "unreadable";
    throw error;
  }
}

/** @throws CollectedError */
function refuseOthers({ path: [leaf], otherLeaves, unreadable }: Chain): void {
  if ((leaf === undefined || isCa(leaf.certificate)) && unreadable[0] !== undefined) {
    throw new CollectedError(
      `The certificate cannot be read: ${inEnglish(unreadable[0].message)}. Ask the CA's support for it.`,
    );
  }
  if (leaf !== undefined && isCa(leaf.certificate)) {
    throw new CollectedError("The answer contains only CA certificates, not the one that was ordered.");
  }
  if (otherLeaves.some(({ certificate }) => !isCa(certificate))) {
    throw new CollectedError(
      "The answer contains more than one end-entity certificate and does not say which was ordered. Track it by its certificate ID.",
    );
  }
}

/** Problems with using it as it is; the journal keeps them, in English. */
async function doubtsOf(
  leaf: ChainMember,
  path: readonly ChainMember[],
  { detail }: CollectedContext,
): Promise<readonly Doubt[]> {
  const { fqdn, domains } = detail;
  const names = compareWithOrder(leaf.certificate, {
    ...(fqdn !== undefined && { fqdn }),
    ...(domains !== undefined && { domains: domains.map(({ domain }) => domain) }),
  }).find(({ aspect }) => aspect === "names");
  const end = endOf(path, await knownAuthorities());
  return [
    ...(names?.result === "differs" ? [{ kind: "names" as const, message: inEnglish(names.message) }] : []),
    ...(end?.kind === "missing" ? [{ kind: "chain" as const, message: missingWords(end.below, path.length) }] : []),
  ];
}

function missingWords({ certificate }: ChainMember, length: number): string {
  return length === 1
    ? "It came without the CA's certificates, which servers must send with it."
    : `Its chain ends at ${inEnglish(called(certificate))}, whose issuer is missing.`;
}

/** The CA certificates of the leaf's other paths (cross-signed), those nearest to the leaf first. */
function otherIssuers({ path, otherLeaves, unrelated }: Chain): readonly ChainMember[] {
  const left = new Set([...unrelated, ...otherLeaves]);
  const found: ChainMember[] = [];
  const below = [...path];
  for (const member of below) {
    for (const candidate of left) {
      if (found.length === MAX_OTHERS) return found;
      if (!mayHaveIssued(candidate.certificate, member.certificate)) continue;
      left.delete(candidate);
      found.push(candidate);
      below.push(candidate);
    }
  }
  return found;
}

/** The error for certificates that cannot be the ordered one. */
export class CollectedError extends Error {
  override readonly name = "CollectedError";
  readonly code = "not-what-was-ordered";
}
