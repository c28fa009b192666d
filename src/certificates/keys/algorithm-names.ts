/** Names of algorithms as their standards write them, by OID. */

/** Hash functions: RFC 3279, 4055, 5754, NIST's computer security objects register. */
export const HASHES: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.2.2", "MD2"],
  ["1.2.840.113549.2.5", "MD5"],
  ["1.3.14.3.2.26", "SHA-1"],
  ["2.16.840.1.101.3.4.2.4", "SHA-224"],
  ["2.16.840.1.101.3.4.2.1", "SHA-256"],
  ["2.16.840.1.101.3.4.2.2", "SHA-384"],
  ["2.16.840.1.101.3.4.2.3", "SHA-512"],
  ["2.16.840.1.101.3.4.2.5", "SHA-512/224"],
  ["2.16.840.1.101.3.4.2.6", "SHA-512/256"],
  ["2.16.840.1.101.3.4.2.7", "SHA3-224"],
  ["2.16.840.1.101.3.4.2.8", "SHA3-256"],
  ["2.16.840.1.101.3.4.2.9", "SHA3-384"],
  ["2.16.840.1.101.3.4.2.10", "SHA3-512"],
  ["2.16.840.1.101.3.4.2.11", "SHAKE128"],
  ["2.16.840.1.101.3.4.2.12", "SHAKE256"],
  ["1.3.36.3.2.1", "RIPEMD-160"],
]);

export interface SignatureScheme {
  /** The identifier in its standard. */
  readonly name: string;
  /** In words: "RSA (PKCS #1 v1.5) with SHA-256". */
  readonly words: string;
  /** As in {@link HASHES}; absent where the parameters state it or the scheme has its own. */
  readonly hash?: string;
}

const rsa = (name: string, hash: string): SignatureScheme => ({ name, words: `RSA (PKCS #1 v1.5) with ${hash}`, hash });
const ecdsa = (name: string, hash: string): SignatureScheme => ({ name, words: `ECDSA with ${hash}`, hash });
const dsa = (name: string, hash: string): SignatureScheme => ({ name, words: `DSA with ${hash}`, hash });
const own = (name: string, words = name): SignatureScheme => ({ name, words });

/** Parameter sets of FIPS 205 in the order of their OIDs (RFC 9909 section 3). */
const SLH_DSA_SETS = [
  ...["SHA2-128s", "SHA2-128f", "SHA2-192s", "SHA2-192f", "SHA2-256s", "SHA2-256f"],
  ...["SHAKE-128s", "SHAKE-128f", "SHAKE-192s", "SHAKE-192f", "SHAKE-256s", "SHAKE-256f"],
];

/** Algorithms with one OID for both key and signature: ML-DSA (RFC 9881), SLH-DSA (RFC 9909), EdDSA (RFC 8410). */
const KEY_AND_SIGNATURE: readonly (readonly [string, string])[] = [
  ["1.3.101.112", "Ed25519"],
  ["1.3.101.113", "Ed448"],
  ["2.16.840.1.101.3.4.3.17", "ML-DSA-44"],
  ["2.16.840.1.101.3.4.3.18", "ML-DSA-65"],
  ["2.16.840.1.101.3.4.3.19", "ML-DSA-87"],
  ...SLH_DSA_SETS.map((set, index) => [`2.16.840.1.101.3.4.3.${20 + index}`, `SLH-DSA-${set}`] as const),
];

