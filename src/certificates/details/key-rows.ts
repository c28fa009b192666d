import { SIGNATURES } from "../keys/algorithm-names";
import type { AlgorithmIdentifier } from "../keys/algorithm";
import type { KeyMaterial, PublicKey } from "../keys/public-key";
import type { DetailsRow } from "./page";
import { hexValue, oidValue, optionalRow, row, textValue } from "./row";

/** An algorithm in words, with its parameters. */
export function algorithmRows(label: string, algorithm: AlgorithmIdentifier): readonly DetailsRow[] {
  const name = SIGNATURES.get(algorithm.oid)?.words ?? algorithm.name;
  const { pss, problem } = algorithm;
  const damage = optionalRow(problem, (found) => row(`${label}: parameters`, textValue(`could not be read: ${found}`)));
  if (algorithm.oid === "") return damage;
  if (pss === undefined) return [row(label, oidValue(algorithm.oid, name)), ...damage];
  return [
    row(label, oidValue(algorithm.oid, name)),
    row("Hash", textValue(pss.hash)),
    row("Mask generation", textValue(`${pss.maskGeneration} with ${pss.maskHash}`)),
    row("Salt", textValue(`${pss.saltLength} bytes`)),
  ];
}

export function publicKeyRows(publicKey: PublicKey): readonly DetailsRow[] {
  return [
    ...algorithmRows("Algorithm", publicKey.algorithm),
    ...keyRows(publicKey.key),
    row("SHA-256 of SubjectPublicKeyInfo", hexValue(publicKey.sha256)),
    row("Pin (base64)", textValue(Buffer.from(publicKey.sha256, "hex").toString("base64")), {
      explanation: "The same hash as written in RFC 7469.",
    }),
    ...optionalRow(publicKey.keyIdentifier || undefined, (identifier) =>
      row("SHA-1 of the key", hexValue(identifier), {
        explanation: "The usual key identifier (RFC 5280 section 4.2.1.2, method 1).",
      }),
    ),
  ];
}

const size = (bits: number) => row("Size", textValue(`${bits} bits`));

function keyRows(key: KeyMaterial): readonly DetailsRow[] {
  switch (key.type) {
    case "RSA":
      return [size(key.bits), row("Exponent", textValue(key.exponent)), row("Modulus", hexValue(key.modulus))];
    case "EC":
      return [
        row("Curve", textValue(key.curve ?? "spelled out in the parameters")),
        ...optionalRow(key.bits, size),
        row(key.compressed ? "Point (compressed)" : "Point", hexValue(key.point)),
      ];
    case "DSA":
      return [
        ...optionalRow(key.bits, size),
        row("Public value", hexValue(key.y)),
        ...optionalRow(key.p, (p) => row("p", hexValue(p))),
        ...optionalRow(key.q, (q) => row("q", hexValue(q))),
        ...optionalRow(key.g, (g) => row("g", hexValue(g))),
      ];
    case "raw":
      return [row("Key", hexValue(key.value))];
    case "unreadable":
      return [
        ...optionalRow(key.problem, (problem) => row("Problem", textValue(`could not be read: ${problem}`))),
        row("Key", hexValue(key.value)),
      ];
  }
}
