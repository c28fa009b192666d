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
  /** Asks the CA about an order, as the command does; resolves to the order as it stands then. */
  check(id: string): Promise<PublicOrder | undefined>;
  /**
   * What is held of an order, after asking when nothing is; resolves to PEM, leaf first, or `undefined`. Look at
   * {@link PublicOrder.concerns} before it goes to a server: it may have other names than were ordered, or be revoked.
   */
  collect(id: string): Promise<string | undefined>;
  /**
   * The newest certificate held of an order in another form, as "Save As" writes it; `undefined` where nothing is held.
   * Rejects when the part is empty. Forms with a private key inside are not among these.
   */
  export(id: string, form: PublicForm, part: PublicPart): Promise<Uint8Array | undefined>;
  /** Decodes certificates in any container; see `Certificate` in `src/certificates/x509/certificate.ts`. */
  decode(bytes: Uint8Array): Promise<readonly unknown[]>;
  /** Tells the ids of orders that changed, appeared or vanished. */
  onDidChangeOrders(listener: (ids: readonly string[]) => void): { dispose(): void };
}

export type PublicForm = "pem" | "der" | "pkcs7" | "pkcs7-pem" | "json" | "text";

/** Leaf first but for `root-first`; DER holds the leaf whatever the part. */
export type PublicPart = "leaf" | "chain" | "chain-root" | "fullchain" | "fullchain-root" | "root-first";

export interface PublicOrder {
  readonly id: string;
  readonly product: "ssl" | "smime" | "ccc" | "pac" | "mc";
  /** The name that the tree shows. */
  readonly title: string;
  readonly group: "needs-you" | "ready" | "waiting" | "trouble" | "done";
  /** One line in words, in the display language. */
  readonly words: string;
  /**
   * What the person can do about it, in the display language; absent where there is nothing to do, or the words say it.
   */
  readonly advice?: string;
  /** Epoch ms. */
  readonly lastAsked?: number;
  /** Epoch ms; absent when it is not asked by itself. */
  readonly nextCheck?: number;
  /** Of the newest certificate held. */
  readonly serialNumber?: string;
  /** What speaks against using that certificate, sentences in English; absent where nothing does. */
  readonly concerns?: readonly string[];
  /** Epoch ms. */
  readonly notAfter?: number;
}
