import { TransportError, type TransportCode } from "../api/transport";
import { explainFailure } from "./failures";
import { allOf, phrase, type Phrase } from "../words/phrase";

/** Failures of a connection to a server that is not the CA's and is not trusted with anything. */
const SENTENCES: Readonly<Partial<Record<TransportCode, Phrase>>> = {
  unresolved: phrase("The server was not found in DNS."),
  refused: phrase("The server refused the connection."),
  reset: phrase("The server closed the connection too early."),
  unreachable: phrase("The server cannot be reached from this network."),
  "timed-out": phrase("The server did not answer in time."),
  tls: phrase("The server and this computer did not agree on TLS; the server may speak another protocol."),
  proxy: phrase("A proxy refused the call."),
  damaged: phrase("The answer's HTTP is broken."),
  "too-large": phrase("The answer is larger than it should ever be; none of it was kept."),
  cancelled: phrase("It was cancelled."),
};

/** A failure in one sentence without the server's name, which the checks put in front. */
export const sentenceFor = (code: TransportCode): Phrase => SENTENCES[code] ?? phrase("The connection failed.");

/** {@link sentenceFor} a thrown error. */
export const shortFailure = (error: unknown): Phrase =>
  sentenceFor((error instanceof TransportError ? error : explainFailure(error, "")).code);

/** Why a name was not called. */
export const addressesRefused = (addresses: readonly string[]): Phrase =>
  phrase("Its name leads into a private network ({0}), which was not agreed to; nothing was sent.", allOf(addresses));
