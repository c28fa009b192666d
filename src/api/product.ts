/**
 * The five products of the collect endpoints, as stored, typed and shown in settings.
 * `ssl` CollectSSL, `smime` CollectSMIME, `ccc` CollectCCC (Custom Client Certificates), `pac` CollectPAC
 * (Personal Authentication Certificates), `mc` CollectMC (Mark Certificates: VMC and CMC).
 */
export const PRODUCTS = ["ssl", "smime", "ccc", "pac", "mc"] as const;

export type Product = (typeof PRODUCTS)[number];

/** The differences between the products' endpoints, apart from parameters; see `endpoints.ts`. */
export interface ProductFacts {
  /**
   * How an order can be requested by a collection code: without login and order number, with either, or not at all.
   */
  readonly collectionCode: "alone" | "beside-login" | "never";
  /** Whether the status can be asked for without the certificates (`queryType`). */
  readonly hasStatusCall: boolean;
  /** Whether the certificate belongs to a person: words for several of these mean one product. */
  readonly isPersonal: boolean;
  /** Whether a TLS server shows the certificate to its clients. */
  readonly isServed: boolean;
  /**
   * Which property of CAA must allow the CA: of TLS, of mailboxes (RFC 9495; personal certificates carry the purpose,
   * too), or of marks.
   */
  readonly caa: "tls" | "smime" | "mark";
}

/** A product that is added to {@link PRODUCTS} does not compile before it has a row. */
export const PRODUCT_FACTS: Readonly<Record<Product, ProductFacts>> = {
  ssl: { collectionCode: "never", hasStatusCall: true, isPersonal: false, isServed: true, caa: "tls" },
  smime: { collectionCode: "never", hasStatusCall: true, isPersonal: true, isServed: false, caa: "smime" },
  ccc: { collectionCode: "alone", hasStatusCall: true, isPersonal: true, isServed: false, caa: "smime" },
  pac: { collectionCode: "beside-login", hasStatusCall: true, isPersonal: true, isServed: false, caa: "smime" },
  mc: { collectionCode: "never", hasStatusCall: false, isPersonal: false, isServed: false, caa: "mark" },
};

/** Whether a value from outside (settings, command argument, journal) names a product. */
export function isProduct(value: unknown): value is Product {
  return (PRODUCTS as readonly unknown[]).includes(value);
}

/** Where the CA serves all five: both host names are one CA. */
export const CA_HOSTS = ["secure.trust-provider.com", "secure.sectigo.com"] as const;
