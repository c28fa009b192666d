// Decoding certificates, every field read, against `new X509Certificate` of node:crypto, `@peculiar/x509`, pkijs and
// node-forge over the same input in one run: `node out/bench/decode.bench.js`. Ends with 1 when a budget is missed.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { asn1, pki } from "node-forge";
import * as pkijs from "pkijs";
import "./metadata";
import * as peculiar from "@peculiar/x509";
import { decodeCertificate } from "../src/certificates/x509/certificate";
import { readPem } from "../src/certificates/containers/pem";
import { fastest } from "./stopwatch";

/** Times as fast as `@peculiar/x509`, everything read. */
const PECULIAR_BUDGET = 5;
/** Times as fast as `new X509Certificate`, which reads next to nothing until it is asked. */
const NODE_BUDGET = 1;
/** Certificates are decoded so many times in a row, since the clock is coarse. */
const REPEATED = 20;

const FIXTURES = path.join("test", "fixtures", "certificates");

/** DER by what is special about it; names are parts of subjects in `ca-certificates.json`, or files. */
const KINDS: Readonly<Record<string, string>> = {
  "RSA 2048, root": "AAA Certificate Services",
  "RSA 4096, root": "USERTrust RSA Certification Authority",
  "RSA 3072, issuing CA": "Sectigo Public Server Authentication CA OV R36",
  "EC P-256, issuing CA": "Sectigo Public Server Authentication CA DV E36",
  "EC P-384, root": "Sectigo Public Server Authentication Root E46",
  "mark certificate CA": "Verified Mark",
  "TLS leaf, many extensions": "extensions/tls-leaf.pem",
  "mark certificate with its picture": "extensions/mark.pem",
  "names of every kind": "extensions/all-names.pem",
};

function load(): ReadonlyMap<string, Buffer<ArrayBuffer>> {
  const file = readFileSync(path.join(FIXTURES, "ca-certificates.json"), "utf8");
  const authorities = JSON.parse(file) as { readonly subject: string; readonly der: string }[];
  return new Map(
    Object.entries(KINDS).map(([kind, name]) => {
      if (name.endsWith(".pem")) {
        const [block] = readPem(readFileSync(path.join(FIXTURES, name), "latin1")).blocks;
        if (block === undefined) throw new Error(`${name} has no PEM block`);
        return [kind, Buffer.from(block.bytes)];
      }
      const found = authorities.find(({ subject }) => subject.includes(name));
      if (found === undefined) throw new Error(`No CA certificate is called ${name}`);
      return [kind, Buffer.from(found.der, "base64")];
    }),
  );
}

/**
 * Everything that `@peculiar/x509` can read of a certificate without asking the engine, but the hashes that ours
 * contains.
 */
function readByPeculiar(der: Buffer<ArrayBuffer>): string {
  const certificate = new peculiar.X509Certificate(der);
  return JSON.stringify({
    subject: certificate.subjectName.toJSON(),
    issuer: certificate.issuerName.toJSON(),
    serialNumber: certificate.serialNumber,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    signatureAlgorithm: certificate.signatureAlgorithm,
    signature: Buffer.from(certificate.signature).toString("hex"),
    algorithm: certificate.publicKey.algorithm,
    key: Buffer.from(certificate.publicKey.rawData).toString("hex"),
    extensions: certificate.extensions.map((extension) => extension.toTextObject()),
  });
}

/** Node's whole legacy object, as issue trackers compare viewers by; the engine decodes on demand. */
const readByNode = (der: Buffer<ArrayBuffer>) => JSON.stringify(new X509Certificate(der).toLegacyObject());

/** Its own way to everything: each extension is read as it becomes part of the object. */
const readByPkijs = (der: Buffer<ArrayBuffer>) => JSON.stringify(pkijs.Certificate.fromBER(der).toJSON());

const readByForge = (der: Buffer<ArrayBuffer>) => pki.certificateFromAsn1(asn1.fromDer(der.toString("latin1")));

/** Microseconds for one, or `undefined` where a reader does not know that kind. */
function microseconds(read: (der: Buffer<ArrayBuffer>) => unknown, der: Buffer<ArrayBuffer>): number | undefined {
  try {
    read(der);
  } catch {
    return undefined;
  }
  const many = () => {
    for (let count = 0; count < REPEATED; count++) read(der);
  };
  return (fastest({ many }, 30).many / REPEATED) * 1000;
}

function main(): boolean {
  const readers: Readonly<Record<string, (der: Buffer<ArrayBuffer>) => unknown>> = {
    ours: (der) => JSON.stringify(decodeCertificate(der)),
    "new X509Certificate": (der) => new X509Certificate(der),
    "its toLegacyObject": readByNode,
    "@peculiar/x509": readByPeculiar,
    pkijs: readByPkijs,
    "node-forge": readByForge,
  };
  /** By reader: its time and ours, over the kinds that both can read. */
  const sums = new Map<string, { theirs: number; ours: number }>();
  let good = true;
  console.log(
    `Microseconds for a certificate, every field read (Node ${process.version}); the others as multiples of ours`,
  );
  for (const [kind, der] of load()) {
    const times = Object.entries(readers).map(([name, read]) => [name, microseconds(read, der)] as const);
    const ours = times[0]?.[1] ?? NaN;
    const cells = times.map(([name, time]) => {
      if (time === undefined) return `${name} cannot`;
      const sum = sums.get(name) ?? { theirs: 0, ours: 0 };
      sums.set(name, { theirs: sum.theirs + time, ours: sum.ours + ours });
      return name === "ours" ? `ours ${time.toFixed(1)} µs` : `${name} ${(time / ours).toFixed(1)} ×`;
    });
    console.log(`${kind} (${der.length} bytes): ${cells.join(", ")}`);
  }
  for (const [name, budget] of [
    ["@peculiar/x509", PECULIAR_BUDGET],
    ["new X509Certificate", NODE_BUDGET],
  ] as const) {
    const { theirs, ours } = sums.get(name) ?? { theirs: NaN, ours: NaN };
    const ratio = theirs / ours;
    const kept = ratio >= budget;
    good &&= kept;
    console.log(
      `${kept ? "kept" : "MISSED"}: all kinds together ${ratio.toFixed(1)} times as fast as ${name} (budget ${budget})`,
    );
  }
  return good;
}

process.exitCode = main() ? 0 : 1;
