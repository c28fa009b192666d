import { SIGNATURES } from "../keys/algorithm-names";
import type { AlgorithmIdentifier } from "../keys/algorithm";
import type { KeyMaterial, PublicKey } from "../keys/public-key";
import type { Row } from "./page";
import { hex, oid, optional, row, text } from "./row";

/** An algorithm in words, with what its parameters say. */
export function algorithmRows(label: string, algorithm: AlgorithmIdentifier): readonly Row[] {
  const name = SIGNATURES.get(algorithm.oid)?.words ?? algorithm.name;
  const { pss, problem } = algorithm;
  const damage = optional(problem, (found) => row(`${label}: parameters`, text(`could not be read: ${found}`)));
  if (algorithm.oid === "") return damage;
  if (pss === undefined) return [row(label, oid(algorithm.oid, name)), ...damage];
  return [
    row(label, oid(algorithm.oid, name)),
    row("Hash", text(pss.hash)),
    row("Mask generation", text(`${pss.maskGeneration} with ${pss.maskHash}`)),
    row("Salt", text(`${pss.saltLength} bytes`)),
  ];
}

export function publicKeyRows(publicKey: PublicKey): readonly Row[] {
  return [
    ...algorithmRows("Algorithm", publicKey.algorithm),
    ...keyRows(publicKey.key),
    row("SHA-256 of SubjectPublicKeyInfo", hex(publicKey.sha256)),
    row("Pin (base64)", text(Buffer.from(publicKey.sha256, "hex").toString("base64")), {
      explanation: "The same hash as RFC 7469 writes it.",
    }),
    ...optional(publicKey.keyIdentifier || undefined, (identifier) =>
      row("SHA-1 of the key", hex(identifier), {
        explanation: "The usual key identifier (RFC 5280 section 4.2.1.2, method 1).",
      }),
    ),
  ];
}

const size = (bits: number) => row("Size", text(`${bits} bits`));

function keyRows(key: KeyMaterial): readonly Row[] {
  switch (key.type) {
    case "RSA":
      return [size(key.bits), row("Exponent", text(key.exponent)), row("Modulus", hex(key.modulus))];
    case "EC":
      return [
        row("Curve", text(key.curve ?? "written out in the parameters")),
        ...optional(key.bits, size),
        row(key.compressed ? "Point (compressed)" : "Point", hex(key.point)),
      ];
    case "DSA":
      return [
        ...optional(key.bits, size),
        row("Public value", hex(key.y)),
        ...optional(key.p, (p) => row("p", hex(p))),
        ...optional(key.q, (q) => row("q", hex(q))),
        ...optional(key.g, (g) => row("g", hex(g))),
      ];
    case "raw":
      return [row("Key", hex(key.value))];
    case "unreadable":
      return [
        ...optional(key.problem, (problem) => row("Problem", text(`could not be read: ${problem}`))),
        row("Key", hex(key.value)),
      ];
  }
}
