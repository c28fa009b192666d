/**
 * What `activate()` returns to other extensions. Plain data, never a secret. A change that breaks a caller raises
 * `version`.
 */
export interface PublicApi {
  readonly version: 1;
  /** Every tracked order. */
  orders(): Promise<readonly PublicOrder[]>;
  /** Tracks an order of an account; resolves to its id. Rejects when the number cannot be one. */
  track(order: {
    readonly account: string;
    readonly product: "ssl" | "smime" | "ccc" | "pac" | "mc";
    readonly orderNumber: string;
    readonly label?: string;
  }): Promise<string>;
  /** Checks an order at the CA, as the command does; resolves to the order after the check. */
  check(id: string): Promise<PublicOrder | undefined>;
  /**
   * An order's collected certificate, after checking at the CA if there is none; resolves to PEM, leaf first, or
   * `undefined`. Look at {@link PublicOrder.concerns} before using it on a server: its names may differ from those
   * ordered, or it may be revoked.
   */
  collect(id: string): Promise<string | undefined>;
  /**
   * An order's newest collected certificate in another form, as "Save As" writes it; `undefined` if there is none.
   * Rejects when the part is empty. Forms that contain a private key are not offered.
   */
  export(id: string, form: PublicForm, part: PublicPart): Promise<Uint8Array | undefined>;
  /** Decodes certificates in any container; see `Certificate` in `src/certificates/x509/certificate.ts`. */
  decode(bytes: Uint8Array): Promise<readonly unknown[]>;
  /** Fires with the ids of orders that changed, appeared or disappeared. */
  onDidChangeOrders(listener: (ids: readonly string[]) => void): { dispose(): void };
}

export type PublicForm = "pem" | "der" | "pkcs7" | "pkcs7-pem" | "json" | "text";

/** Leaf first except for `root-first`; DER contains only the leaf, whatever the part. */
export type PublicPart = "leaf" | "chain" | "chain-root" | "fullchain" | "fullchain-root" | "root-first";

export interface PublicOrder {
  readonly id: string;
  readonly product: "ssl" | "smime" | "ccc" | "pac" | "mc";
  /** The name shown in the tree. */
  readonly title: string;
  readonly group: "needs-you" | "ready" | "waiting" | "trouble" | "done";
  /** One line in words, in the display language. */
  readonly words: string;
  /**
   * What the person can do about it, in the display language; absent if there is nothing to do, or `words` says it.
   */
  readonly advice?: string;
  /** Epoch ms. */
  readonly lastAsked?: number;
  /** Epoch ms; absent if it is not checked automatically. */
  readonly nextCheck?: number;
  /** Of the newest collected certificate. */
  readonly serialNumber?: string;
  /** Reasons not to use that certificate, sentences in English; absent if there are none. */
  readonly concerns?: readonly string[];
  /** Epoch ms. */
  readonly notAfter?: number;
}
