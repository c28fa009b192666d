/**
 * Extensions whose presence is their whole meaning; their value is NULL. `ocspNoCheck`: RFC 6960 section 4.2.2.2.1.
 * `precertificatePoison`: RFC 6962 section 3.1. `noRevAvail`: RFC 9608. `validityAssuredShortTerm`: ETSI EN 319 412-1
 * section 5.2.
 */
export interface Marker {
  readonly type: "ocspNoCheck" | "precertificatePoison" | "noRevAvail" | "validityAssuredShortTerm";
}

/** A reader for a marker; its value does not matter. */
export const marker = (type: Marker["type"]) => (): Marker => ({ type });
