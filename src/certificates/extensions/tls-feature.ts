import type { Element } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { readInteger } from "../asn1/value";

/** RFC 7633: TLS extensions that a server with this certificate must be able to answer. */
export interface TlsFeature {
  readonly type: "tlsFeature";
  /** TLS extension numbers: 5 is status_request ("must-staple"), 17 status_request_v2. */
  readonly features: readonly number[];
}

/** @throws DerError */
export function readTlsFeature(element: Element): TlsFeature {
  const features: number[] = [];
  for (const list = element.open(); list.more;)
    features.push(readInteger(list.expect(Tag.INTEGER, "feature"), "feature"));
  return { type: "tlsFeature", features };
}
