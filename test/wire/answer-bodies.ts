import { zipSync } from "fflate";

/** Bodies that a CA, or somebody in its place, may send: made from real certificates. */
export interface AnswerBodies {
  readonly pem: string;
  /** PKCS#7, certificates only, binary. */
  readonly pkcs7: Uint8Array;
  readonly chainOf300: string;
  readonly duplicates: string;
  /** The chain and another CA's. */
  readonly unrelated: string;
  readonly zip: Uint8Array;
  readonly zipBomb: Uint8Array;
  readonly zipClimbing: Uint8Array;
  readonly zipLying: Uint8Array;
}

/**
 * @param chain PEM, root first
 * @param other PEM of a certificate that has nothing to do with it
 */
export function answerBodies(chain: readonly string[], other: string): AnswerBodies {
  const pem = `2\n${chain.join("")}`;
  const leaf = chain.at(-1) ?? "";
  const zip = zipOf(chain);
  return {
    pem,
    pkcs7: certificatesOnly(chain.map(derOf)),
    chainOf300: `2\n${leaf.repeat(300)}`,
    duplicates: pem + leaf,
    unrelated: pem + other,
    zip,
    zipBomb: zipSync({ "certificate.crt": new Uint8Array(8 * 1024 * 1024) }),
    zipClimbing: zipSync({ "../../etc/certificate.crt": Buffer.from(leaf) }),
    zipLying: withSize(zip, 1),
  };
}

/** An archive as the CA mails it: a file for each certificate. */
export function zipOf(chain: readonly string[]): Buffer {
  const entries = chain.map((one, index) => [`certificate-${index}.crt`, Buffer.from(one)] as const);
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

export function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64");
}

/** RFC 5652 section 5.1 without signers, content or revocation lists. */
export function certificatesOnly(certificates: readonly Uint8Array[]): Buffer {
  const oid = (hex: string) => tlv(0x06, Buffer.from(hex, "hex"));
  const data = tlv(0x30, oid("2a864886f70d010701"));
  const signedData = tlv(0x30, tlv(0x02, Buffer.of(1)), tlv(0x31), data, tlv(0xa0, ...certificates), tlv(0x31));
  return tlv(0x30, oid("2a864886f70d010702"), tlv(0xa0, signedData));
}

export function tlv(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 0x80 ? [body.length] : [0x83, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), body]);
}

/** The archive with another uncompressed size in the central directory's first entry (APPNOTE section 4.3.12). */
function withSize(zip: Buffer, size: number): Buffer {
  const changed = Buffer.from(zip);
  const entry = changed.indexOf("PK\x01\x02", 0, "latin1");
  changed.writeUInt32LE(size, entry + 24);
  return changed;
}
