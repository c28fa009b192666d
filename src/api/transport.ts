import type { Phrase } from "../words/phrase";
import { SaidError } from "../words/said-error";

/** What `api` needs of HTTP. `net` implements it for the editor; tests pass doubles of their own. */
export type Transport = (request: HttpRequest, signal: AbortSignal) => Promise<HttpReply>;

/** Always a POST of a form: the endpoints do not accept anything else, and credentials never enter a URL. */
export interface HttpRequest {
  /** Absolute https: URL without query and fragment. */
  readonly url: string;
  /** application/x-www-form-urlencoded. Contains secrets: never logged, never stored. */
  readonly body: string;
}

export interface HttpReply {
  readonly status: number;
  /** Lower-case name to value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What went wrong below HTTP, or with its framing. Callers branch on the code, never on the message. */
export type TransportCode =
  | "not-https"
  | "cancelled"
  | "timed-out"
  | "unresolved"
  | "refused"
  | "reset"
  | "unreachable"
  | "certificate-expired"
  | "certificate-name"
  | "certificate-untrusted"
  | "tls"
  | "proxy"
  | "redirected"
  | "too-large"
  | "damaged"
  | "failed";

/** Thrown by a {@link Transport}. It says one sentence to a person, without secrets. */
export class TransportError extends SaidError {
  override readonly name = "TransportError";

  constructor(
    readonly code: TransportCode,
    said: Phrase | string,
    /** Plain facts for the log, for instance `{ errno: "ECONNREFUSED", origin: "https://…" }`. */
    readonly facts: Readonly<Record<string, string | number>> = {},
  ) {
    super(said);
  }
}
