import type { CtLogList } from "../ct-logs";
import type { Finding } from "../finding";
import type { PictureBudget } from "../pictures/picture";

export interface DetailsOptions {
  /** Epoch ms, for statements about validity. */
  readonly now: number;
  /** What the checks found out, by SHA-256 of the certificate in lower-case hex. */
  readonly findings?: ReadonlyMap<string, readonly Finding[]>;
  /** Names Certificate Transparency logs: see `loadCtLogs`. */
  readonly logs?: CtLogList;
  /**
   * Of the order that the leaf belongs to: how long it is paid for, which may be longer than the certificate is valid.
   * Epoch ms.
   */
  readonly productTerm?: { readonly start?: number; readonly end?: number };
  /**
   * Whether the whole structure of each certificate is shown as a tree of ASN.1, as is always done for objects that
   * cannot be decoded.
   */
  readonly structure?: boolean;
  /** The budget for pictures where several objects share a page; if absent, each has its own. */
  readonly pictures?: PictureBudget;
}
