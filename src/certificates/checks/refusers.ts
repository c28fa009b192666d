import { allOf, phrase, type Phrase } from "../../words/phrase";
import type { Finding } from "../finding";

export type Engine = "OpenSSL" | "BoringSSL" | "Go" | "GnuTLS" | "NSS" | "Java";

/** By the letters of {@link REFUSED}. */
export const ENGINE_LETTERS: Readonly<Record<string, Engine>> = {
  O: "OpenSSL",
  B: "BoringSSL",
  G: "Go",
  T: "GnuTLS",
  N: "NSS",
  J: "Java",
};

/**
 * Who refuses which form, as `test/programs` measures it: a capital for an engine that does not read the certificate, a
 * small letter for one that reads it, but takes no key from it or verifies no chain with it. Measured on 2026-11-28
 * with OpenSSL 3.6.5, BoringSSL of Bun 1.4.5, GnuTLS 3.8.13, NSS 3.132 (reading alone), OpenJDK 25 and Go 1.27.3; the
 * test names what OpenSSL 3.0.22, OpenJDK 17 and Go 1.19 do differently. Of kinds that are refused in many ways, the
 * row has those that refuse every case of the test.
 */
export const REFUSED = {
  none: "",
  integer: "OBG",
  "integer version": "OBGT",
  "integer extension": "obG",
  oid: "OBGTJ",
  "oid extension": "obG",
  "utc-seconds": "OB",
  "utc-offset": "obT",
  "time-seconds": "OBG",
  "time-offset": "oBT",
  "time-fraction": "oBGT",
  boolean: "G",
  bits: "bG",
  characters: "G",
  utf8: "OBG",
  "half-character": "OBG",
  "part-of-character": "OB",
  surrogates: "OBGJ",
  rdn: "B",
  "value-type": "O",
  "value-type-boring": "B",
  "value-bits": "OBG",
  "rsa-null": "bG",
  negative: "bG",
  "key-bits": "bG",
  "key-parameters": "obG",
  "key-length": "obGJ",
  "point-off-the-curve": "obG",
  "point-size": "obGJ",
  "point-infinity": "bGJ",
  "point-hybrid": "bGJ",
  "point-compressed": "GJ",
  // OpenSSL takes some of these, others by version.
  "key-kind": "b",
  curve: "obGJ",
  "written-curve": "obGNJ",
  "signature-bits": "obgtj",
  ber: "B",
  version: "BTJ",
  "later-version": "BGJ",
  "negative-serial": "G",
  "issuer-empty": "tJ",
  "subject-empty": "J",
  unreadable: "B",
  parameters: "obgJ",
  attribute: "OBJ",
  // Extensions: those that OpenSSL and BoringSSL look into, those that BoringSSL alone does, and others.
  "unreadable used": "ob",
  "unreadable policy": "bG",
  "unreadable access": "G",
  "unreadable netscape": "o",
  repeated: "GTJ",
  "repeated used": "obGTJ",
  "repeated policy": "bGT",
  "name used": "ob",
  "empty policy": "b",
  "empty constraints": "G",
  "empty usage": "ob",
  "policy-repeated": "bG",
  qualifier: "b",
  "point-nowhere": "o",
  // Critical ones: those that OpenSSL processes and BoringSSL does not, and those of neither.
  "critical-boring": "bj",
  critical: "obgj",
} as const;

export type RefusedForm = keyof typeof REFUSED;

/** The row of a form in a place, "version" or "extension" for instance, else that of the form anywhere. */
export const formIn = (form: RefusedForm, place: string): RefusedForm => {
  const there = `${form} ${place}`;
  return there in REFUSED ? (there as RefusedForm) : form;
};

/** @returns the end of a sentence, a clause of its own: "OpenSSL and Go reject it" */
export function refusal(form: RefusedForm): Phrase {
  const letters = [...REFUSED[form]];
  const named = (wanted: readonly string[]) => wanted.map((letter) => ENGINE_LETTERS[letter.toUpperCase()] ?? letter);
  const unread = named(letters.filter((letter) => letter < "a"));
  const unused = named(letters.filter((letter) => letter > "a"));
  if (unread.length === 0) return unused.length === 0 ? phrase("programs accept it") : unusedBy(unused);
  return unused.length === 0 ? unreadBy(unread) : phrase("{0}, and {1}", unreadBy(unread), unusedBy(unused));
}

const unreadBy = (engines: readonly string[]): Phrase =>
  engines.length === 1 ? phrase("{0} rejects it", allOf(engines)) : phrase("{0} reject it", allOf(engines));

const unusedBy = (engines: readonly string[]): Phrase =>
  engines.length === 1
    ? phrase("{0} rejects it when it uses it", allOf(engines))
    : phrase("{0} reject it when they use it", allOf(engines));

/** An error where OpenSSL or BoringSSL is among them: servers and browsers rest on these. */
export const refusalSeverity = (form: RefusedForm): Finding["severity"] =>
  /[OB]/i.test(REFUSED[form]) ? "error" : "warning";
