import { stringValue } from "../asn1/character-string";
import type { Element, Reader } from "../asn1/der";
import { Tag, explicit, implicit } from "../asn1/tag";
import { readInteger, readOid } from "../asn1/value";
import { HASHES } from "../keys/algorithm-names";

/** RFC 9399: pictures and sounds of the subject, the issuer or a community. Mark certificates carry the mark in it. */
export interface Logotype {
  readonly type: "logotype";
  readonly logos: readonly Logo[];
}

export interface Logo {
  /** OID for what RFC 9399 calls other logotypes. */
  readonly role: "community" | "issuer" | "subject" | { readonly oid: string };
  readonly images: readonly LogotypeDetails[];
  readonly audio: readonly LogotypeDetails[];
  /** Present if the data is not in the certificate but at an address. */
  readonly reference?: HashedUris;
}

export interface LogotypeDetails extends HashedUris {
  /** As written, for example "image/svg+xml". */
  readonly mediaType: string;
  readonly imageInfo?: LogotypeImageInfo;
}

export interface HashedUris {
  readonly hashes: readonly HashAndValue[];
  /** "data:…" where the picture is in the certificate itself. */
  readonly uris: readonly string[];
}

export interface HashAndValue {
  /** By name, or by OID if unknown. */
  readonly algorithm: string;
  readonly value: string;
}

/** Bytes and pixels; 0 where unknown or scalable. */
export interface LogotypeImageInfo {
  readonly fileSize: number;
  readonly width: number;
  readonly height: number;
}

/** @throws DerError */
export function readLogotype(element: Element): Logotype {
  const logos: Logo[] = [];
  const parts = element.open();
  const community = parts.optional(explicit(0));
  const issuer = parts.optional(explicit(1));
  const subject = parts.optional(explicit(2));
  const others = parts.optional(explicit(3));
  parts.finish("LogotypeExtn");
  for (const list = community?.open().expect(Tag.SEQUENCE, "communityLogos").open(); list?.more === true;) {
    logos.push(readLogo("community", list.next()));
  }
  if (issuer !== undefined) logos.push(readLogo("issuer", issuer.open().next()));
  if (subject !== undefined) logos.push(readLogo("subject", subject.open().next()));
  for (const list = others?.open().expect(Tag.SEQUENCE, "otherLogos").open(); list?.more === true;) {
    const other = list.expect(Tag.SEQUENCE, "OtherLogotypeInfo").open();
    const type = readOid(other.expect(Tag.OBJECT_IDENTIFIER, "logotypeType"));
    logos.push(readLogo({ oid: type }, other.next()));
  }
  return { type: "logotype", logos };
}

/** LogotypeInfo: CHOICE { direct [0] LogotypeData, indirect [1] LogotypeReference } */
function readLogo(role: Logo["role"], choice: Element): Logo {
  if (choice.identifier === explicit(1)) {
    return { role, images: [], audio: [], reference: readHashedUris(choice.open()) };
  }
  if (choice.identifier !== explicit(0)) choice.refuseAs("LogotypeInfo");
  const parts = choice.open();
  const images = parts.optional(Tag.SEQUENCE);
  const audio = parts.optional(explicit(1));
  return { role, images: readList(images, "images"), audio: readList(audio, "audio") };
}

function readList(list: Element | undefined, kind: "images" | "audio"): LogotypeDetails[] {
  const found: LogotypeDetails[] = [];
  for (const reader = list?.open(); reader?.more === true;) {
    const parts = reader.expect(Tag.SEQUENCE, "LogotypeImage").open();
    const details = parts.expect(Tag.SEQUENCE, "LogotypeDetails").open();
    const mediaType = stringValue(details.expect(Tag.IA5_STRING, "mediaType"));
    const hashed = readHashedUris(details);
    // LogotypeAudioInfo has other fields.
    const info = kind === "images" ? parts.optional(Tag.SEQUENCE) : undefined;
    found.push({ mediaType, ...hashed, ...(info === undefined ? {} : { imageInfo: readImageInfo(info.open()) }) });
  }
  return found;
}

/** SEQUENCE OF SEQUENCE { hashAlg AlgorithmIdentifier, hashValue OCTET STRING }, SEQUENCE OF IA5String */
function readHashedUris(parts: Reader): HashedUris {
  const hashes: HashAndValue[] = [];
  for (const list = parts.expect(Tag.SEQUENCE, "logotypeHash").open(); list.more;) {
    const hash = list.expect(Tag.SEQUENCE, "HashAlgAndValue").open();
    const algorithm = readOid(hash.expect(Tag.SEQUENCE, "hashAlg").open().expect(Tag.OBJECT_IDENTIFIER, "algorithm"));
    const value = hash.expect(Tag.OCTET_STRING, "hashValue").octets().toString("hex");
    hashes.push({ algorithm: HASHES.get(algorithm) ?? algorithm, value });
  }
  const uris: string[] = [];
  for (const list = parts.expect(Tag.SEQUENCE, "logotypeURI").open(); list.more;) {
    uris.push(stringValue(list.expect(Tag.IA5_STRING, "URI")));
  }
  return { hashes, uris };
}

function readImageInfo(parts: Reader): LogotypeImageInfo {
  parts.optional(implicit(0));
  const fileSize = readInteger(parts.expect(Tag.INTEGER, "fileSize"), "fileSize");
  const width = readInteger(parts.expect(Tag.INTEGER, "xSize"), "xSize");
  const height = readInteger(parts.expect(Tag.INTEGER, "ySize"), "ySize");
  return { fileSize, width, height };
}
