import type { EngineDifference } from "./engine-differences";

const DOOR = "the engine's door for keys";
const PUBLIC = `${DOOR} › lets a public key in`;
const SWITCHED_OFF =
  "transport, when the process is told to trust everybody, by › the process-wide dispatcher of undici";
const PRIVATE = `${DOOR} › lets a private key in, in each of its forms`;

/**
 * Unit tests that fail under Bun, whose engine is BoringSSL, each for its reason. What the page says of the kinds of
 * keys that it lacks is asserted under both engines by `test/unit/certificates/engine-kinds.test.ts`.
 */
export const BORINGSSL_DIFFERENCES: readonly EngineDifference[] = [
  {
    by: "BoringSSL",
    because: "it has no keys for RSA-PSS alone: their signatures cannot be checked, and are not called wrong",
    tests: [
      "signatures › are checked: keys/rsa-pss.pem",
      "signatures › by RSA-PSS hold for the salt length that they name alone",
    ],
    error: /'cannot-check'/,
  },
  {
    by: "BoringSSL",
    because: "it makes no keys for RSA-PSS alone",
    tests: [
      `${PUBLIC} › RSA for PSS alone`,
      `${PUBLIC} › RSA-PSS with parameters`,
      `${PRIVATE} › rsa-pss`,
      "keys are compared as keys: not of two › as OpenSSL keeps RSA and PSS apart",
    ],
    error: /UNSUPPORTED_ALGORITHM/,
  },
  {
    by: "BoringSSL",
    because: "it has no Ed448",
    tests: [`${PUBLIC} › Ed448`, `${PRIVATE} › ed448`],
    error: /UNSUPPORTED_ALGORITHM/,
  },
  {
    by: "BoringSSL",
    because: "it has the curves P-224, P-256, P-384 and P-521 alone",
    tests: [
      `${PUBLIC} › secp256k1`,
      "forms that others refuse › are not found in what is as it should be",
      "curves that are written out › make one key with a named one, public and private, which the engine gets by its name: brainpoolP512r1",
    ],
    error: /UNKNOWN_GROUP/,
  },
  {
    by: "BoringSSL",
    because: "it lets in fewer kinds of keys",
    tests: [`${DOOR} › tells of the fixtures' keys which kinds it lets in`],
    error: /'binary-curve',\n.*'p-192',\n.*'rsa-pss',\n.*'ed448',\n.*'brainpool',\n.*'secp256k1'/,
  },
  {
    by: "BoringSSL",
    because: "it takes no RSA modulus of 16,384 bits, and no exponent of more than 33",
    tests: [`${PUBLIC} › of the largest sizes`, `${PRIVATE} › of the largest size`],
    error: /undefined !== 'rsa'/,
  },
  {
    by: "BoringSSL",
    because: "it has no levels of security, by one of which the server of the test offers old ciphers",
    tests: ["the file of a validation › comes over TLS under the host's name, and a bad certificate is a remark"],
    error: /INVALID_COMMAND/,
  },
  {
    by: "Bun",
    because: "its fetch has no dispatcher of undici, by which the test would switch the checks off",
    tests: ["a CA that nobody trusts", "another name", "a certificate that is over"].map(
      (server) => `${SWITCHED_OFF} › nothing is sent to a server with ${server}`,
    ),
    error: /unable to verify the first certificate|certificate has expired/,
  },
];
