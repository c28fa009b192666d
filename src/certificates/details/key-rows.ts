import { amount, phrase, type Phrase } from "../../words/phrase";
import { SIGNATURES } from "../keys/algorithm-names";
import type { AlgorithmIdentifier } from "../keys/algorithm";
import type { KeyMaterial, PublicKey } from "../keys/public-key";
import type { DraftRow } from "./draft";
import { hexValue, oidValue, optionalRow, row, textValue } from "./row";

/** An algorithm in words, with its parameters. */
export function algorithmRows(label: Phrase, algorithm: AlgorithmIdentifier): readonly DraftRow[] {
  const name = SIGNATURES.get(algorithm.oid)?.words ?? algorithm.name;
  const { pss, problem } = algorithm;
  const damage = optionalRow(problem, (found) =>
    row(phrase("{0}: parameters", label), textValue(phrase("could not be read: {0}", found))),
  );
  if (algorithm.oid === "") return damage;
  if (pss === undefined) return [row(label, oidValue(algorithm.oid, name)), ...damage];
  return [
    row(label, oidValue(algorithm.oid, name)),
    row(phrase("Hash"), textValue(pss.hash)),
    row(phrase("Mask generation"), textValue(phrase("{0} with {1}", pss.maskGeneration, pss.maskHash))),
    row(phrase("Salt"), textValue(phrase("{0} bytes", amount(pss.saltLength)))),
  ];
}

export function publicKeyRows(publicKey: PublicKey): readonly DraftRow[] {
  return [
    ...algorithmRows(phrase("Algorithm"), publicKey.algorithm),
    ...keyRows(publicKey.key),
    row(phrase("SHA-256 of SubjectPublicKeyInfo"), hexValue(publicKey.sha256)),
    row(phrase("Pin (base64)"), textValue(Buffer.from(publicKey.sha256, "hex").toString("base64")), {
      explanation: phrase("The same hash as written in RFC 7469."),
    }),
    ...optionalRow(publicKey.keyIdentifier || undefined, (identifier) =>
      row(phrase("SHA-1 of the key"), hexValue(identifier), {
        explanation: phrase("The usual key identifier (RFC 5280 section 4.2.1.2, method 1)."),
      }),
    ),
  ];
}

const size = (bits: number) => row(phrase("Size"), textValue(phrase("{0} bits", bits)));

function keyRows(key: KeyMaterial): readonly DraftRow[] {
  switch (key.type) {
    case "RSA":
      return [
        size(key.bits),
        row(phrase("Exponent"), textValue(key.exponent)),
        row(phrase("Modulus"), hexValue(key.modulus)),
      ];
    case "EC":
      return [
        row(phrase("Curve"), textValue(key.curve ?? phrase("spelled out in the parameters"))),
        ...optionalRow(key.bits, size),
        row(key.compressed ? phrase("Point (compressed)") : phrase("Point"), hexValue(key.point)),
      ];
    case "DSA":
      return [
        ...optionalRow(key.bits, size),
        row(phrase("Public value"), hexValue(key.y)),
        ...optionalRow(key.p, (p) => row("p", hexValue(p))),
        ...optionalRow(key.q, (q) => row("q", hexValue(q))),
        ...optionalRow(key.g, (g) => row("g", hexValue(g))),
      ];
    case "raw":
      return [row(phrase("Key"), hexValue(key.value))];
    case "unreadable":
      return [
        ...optionalRow(key.problem, (problem) =>
          row(phrase("Problem"), textValue(phrase("could not be read: {0}", problem))),
        ),
        row(phrase("Key"), hexValue(key.value)),
      ];
  }
}
