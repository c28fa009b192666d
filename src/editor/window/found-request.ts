import type { Disposable } from "../../orders/ports";
import type { RequestToken } from "../../validation/request-token";

/** A certificate request in a file, as far as records are about it. */
export interface FoundRequest {
  readonly uri: string;
  /** For a person: the path in the workspace. */
  readonly file: string;
  readonly token: RequestToken;
  /** Of its PEM text, with LF and with CRLF: what somebody publishes who hashed the file. */
  readonly textHashes: readonly RequestToken[];
  /** That it asks for: domains, wildcards, addresses, mailboxes. */
  readonly names: readonly string[];
  /** Which key it is for: lower-case hex. */
  readonly keyIdentity: string;
}

/** Where requests are found. */
export interface RequestSource {
  /** Those of the last search of the workspace; `undefined` before it ends. Starts another one if it is old. */
  latest(): readonly FoundRequest[] | undefined;
  /** Those of the workspace now. */
  find(): Promise<readonly FoundRequest[]>;
  /** Those in one file; empty if it has none or cannot be read. */
  read(uri: string): Promise<readonly FoundRequest[]>;
  /** Fires when a search found something else than the one before. */
  onDidChange(listener: () => void): Disposable;
}
