/**
 * The five products of the collect endpoints, as stored, typed and shown in settings.
 * `ssl` CollectSSL, `smime` CollectSMIME, `ccc` CollectCCC (Custom Client Certificates), `pac` CollectPAC
 * (Personal Authentication Certificates), `mc` CollectMC (Mark Certificates: VMC and CMC).
 */
export const PRODUCTS = ["ssl", "smime", "ccc", "pac", "mc"] as const;

export type Product = (typeof PRODUCTS)[number];

/** Whether a value from outside (settings, command argument, journal) names a product. */
export function isProduct(value: unknown): value is Product {
  return (PRODUCTS as readonly unknown[]).includes(value);
}
