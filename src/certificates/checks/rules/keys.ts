import { SIGNATURES } from "../../keys/algorithm-names";
import type { AlgorithmIdentifier } from "../../keys/algorithm";
import { refusal } from "../refusers";
import { belowRoot, every, leaf, publicMail, publicTls, subordinate, type Rule, type Subject } from "./rule";
import { phrase } from "../../../words/phrase";

/** TLS BR and S/MIME BR section 6.1.5. */
export const PERMITTED_CURVES: ReadonlySet<string | undefined> = new Set(["P-256", "P-384", "P-521"]);

/** Whether an RSA key is for one algorithm alone, which TLS BR and S/MIME BR section 7.1.3.1.1 forbid. */
export const isBound = (algorithm: string | undefined): boolean =>
  algorithm === "id-RSASSA-PSS" || algorithm === "id-RSAES-OAEP";

/** TLS BR 1.0 appendix A: for what ends later, 2048 bits. */
const YEAR_2014 = Date.UTC(2014, 0, 1);

/** Types of keys that BoringSSL takes: RSA, EC, DSA, X25519, Ed25519, ML-DSA, ML-KEM-768 and ML-KEM-1024. */
const USED_KEYS: ReadonlySet<string> = new Set([
  ...["1.2.840.113549.1.1.1", "1.2.840.10045.2.1", "1.2.840.10040.4.1", "1.3.101.110", "1.3.101.112"],
  ...["17", "18", "19"].map((last) => `2.16.840.1.101.3.4.3.${last}`),
  ...["2.16.840.1.101.3.4.4.2", "2.16.840.1.101.3.4.4.3"],
]);

const publicLeaf = (subject: Subject) => publicTls(subject) || publicMail(subject);

const hashOf = ({ oid, pss }: AlgorithmIdentifier) => pss?.hash ?? SIGNATURES.get(oid)?.hash;

/** The number, if it is a small one. */
const exponentOf = (decimal: string) => (/^\d{1,9}$/.test(decimal) ? Number(decimal) : Infinity);

