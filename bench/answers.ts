import { KeyUsageFlags } from "@peculiar/asn1-x509";
import { newSerialNumber, signCertificate } from "../src/sandbox/certificate";
import * as extensions from "../src/sandbox/extensions";
import { newKeyPair } from "../src/sandbox/keys";
import { distinguishedName } from "../src/sandbox/names";
import { certificatesOnly } from "../test/wire/answer-bodies";

/** Answers of every form that hold the same certificates. */
export interface Answers {
  readonly certificates: readonly Uint8Array[];
  readonly bodies: Readonly<Record<string, Uint8Array>>;
}

/** DER bytes of one certificate: as large as those of mark certificates, which carry a picture. */
const CERTIFICATE_BYTES = 12_000;

/**
 * @param bytes of the certificates as base64, roughly
 */
export async function makeAnswers(bytes: number): Promise<Answers> {
  const count = Math.max(1, Math.round((bytes * 3) / 4 / CERTIFICATE_BYTES));
  const certificates = await makeCertificates(count);
  const base64 = certificates.map((der) => Buffer.from(der).toString("base64"));
  const pem = base64.map((one) => `-----BEGIN CERTIFICATE-----\n${wrap(one)}\n-----END CERTIFICATE-----\n`).join("");
  const pkcs7 = certificatesOnly(certificates);
  const packed = pkcs7.toString("base64");
  const texts: Record<string, string> = {
    "newline, PEM": `2\nwww.example.test\n${pem}\nIssued\nComplete`,
    "newline, PEM with CRLF": `2\n${pem}`.replaceAll("\n", "\r\n"),
    "newline, base64 PKCS#7": `2\n${wrap(packed)}\n`,
    "newline, base64 PKCS#7 in one line": `2\n${packed}`,
    "bare PKCS7 block": `-----BEGIN PKCS7-----\n${wrap(packed)}\n-----END PKCS7-----\n`,
    "URL-encoded, individually": `errorCode=2&${base64.map((one) => `caCertificate=${encodeURIComponent(one)}`).join("&")}`,
    "URL-encoded, PKCS#7": `errorCode=2&pkcs7=${encodeURIComponent(packed)}`,
    script: `var g_ccc = "${packed}";\nvar g_errorCode = 2;\nvar g_errorMessage = "";\n`,
  };
  const bodies = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
  return { certificates, bodies: { ...bodies, "binary PKCS#7": pkcs7 } };
}

const wrap = (base64: string): string => base64.replace(/.{64}(?=.)/g, "$&\n");

async function makeCertificates(count: number): Promise<Uint8Array[]> {
  const keys = await newKeyPair("p-256");
  const name = distinguishedName([["commonName", "Benchmark"]]);
  // A picture that does not shrink to nothing when the logotype extension compresses it.
  const picture = `<svg xmlns="http://www.w3.org/2000/svg"><desc>${noise(CERTIFICATE_BYTES)}</desc></svg>`;
  return Array.from({ length: count }, () =>
    signCertificate({
      subject: name,
      keys,
      notBefore: Date.UTC(2026, 0, 1),
      notAfter: Date.UTC(2027, 0, 1),
      issuer: { name, keys },
      serialNumber: newSerialNumber(),
      extensions: [
        extensions.basicConstraints({ cA: false }),
        extensions.keyUsage(KeyUsageFlags.digitalSignature),
        extensions.logotype(picture),
      ],
    }),
  );
}

/** Letters without a pattern, the same in each run (a linear congruential generator, Numerical Recipes' constants). */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return String.fromCharCode(65 + ((state >>> 24) % 58));
  })
    .join("")
    .replace(/[^A-Za-z]/g, "x");
}
