import { inEnglish } from "../../words/localize";
import type { ChainMember } from "../x509/issuing";
import type { CrlReason } from "../extensions/revocation";
import { MAX_OCSP_BYTES, newNonce, ocspRequest, readOcspResponse } from "./ocsp";
import { MAX_LIST_BYTES, readRevocationList } from "./revocation-list";
import type { StatusAnswer } from "./status-answer";
import { statusAddresses, type StatusFetch, type StatusReply } from "./status-service";
import { onDay, phrase, type Phrase } from "../../words/phrase";

export interface RevocationOptions {
  readonly fetch: StatusFetch;
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now: number;
  /**
   * Whether to ask OCSP for a fresh response, which private responders can make and public ones do not. Default: no.
   */
  readonly nonce?: boolean;
}

/**
 * `unknown`: the responder says that it knows no such certificate. `not-reachable`: no service could be asked.
 * `cannot-check`: there is no service, or no service gave a usable response.
 */
export type RevocationState = "good" | "revoked" | "unknown" | "not-reachable" | "cannot-check";

export interface RevocationCheck {
  readonly state: RevocationState;
  /** One sentence for a person. */
  readonly message: Phrase;
  /** If it was revoked: when (epoch ms), and why. */
  readonly since?: number;
  readonly reason?: CrlReason;
  /** Every call that was made, in order. */
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly source: "OCSP" | "CRL";
  readonly url: string;
  readonly answer: StatusAnswer | { readonly status: "not-reachable"; readonly message: Phrase | string };
}

/**
 * Asks whether a certificate was revoked: its OCSP services first, and its issuer's revocation lists if those do not
 * give a result. Calls what `contactsOf(certificate, ["ocsp", "crl"])` lists and nothing else. Never rejects.
 * @param issuer the certificate that `subject` was issued from: its key checks the answers
 */
export async function askRevocationStatus(
  subject: ChainMember,
  issuer: ChainMember,
  options: RevocationOptions,
): Promise<RevocationCheck> {
  const { ocsp, crl } = statusAddresses(subject.certificate);
  const attempts: Attempt[] = [];
  const ask = async (source: Attempt["source"], urls: readonly string[]): Promise<boolean> => {
    for (const url of urls) {
      if (options.signal.aborted) return true;
      const answer = await (source === "OCSP" ? askOcsp : askList)(url, subject, issuer, options);
      attempts.push({ source, url, answer });
      if (answer.status === "good" || answer.status === "revoked") return true;
    }
    return false;
  };
  if (!(await ask("OCSP", ocsp))) await ask("CRL", crl);
  return conclude(attempts);
}

async function askOcsp(
  url: string,
  subject: ChainMember,
  issuer: ChainMember,
  { fetch, signal, now, nonce: wanted }: RevocationOptions,
): Promise<Attempt["answer"]> {
  const nonce = wanted === true ? newNonce() : undefined;
  const reply = await fetch(
    {
      url,
      method: "POST",
      body: ocspRequest(subject, issuer, nonce),
      contentType: "application/ocsp-request",
      maxBytes: MAX_OCSP_BYTES,
    },
    signal,
  );
  return judge(reply, (body) => readOcspResponse(body, subject, issuer, now, nonce));
}

async function askList(
  url: string,
  subject: ChainMember,
  issuer: ChainMember,
  { fetch, signal, now }: RevocationOptions,
): Promise<Attempt["answer"]> {
  const reply = await fetch({ url, method: "GET", maxBytes: MAX_LIST_BYTES }, signal);
  return judge(reply, (body) => readRevocationList(body, url, subject, issuer, now));
}

async function judge(
  reply: StatusReply,
  read: (body: Uint8Array) => Promise<StatusAnswer>,
): Promise<Attempt["answer"]> {
  if (reply.kind === "failed") return { status: "not-reachable", message: inEnglish(reply.message) };
  if (reply.httpStatus !== 200) {
    return { status: "not-reachable", message: phrase("The server answered with HTTP status {0}.", reply.httpStatus) };
  }
  return read(reply.body);
}

/** The most important response. "Unknown" from OCSP outweighs a list that does not name the certificate. */
function conclude(attempts: readonly Attempt[]): RevocationCheck {
  const firstWith = (status: Attempt["answer"]["status"]) => attempts.find(({ answer }) => answer.status === status);
  const attempt =
    firstWith("revoked") ??
    firstWith("unknown") ??
    firstWith("good") ??
    firstWith("unusable") ??
    firstWith("not-reachable");
  if (attempt === undefined) {
    return {
      state: "cannot-check",
      message: phrase("The certificate does not name a service that says whether it was revoked."),
      attempts,
    };
  }
  const { source, url, answer } = attempt;
  const host = new URL(url).host;
  switch (answer.status) {
    case "revoked": {
      const { since, reason } = answer;
      const message = revokedWords(source, host, since, reason);
      return { state: "revoked", message, since, ...(reason === undefined ? {} : { reason }), attempts };
    }
    case "good":
      return { state: "good", message: goodWords(source, host, minute(answer.thisUpdate)), attempts };
    case "unknown":
      return { state: "unknown", message: unknownWords(source, host), attempts };
    case "unusable":
      return { state: "cannot-check", message: phrase("{0}: {1}", host, answer.message), attempts };
    case "not-reachable":
      return { state: "not-reachable", message: phrase("{0}: {1}", host, answer.message), attempts };
  }
}

function revokedWords(source: Attempt["source"], host: string, since: number, reason: CrlReason | undefined): Phrase {
  const day = onDay(since);
  if (reason === undefined) {
    return source === "OCSP"
      ? phrase("It was revoked on {0}, according to the OCSP server of {1}.", day, host)
      : phrase("It was revoked on {0}, according to the revocation list of {1}.", day, host);
  }
  const why = REASONS[reason];
  return source === "OCSP"
    ? phrase("It was revoked on {0} ({1}), according to the OCSP server of {2}.", day, why, host)
    : phrase("It was revoked on {0} ({1}), according to the revocation list of {2}.", day, why, host);
}

const goodWords = (source: Attempt["source"], host: string, asOf: string): Phrase =>
  source === "OCSP"
    ? phrase("It was not revoked, according to the OCSP server of {0}, as of {1}.", host, asOf)
    : phrase("It was not revoked, according to the revocation list of {0}, as of {1}.", host, asOf);

const unknownWords = (source: Attempt["source"], host: string): Phrase =>
  source === "OCSP"
    ? phrase("The OCSP server of {0} does not know this certificate.", host)
    : phrase("The revocation list of {0} does not know this certificate.", host);

/** CRLReason (RFC 5280 section 5.3.1) in words. */
const REASONS: Readonly<Record<CrlReason, Phrase>> = {
  unspecified: phrase("no reason given"),
  keyCompromise: phrase("its key is compromised"),
  cACompromise: phrase("a CA's key is compromised"),
  affiliationChanged: phrase("the subject's affiliation changed"),
  superseded: phrase("another certificate replaces it"),
  cessationOfOperation: phrase("it is no longer needed"),
  certificateHold: phrase("on hold for the time being"),
  unused: phrase("a reason that the standard does not use"),
  removeFromCRL: phrase("no longer on hold"),
  privilegeWithdrawn: phrase("the subject's privilege was withdrawn"),
  aACompromise: phrase("an attribute authority's key is compromised"),
};

/** "2026-11-20 09:30 UTC" */
const minute = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
