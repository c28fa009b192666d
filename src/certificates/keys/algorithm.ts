import { type Phrase } from "../../words/phrase";
import type { Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag, explicit } from "../asn1/tag";
import { readInteger, readOid } from "../asn1/value";
import { HASHES, KEY_ALGORITHMS, SIGNATURES } from "./algorithm-names";

/** An AlgorithmIdentifier (RFC 5280 section 4.1.1.2). */
export interface AlgorithmIdentifier {
  readonly oid: string;
  /** As its standard writes it, if known. */
  readonly name?: string;
  /** The encoded parameters in hex; absent if there are no parameters or they are NULL. */
  readonly parameters?: string;
  readonly pss?: PssParameters;
  /** Present where it, or its parameters, could not be read: what is wrong, a sentence without its full stop. */
  readonly problem?: Phrase;
}

/** RSASSA-PSS-params (RFC 4055 section 3.1), defaults filled in. Hash functions by name, or else by OID. */
export interface PssParameters {
  readonly hash: string;
  /** "MGF1" or an OID. */
  readonly maskGeneration: string;
  readonly maskHash: string;
  /** Bytes. */
  readonly saltLength: number;
}

const RSASSA_PSS = "1.2.840.113549.1.1.10";
const MGF1 = "1.2.840.113549.1.1.8";

/** Parameters that are damaged do not hide the algorithm. @throws DerError */
export function readAlgorithm(element: Element): AlgorithmIdentifier {
  const parts = element.open();
  const identifier = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "algorithm"));
  const name = nameOf(identifier);
  const known = name === undefined ? { oid: identifier } : { oid: identifier, name };
  if (!parts.more) return known;
  const parameters = parts.next();
  parts.finish("AlgorithmIdentifier");
  if (parameters.identifier === Tag.NULL) return known;
  const hex = parameters.wholeHex;
  if (identifier !== RSASSA_PSS) return { ...known, parameters: hex };
  try {
    return { ...known, parameters: hex, pss: readPss(parameters) };
  } catch (error) {
    if (error instanceof DerError) return { ...known, parameters: hex, problem: error.said };
    throw error;
  }
}

/** What is known about an AlgorithmIdentifier that {@link readAlgorithm} rejects: its OID, if that can be read. */
export function unreadableAlgorithm(element: Element): AlgorithmIdentifier {
  try {
    const identifier = readOid(element.open().expect(Tag.OBJECT_IDENTIFIER, "algorithm"));
    const name = nameOf(identifier);
    return name === undefined ? { oid: identifier } : { oid: identifier, name };
  } catch (error) {
    if (error instanceof DerError) return { oid: "" };
    throw error;
  }
}

const nameOf = (identifier: string): string | undefined =>
  SIGNATURES.get(identifier)?.name ?? KEY_ALGORITHMS.get(identifier) ?? HASHES.get(identifier);

function readPss(parameters: Element): PssParameters {
  const parts = parameters.open();
  const hash = parts.optional(explicit(0));
  const mask = parts.optional(explicit(1));
  const salt = parts.optional(explicit(2));
  // trailerField, which is always 1.
  parts.optional(explicit(3));
  parts.finish("RSASSA-PSS-params");
  const maskAlgorithm = mask?.open().expect(Tag.SEQUENCE, "maskGenAlgorithm").open();
  const maskOid = maskAlgorithm === undefined ? MGF1 : readOid(maskAlgorithm.next());
  return {
    hash: hashName(hash?.open().next()),
    maskGeneration: maskOid === MGF1 ? "MGF1" : maskOid,
    maskHash: hashName(maskAlgorithm?.more === true ? maskAlgorithm.next() : undefined),
    saltLength: salt === undefined ? 20 : readInteger(salt.open().expect(Tag.INTEGER, "saltLength"), "saltLength"),
  };
}

/** SHA-1 is the default of both fields. */
function hashName(algorithm: Element | undefined): string {
  if (algorithm === undefined) return "SHA-1";
  const identifier = readOid(algorithm.open().expect(Tag.OBJECT_IDENTIFIER, "HashAlgorithm"));
  return HASHES.get(identifier) ?? identifier;
}