/** Signature algorithms: RFC 3279, 4055, 5758, 8410, 8692, 8017, NIST's register, and old ones of OIW and ISO. */
export const SIGNATURES: ReadonlyMap<string, SignatureScheme> = new Map([
  ["1.2.840.113549.1.1.2", rsa("md2WithRSAEncryption", "MD2")],
  ["1.2.840.113549.1.1.4", rsa("md5WithRSAEncryption", "MD5")],
  ["1.2.840.113549.1.1.5", rsa("sha1WithRSAEncryption", "SHA-1")],
  ["1.3.14.3.2.29", rsa("sha1WithRSASignature", "SHA-1")],
  ["1.2.840.113549.1.1.14", rsa("sha224WithRSAEncryption", "SHA-224")],
  ["1.2.840.113549.1.1.11", rsa("sha256WithRSAEncryption", "SHA-256")],
  ["1.2.840.113549.1.1.12", rsa("sha384WithRSAEncryption", "SHA-384")],
  ["1.2.840.113549.1.1.13", rsa("sha512WithRSAEncryption", "SHA-512")],
  ["1.2.840.113549.1.1.15", rsa("sha512-224WithRSAEncryption", "SHA-512/224")],
  ["1.2.840.113549.1.1.16", rsa("sha512-256WithRSAEncryption", "SHA-512/256")],
  ["2.16.840.1.101.3.4.3.13", rsa("id-rsassa-pkcs1-v1-5-with-sha3-224", "SHA3-224")],
  ["2.16.840.1.101.3.4.3.14", rsa("id-rsassa-pkcs1-v1-5-with-sha3-256", "SHA3-256")],
  ["2.16.840.1.101.3.4.3.15", rsa("id-rsassa-pkcs1-v1-5-with-sha3-384", "SHA3-384")],
  ["2.16.840.1.101.3.4.3.16", rsa("id-rsassa-pkcs1-v1-5-with-sha3-512", "SHA3-512")],
  ["1.3.36.3.3.1.2", rsa("rsaSignatureWithripemd160", "RIPEMD-160")],
  ["1.2.840.113549.1.1.10", own("id-RSASSA-PSS", "RSA-PSS")],
  ["1.3.6.1.5.5.7.6.30", own("id-RSASSA-PSS-SHAKE128", "RSA-PSS with SHAKE128")],
  ["1.3.6.1.5.5.7.6.31", own("id-RSASSA-PSS-SHAKE256", "RSA-PSS with SHAKE256")],
  ["1.2.840.10045.4.1", ecdsa("ecdsa-with-SHA1", "SHA-1")],
  ["1.2.840.10045.4.3.1", ecdsa("ecdsa-with-SHA224", "SHA-224")],
  ["1.2.840.10045.4.3.2", ecdsa("ecdsa-with-SHA256", "SHA-256")],
  ["1.2.840.10045.4.3.3", ecdsa("ecdsa-with-SHA384", "SHA-384")],
  ["1.2.840.10045.4.3.4", ecdsa("ecdsa-with-SHA512", "SHA-512")],
  ["1.3.6.1.5.5.7.6.32", ecdsa("id-ecdsa-with-shake128", "SHAKE128")],
  ["1.3.6.1.5.5.7.6.33", ecdsa("id-ecdsa-with-shake256", "SHAKE256")],
  ["2.16.840.1.101.3.4.3.9", ecdsa("id-ecdsa-with-sha3-224", "SHA3-224")],
  ["2.16.840.1.101.3.4.3.10", ecdsa("id-ecdsa-with-sha3-256", "SHA3-256")],
  ["2.16.840.1.101.3.4.3.11", ecdsa("id-ecdsa-with-sha3-384", "SHA3-384")],
  ["2.16.840.1.101.3.4.3.12", ecdsa("id-ecdsa-with-sha3-512", "SHA3-512")],
  ["1.2.840.10040.4.3", dsa("dsa-with-sha1", "SHA-1")],
  ["1.3.14.3.2.27", dsa("dsaWithSHA1", "SHA-1")],
  ["2.16.840.1.101.3.4.3.1", dsa("dsa-with-sha224", "SHA-224")],
  ["2.16.840.1.101.3.4.3.2", dsa("dsa-with-sha256", "SHA-256")],
  ["2.16.840.1.101.3.4.3.3", dsa("dsa-with-sha384", "SHA-384")],
  ["2.16.840.1.101.3.4.3.4", dsa("dsa-with-sha512", "SHA-512")],
  ["1.2.643.2.2.3", own("gostR3411-94-with-gostR3410-2001", "GOST R 34.10-2001")],
  ["1.2.643.7.1.1.3.2", own("signwithdigest-gost3410-12-256", "GOST R 34.10-2012 (256 bits)")],
  ["1.2.643.7.1.1.3.3", own("signwithdigest-gost3410-12-512", "GOST R 34.10-2012 (512 bits)")],
  ["1.2.156.10197.1.501", own("SM2-with-SM3", "SM2 with SM3")],
  ...KEY_AND_SIGNATURE.map(([oid, name]) => [oid, own(name)] as const),
]);

