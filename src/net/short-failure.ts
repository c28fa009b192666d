import { TransportError, type TransportCode } from "../api/transport";
import { explainFailure } from "./failures";

/** Failures of a connection to a server that is not the CA's and is not trusted with anything. */
const SENTENCES: Readonly<Partial<Record<TransportCode, string>>> = {
  unresolved: "The server was not found in DNS.",
  refused: "The server refused the connection.",
  reset: "The server closed the connection too early.",
  unreachable: "The server cannot be reached from this network.",
  "timed-out": "The server did not answer in time.",
  tls: "The server and this computer did not agree on TLS; the server may speak another protocol.",
  proxy: "A proxy refused the call.",
  damaged: "The answer's HTTP is broken.",
  "too-large": "The answer is larger than it should ever be; none of it was kept.",
  cancelled: "It was cancelled.",
};

/** A failure in one sentence without the server's name, which the checks put in front. */
export const sentenceFor = (code: TransportCode): string => SENTENCES[code] ?? "The connection failed.";

/** {@link sentenceFor} a thrown error. */
export const shortFailure = (error: unknown): string =>
  sentenceFor((error instanceof TransportError ? error : explainFailure(error, "")).code);

/** Why a name was not called. */
export const addressesRefused = (addresses: readonly string[]): string =>
  `Its name leads into a private network (${addresses.join(", ")}), which was not agreed to; nothing was sent.`;
