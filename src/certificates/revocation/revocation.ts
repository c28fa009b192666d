import { inEnglish } from "../../words/localize";
import type { ChainMember } from "../x509/issuing";
import type { CrlReason } from "../extensions/revocation";
import { MAX_OCSP_BYTES, newNonce, ocspRequest, readOcspResponse } from "./ocsp";
import { MAX_LIST_BYTES, readRevocationList } from "./revocation-list";
import type { StatusAnswer } from "./status-answer";
import { statusAddresses, type StatusFetch, type StatusReply } from "./status-service";
import { day } from "../checks/words";

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
  readonly message: string;
  /** If it was revoked: when (epoch ms), and why. */
  readonly since?: number;
  readonly reason?: CrlReason;
  /** Every call that was made, in order. */
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly source: "OCSP" | "CRL";
  readonly url: string;
  readonly answer: StatusAnswer | { readonly status: "not-reachable"; readonly message: string };
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
    return { status: "not-reachable", message: `The server answered with HTTP status ${reply.httpStatus}.` };
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
      message: "The certificate does not name a service that says whether it was revoked.",
      attempts,
    };
  }
  const { source, url, answer } = attempt;
  const host = new URL(url).host;
  switch (answer.status) {
    case "revoked": {
      const { since, reason } = answer;
      const why = reason === undefined ? "" : ` (${REASONS[reason]})`;
      const message = `It was revoked on ${day(since)}${why}, according to the ${SOURCES[source]} of ${host}.`;
      return { state: "revoked", message, since, ...(reason === undefined ? {} : { reason }), attempts };
    }
    case "good": {
      const message = `It was not revoked, according to the ${SOURCES[source]} of ${host}, as of ${minute(answer.thisUpdate)}.`;
      return { state: "good", message, attempts };
    }
    case "unknown":
      return {
        state: "unknown",
        message: `The ${SOURCES[source]} of ${host} does not know this certificate.`,
        attempts,
      };
    case "unusable":
      return { state: "cannot-check", message: `${host}: ${answer.message}`, attempts };
    case "not-reachable":
      return { state: "not-reachable", message: `${host}: ${answer.message}`, attempts };
  }
}

const SOURCES: Readonly<Record<Attempt["source"], string>> = { OCSP: "OCSP server", CRL: "revocation list" };

/** CRLReason (RFC 5280 section 5.3.1) in words. */
const REASONS: Readonly<Record<CrlReason, string>> = {
  unspecified: "no reason given",
  keyCompromise: "its key is compromised",
  cACompromise: "a CA's key is compromised",
  affiliationChanged: "the subject's affiliation changed",
  superseded: "another certificate replaces it",
  cessationOfOperation: "it is no longer needed",
  certificateHold: "on hold for the time being",
  unused: "a reason that the standard does not use",
  removeFromCRL: "no longer on hold",
  privilegeWithdrawn: "the subject's privilege was withdrawn",
  aACompromise: "an attribute authority's key is compromised",
};

/** "2026-11-20 09:30 UTC" */
const minute = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
