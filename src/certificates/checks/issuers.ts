import { phrase, type Phrase } from "../../words/phrase";
import { decodeCertificate } from "../x509/certificate";
import { isSelfIssued, mayHaveIssued, type ChainMember } from "../x509/issuing";
import { readContainers } from "../containers/read";
import { DerError } from "../asn1/der-error";
import type { KnownAuthorities } from "../x509/known-authorities";
import { issuerSignature } from "../x509/signature";
import { contactsOf, statusAddresses, type Contact, type StatusFetch } from "../revocation/status-service";
import { called } from "./words";

/** Most bytes that one address may return: a certificate, or a PKCS #7 with a few. */
const MAX_BYTES = 256 * 1024;
/** Issuers that are fetched one above the other. */
const MAX_STEPS = 5;
/** Certificates of one answer that are looked at. */
const MAX_CANDIDATES = 20;

export interface IssuerOptions {
  readonly fetch: StatusFetch;
  readonly signal: AbortSignal;
  /** Whether a person agrees to calls to these addresses; asked at each step upwards. */
  readonly agree: (contacts: readonly Contact[]) => Promise<boolean>;
}

export interface FetchedIssuer extends ChainMember {
  /** Where it came from. */
  readonly url: string;
}

export interface IssuerSearch {
  /** From the certificate's issuer upwards; each signed what is below it, as far as the engine can check. */
  readonly issuers: readonly FetchedIssuer[];
  /** Whether the last one is a root. */
  readonly complete: boolean;
  /** What went wrong, one sentence each. */
  readonly problems: readonly Phrase[];
}

/**
 * How a path ends: in a root, in a certificate issued by a known root, or in a certificate whose issuer is missing.
 */
export type PathEnd =
  | { readonly kind: "root"; readonly root: ChainMember }
  | { readonly kind: "known-root"; readonly root: ChainMember }
  /** `contacts`: where the certificate says that its issuer's certificate is; empty where it does not say. */
  | { readonly kind: "missing"; readonly below: ChainMember; readonly contacts: readonly Contact[] };

/** @param path as `orderChain` gives it: leaf first; an empty one gives `undefined` */
export function endOf(path: readonly ChainMember[], authorities: KnownAuthorities): PathEnd | undefined {
  const last = path.at(-1);
  if (last === undefined) return undefined;
  if (isSelfIssued(last.certificate)) return { kind: "root", root: last };
  const root = authorities.issuersOf(last.certificate).find(({ certificate }) => isSelfIssued(certificate));
  if (root !== undefined) return { kind: "known-root", root };
  return { kind: "missing", below: last, contacts: contactsOf(last.certificate, ["issuer"]) };
}

/**
 * Fetches the issuers above a certificate from the address that each certificate gives for its issuer's (RFC 5280
 * section 4.2.2.1), up to a root. Only the certificate vouches for a root that was fetched, so its presence does not
 * make anything trusted. Never rejects.
 * @param last the end of the chain that is there
 */
export async function fetchIssuers(last: ChainMember, { fetch, signal, agree }: IssuerOptions): Promise<IssuerSearch> {
  const issuers: FetchedIssuer[] = [];
  const problems: Phrase[] = [];
  let current: ChainMember = last;
  while (!isSelfIssued(current.certificate) && issuers.length < MAX_STEPS && !signal.aborted) {
    const contacts = contactsOf(current.certificate, ["issuer"]);
    if (contacts.length > 0 && !(await agree(contacts))) break;
    const next = await fetchIssuer(current, fetch, signal, problems);
    if (next === undefined) break;
    issuers.push(next);
    current = next;
  }
  return { issuers, complete: isSelfIssued(current.certificate), problems };
}

async function fetchIssuer(
  subject: ChainMember,
  fetch: StatusFetch,
  signal: AbortSignal,
  problems: Phrase[],
): Promise<FetchedIssuer | undefined> {
  const urls = statusAddresses(subject.certificate).issuers;
  const name = called(subject.certificate);
  if (urls.length === 0) problems.push(phrase("{0} does not say where its issuer's certificate is.", name));
  for (const url of urls) {
    const reply = await fetch({ url, method: "GET", maxBytes: MAX_BYTES }, signal);
    const { host } = new URL(url);
    if (reply.kind === "failed") problems.push(phrase("{0}: {1}", host, reply.message));
    else if (reply.httpStatus !== 200) {
      problems.push(phrase("{0} answered with HTTP status {1}.", host, reply.httpStatus));
    } else {
      const found = await issuerAmong(reply.body, subject);
      if (found !== undefined) return { ...found, url };
      problems.push(phrase("{0} did not return the certificate of the issuer of {1}.", host, name));
    }
  }
  return undefined;
}

/** The issuer's certificate among those in an answer, in any wrapping except an archive. */
async function issuerAmong(body: Uint8Array, subject: ChainMember): Promise<ChainMember | undefined> {
  const { objects } = readContainers(body, { archives: false });
  const found = objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
  for (const der of found.slice(0, MAX_CANDIDATES)) {
    try {
      const certificate = decodeCertificate(der);
      if (mayHaveIssued(certificate, subject.certificate) && (await issuerSignature(subject.der, der)) !== "bad") {
        return { der, certificate };
      }
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
    }
  }
  return undefined;
}