/** Rules on keys and on the algorithms of signatures. */
export const KEY_RULES: readonly Rule[] = [
  {
    id: "key.rsa-too-small",
    severity: "error",
    clause: "TLS BR section 6.1.5",
    section: "publicKey",
    advice: phrase("Make a new key of at least 2048 bits and have the certificate reissued."),
    appliesTo: every,
    // Before 2014, 1024 bits were enough.
    check: ({ certificate: { publicKey, validity } }) =>
      publicKey.key.type === "RSA" && publicKey.key.bits < ((validity.notAfter ?? Infinity) < YEAR_2014 ? 1024 : 2048)
        ? phrase("Its RSA key has {0} bits, fewer than the safe minimum of 2048.", publicKey.key.bits)
        : undefined,
  },
  {
    id: "key.rsa-odd-size",
    severity: "warning",
    clause: "TLS BR section 6.1.5",
    section: "publicKey",
    appliesTo: publicLeaf,
    check: ({ certificate: { publicKey } }) =>
      publicKey.key.type === "RSA" && publicKey.key.bits % 8 !== 0
        ? phrase("Its RSA key has {0} bits, which is not a multiple of 8.", publicKey.key.bits)
        : undefined,
  },
  {
    id: "key.rsa-exponent",
    severity: "error",
    clause: "TLS BR section 6.1.6",
    section: "publicKey",
    appliesTo: every,
    check: ({ certificate: { publicKey } }) => {
      if (publicKey.key.type !== "RSA") return undefined;
      const exponent = exponentOf(publicKey.key.exponent);
      // The last digit of a long number, decimal or hex, shows whether it is even.
      const even = /[02468ACE]$/.test(publicKey.key.exponent);
      return exponent < 3 || even
        ? phrase("The exponent of its RSA key is not an odd number of at least 3.")
        : undefined;
    },
  },
  {
    id: "key.rsa-small-exponent",
    severity: "warning",
    clause: "TLS BR section 6.1.6",
    section: "publicKey",
    appliesTo: belowRoot,
    check: ({ certificate: { publicKey } }) => {
      if (publicKey.key.type !== "RSA") return undefined;
      const exponent = exponentOf(publicKey.key.exponent);
      return exponent >= 3 && exponent < 65537
        ? phrase("The exponent of its RSA key is {0}, below the recommended 65537.", exponent)
        : undefined;
    },
  },
  {
    id: "key.kind",
    severity: "error",
    clause: "TLS BR section 6.1.5",
    section: "publicKey",
    appliesTo: publicTls,
    check: ({ certificate: { publicKey } }) => {
      const { key } = publicKey;
      if (key.type === "RSA" || (key.type === "unreadable" && key.problem !== undefined)) return undefined;
      if (key.type === "EC") {
        return PERMITTED_CURVES.has(key.curve)
          ? undefined
          : key.curve === undefined
            ? phrase(
                "Its key is on the curve that its parameters spell out; public TLS allows only P-256, P-384 and P-521.",
              )
            : phrase("Its key is on the curve {0}; public TLS allows only P-256, P-384 and P-521.", key.curve);
      }
      const name = key.type === "raw" ? key.name : (publicKey.algorithm.name ?? publicKey.algorithm.oid);
      return phrase("Its key type is {0}; public TLS allows only RSA and EC keys.", name);
    },
  },
  {
    id: "key.pss-only",
    severity: "error",
    clause: "TLS BR section 7.1.3.1.1",
    section: "publicKey",
    appliesTo: publicTls,
    check: ({ certificate: { publicKey } }) =>
      publicKey.algorithm.name === "id-RSASSA-PSS"
        ? phrase("Its RSA key is marked as being for RSA-PSS only.")
        : undefined,
  },
  {
    // Of keys for public TLS, key.kind says more.
    id: "key.unused-kind",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.7",
    section: "publicKey",
    appliesTo: (subject) => !publicTls(subject),
    check: ({ certificate: { publicKey } }) =>
      USED_KEYS.has(publicKey.algorithm.oid)
        ? undefined
        : phrase("Its key type is {0}: {1}.", publicKey.algorithm.name ?? publicKey.algorithm.oid, refusal("key-kind")),
  },
  {
    id: "key.negative",
    severity: "error",
    clause: "RFC 8017 appendix A.1.1, X.690 section 8.3",
    section: "publicKey",
    advice: phrase("Make a new key with another program and have the certificate reissued."),
    appliesTo: every,
    check: ({ certificate: { publicKey } }) =>
      (publicKey.key.type === "RSA" || publicKey.key.type === "DSA") && publicKey.key.negative === true
        ? phrase("A number of its {0} key is encoded as negative: {1}.", publicKey.key.type, refusal("negative"))
        : undefined,
  },
  {
    id: "key.dsa",
    severity: "error",
    clause: "FIPS 186-5 section 4, TLS BR section 6.1.5",
    section: "publicKey",
    appliesTo: belowRoot,
    check: ({ certificate: { publicKey } }) =>
      publicKey.key.type === "DSA" && (publicKey.key.bits ?? 2048) < 2048
        ? phrase("Its DSA key has {0} bits, fewer than the safe minimum of 2048.", publicKey.key.bits ?? 0)
        : undefined,
  },
  {
    id: "key.unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.7",
    section: "publicKey",
    appliesTo: every,
    check: ({ certificate: { publicKey } }) =>
      publicKey.key.type === "unreadable" && publicKey.key.problem !== undefined
        ? phrase("Its public key could not be read: {0}.", publicKey.key.problem)
        : undefined,
  },
  {
    id: "signature.broken-hash",
    severity: "error",
    clause: "RFC 6151 section 2.1",
    section: "signature",
    appliesTo: belowRoot,
    check: ({ certificate }) => {
      const hash = hashOf(certificate.signatureAlgorithm);
      return hash === "MD5" || hash === "MD2"
        ? phrase("It is signed with an {0} hash, which can be forged.", hash)
        : undefined;
    },
  },
  {
    id: "signature.sha-1",
    severity: "error",
    clause: "TLS BR section 7.1.3.2.1",
    section: "signature",
    advice: phrase("Have it reissued: browsers reject it."),
    appliesTo: leaf,
    check: ({ certificate }) =>
      hashOf(certificate.signatureAlgorithm) === "SHA-1"
        ? phrase("It is signed with a SHA-1 hash, which can be forged.")
        : undefined,
  },
  {
    id: "signature.ca-sha-1",
    severity: "warning",
    clause: "TLS BR section 7.1.3.2.1",
    section: "signature",
    appliesTo: subordinate,
    check: ({ certificate }) =>
      hashOf(certificate.signatureAlgorithm) === "SHA-1"
        ? phrase("This CA certificate is signed with a SHA-1 hash.")
        : undefined,
  },
  {
    id: "signature.algorithm-differs",
    severity: "error",
    clause: "RFC 5280 section 4.1.1.2",
    section: "signature",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.innerSignatureAlgorithm === undefined
        ? undefined
        : phrase("The signature algorithm in the signed part differs from the one outside it."),
  },
];