/** Public key algorithms: RFC 3279, 4055, 5480, 8410, 9881, 9909, 9935. */
export const KEY_ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.1", "rsaEncryption"],
  ["1.2.840.113549.1.1.7", "id-RSAES-OAEP"],
  ["1.2.840.113549.1.1.10", "id-RSASSA-PSS"],
  ["1.2.840.10045.2.1", "id-ecPublicKey"],
  ["1.3.132.1.12", "id-ecDH"],
  ["1.2.840.10040.4.1", "id-dsa"],
  ["1.2.840.10046.2.1", "dhpublicnumber"],
  ["1.2.840.113549.1.3.1", "dhKeyAgreement"],
  ["1.3.101.110", "X25519"],
  ["1.3.101.111", "X448"],
  ["2.16.840.1.101.3.4.4.1", "ML-KEM-512"],
  ["2.16.840.1.101.3.4.4.2", "ML-KEM-768"],
  ["2.16.840.1.101.3.4.4.3", "ML-KEM-1024"],
  ["1.2.643.2.2.19", "gostR3410-2001"],
  ["1.2.643.7.1.1.1.1", "gost3410-12-256"],
  ["1.2.643.7.1.1.1.2", "gost3410-12-512"],
  ...KEY_AND_SIGNATURE,
]);

export interface Curve {
  /** NIST's or Brainpool's name, else SEC's. */
  readonly name: string;
  readonly bits: number;
}

const curve = (name: string, bits: number): Curve => ({ name, bits });

/** Named curves: RFC 5480 section 2.1.1.1, RFC 5639, SEC 2, GM/T 0006. */
export const CURVES: ReadonlyMap<string, Curve> = new Map([
  ["1.2.840.10045.3.1.1", curve("P-192", 192)],
  ["1.3.132.0.33", curve("P-224", 224)],
  ["1.2.840.10045.3.1.7", curve("P-256", 256)],
  ["1.3.132.0.34", curve("P-384", 384)],
  ["1.3.132.0.35", curve("P-521", 521)],
  ["1.3.132.0.10", curve("secp256k1", 256)],
  ["1.3.132.0.1", curve("sect163k1", 163)],
  ["1.3.132.0.15", curve("sect163r2", 163)],
  ["1.3.132.0.26", curve("sect233k1", 233)],
  ["1.3.132.0.27", curve("sect233r1", 233)],
  ["1.3.132.0.16", curve("sect283k1", 283)],
  ["1.3.132.0.17", curve("sect283r1", 283)],
  ["1.3.132.0.36", curve("sect409k1", 409)],
  ["1.3.132.0.37", curve("sect409r1", 409)],
  ["1.3.132.0.38", curve("sect571k1", 571)],
  ["1.3.132.0.39", curve("sect571r1", 571)],
  ["1.3.36.3.3.2.8.1.1.1", curve("brainpoolP160r1", 160)],
  ["1.3.36.3.3.2.8.1.1.3", curve("brainpoolP192r1", 192)],
  ["1.3.36.3.3.2.8.1.1.5", curve("brainpoolP224r1", 224)],
  ["1.3.36.3.3.2.8.1.1.7", curve("brainpoolP256r1", 256)],
  ["1.3.36.3.3.2.8.1.1.8", curve("brainpoolP256t1", 256)],
  ["1.3.36.3.3.2.8.1.1.9", curve("brainpoolP320r1", 320)],
  ["1.3.36.3.3.2.8.1.1.11", curve("brainpoolP384r1", 384)],
  ["1.3.36.3.3.2.8.1.1.12", curve("brainpoolP384t1", 384)],
  ["1.3.36.3.3.2.8.1.1.13", curve("brainpoolP512r1", 512)],
  ["1.3.36.3.3.2.8.1.1.14", curve("brainpoolP512t1", 512)],
  ["1.2.156.10197.1.301", curve("sm2p256v1", 256)],
]);
