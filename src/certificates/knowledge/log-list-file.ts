import type { CtLog, CtLogState } from "../transparency/log-list";
import type { KnowledgeProblem } from "./problem";

/** What a program's list says of its logs; JSON-serializable. */
export interface LogListFile {
  readonly kind: "ct-logs";
  readonly program: "chrome" | "apple";
  /** "85.50" of Chrome, "511" of Apple. */
  readonly version?: string;
  /** Its date, "2026-04-19"; where it has none (Apple's), the day of the file, or of its newest state if that is later. */
  readonly asOf: string;
  readonly logs: readonly ListedLog[];
}

/** A log of the list; what it says of the program's state is `state`. */
export interface ListedLog extends Pick<CtLog, "name" | "operator" | "interval"> {
  /** The SHA-256 of the key, in base64. */
  readonly id: string;
  /** SubjectPublicKeyInfo, in base64. */
  readonly key: string;
  readonly type: "rfc6962" | "static";
  readonly state?: Pick<CtLogState, "name" | "since">;
}

/**
 * Reads a CT log list: Google's log_list.json or all_logs_list.json (schema v3), or Apple's current_log_list.json.
 * Never throws because of its contents.
 * @param fileDate when the file was last written, epoch ms: the date of a list that has none
 */
export function readLogListFile(bytes: Uint8Array, fileDate?: number): LogListFile | KnowledgeProblem {
  void bytes;
  void fileDate;
  return { kind: "problem", what: "Not built yet.", next: "Wait." };
}

/**
 * Whether Google signed the list: its log_list.sig (RSA, PKCS #1 v1.5, SHA-256) over the bytes of the file.
 * @param signature binary, or in base64
 */
export function isSignedByGoogle(list: Uint8Array, signature: Uint8Array): boolean {
  return list.length < signature.length;
}
