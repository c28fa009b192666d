import assert from "node:assert/strict";
import type { Tone } from "../../../src/certificates/details/page";
import { plainText } from "../../../src/certificates/details/row";
import { verdictOf, type RevocationFact, type VerdictFacts } from "../../../src/certificates/details/verdict";
import { revocationSentences } from "../../../src/certificates/details/sentences";
import { english as inEnglish, ENGLISH } from "../../../src/words/localize";
import { dateWords } from "../../../src/orders/presentation/time-words";
import { ENGLISH_STRINGS } from "../../../src/webview/strings";
import { Times } from "../../../src/webview/times";
import { verdictWords } from "../../../src/webview/verdict-words";
import { saidText } from "../../../src/certificates/details/said-page";

const NOW = Date.UTC(2026, 10, 27, 12);
const DAY = 86_400_000;
const SINCE = Date.UTC(2026, 10, 26, 9);

/** Nothing is wrong, and nobody was asked. */
const CLEAN: VerdictFacts = {
  now: NOW,
  revocation: "not-asked",
  readable: true,
  phase: "in-force",
  errors: 0,
  warnings: 0,
  signaturesChecked: true,
  root: "known",
  leaves: 1,
};

const REVOKED: RevocationFact = { state: "revoked", asked: NOW - DAY, since: SINCE };
const UNKNOWN_ROOT = { unknown: [{ text: "Example Root" }] };

describe("the verdict on a certificate", () => {
  const english = new Times("en-US", "UTC");
  const said = (facts: Partial<VerdictFacts>, times = english) => {
    const verdict = verdictOf({ ...CLEAN, ...facts });
    return [plainText(verdictWords(verdict, ENGLISH_STRINGS, times)), verdict.tone];
  };

  const CASES: readonly (readonly [facts: Partial<VerdictFacts>, words: string, tone: Tone])[] = [
    [{}, "No problems found · revocation not asked", "none"],
    [{ root: "open" }, "No problems found · revocation not asked", "none"],
    [{ revocation: "no-service" }, "No problems found · names no revocation service", "none"],
    [{ revocation: "root" }, "No problems found", "none"],
    [{ revocation: { state: "good", asked: NOW - DAY } }, "No problems found · not revoked as of Nov 26, 2026", "good"],
    [
      { revocation: { state: "good", asked: NOW - 30 * DAY } },
      "No problems found · not revoked as of Oct 28, 2026",
      "none",
    ],
    [{ revocation: { state: "unknown", asked: NOW } }, "No problems found · revocation not known", "attention"],
    [{ revocation: REVOKED }, "Revoked on Nov 26, 2026", "bad"],
    [{ revocation: { state: "revoked" } }, "Revoked", "bad"],
    [{ revocation: { ...REVOKED, issuer: true } }, "A CA above it was revoked on Nov 26, 2026", "bad"],
    [{ revocation: { state: "revoked", issuer: true } }, "A CA above it was revoked", "bad"],
    [{ readable: false }, "Cannot be read", "bad"],
    [{ phase: "expired" }, "Expired", "bad"],
    [{ phase: "not-yet" }, "Not valid yet", "bad"],
    [{ errors: 1 }, "1 error", "bad"],
    [{ errors: 1, warnings: 2 }, "1 error, 2 warnings", "bad"],
    [{ errors: 3, warnings: 1 }, "3 errors, 1 warning", "bad"],
    [{ warnings: 1 }, "1 warning", "attention"],
    [{ warnings: 2 }, "2 warnings", "attention"],
    [{ signaturesChecked: false, warnings: 1 }, "Signatures not checked: this engine cannot", "attention"],
    [{ root: UNKNOWN_ROOT, warnings: 1 }, "Ends in root Example Root, which is not a known public root", "attention"],
    [{ root: { unknown: undefined } }, "Not a known public root", "attention"],
    [{ root: "self-signed", warnings: 1 }, "Self-signed", "attention"],
    [{ leaves: 3 }, "3 certificates · No problems found · revocation not asked", "none"],
    [
      { leaves: 3, revocation: { state: "good", asked: NOW } },
      "3 certificates · No problems found · not revoked as of Nov 27, 2026",
      "none",
    ],
    [{ leaves: 3, errors: 1 }, "3 certificates · 1 error", "bad"],
    [{ leaves: 2, phase: "expired", errors: 1, root: UNKNOWN_ROOT }, "2 certificates · 1 error", "bad"],
    [{ leaves: 2, root: UNKNOWN_ROOT, warnings: 1 }, "2 certificates · 1 warning", "attention"],
  ];
  for (const [facts, words, tone] of CASES) {
    it(`${JSON.stringify(facts)}: “${words}”`, () => assert.deepEqual(said(facts), [words, tone]));
  }

  it("says the gravest thing, whatever else there is", () => {
    const grave: readonly (readonly [Partial<VerdictFacts>, RegExp])[] = [
      [{ revocation: REVOKED }, /^Revoked on/],
      [{ readable: false }, /^Cannot be read/],
      [{ phase: "expired" }, /^Expired/],
      [{ errors: 2 }, /^2 errors/],
      [{ signaturesChecked: false }, /^Signatures/],
      [{ root: UNKNOWN_ROOT }, /^Ends in root/],
      [{ warnings: 1 }, /^1 warning/],
    ];
    for (const [index, [, words]] of grave.entries()) {
      const facts = Object.assign({}, ...grave.slice(index).map(([each]) => each)) as Partial<VerdictFacts>;
      assert.match(said(facts)[0] ?? "", words);
    }
  });

  it("is never green where anything is bad or not known", () => {
    const values: { readonly [K in keyof VerdictFacts]: readonly VerdictFacts[K][] } = {
      now: [NOW],
      revocation: ["not-asked", "no-service", "root", REVOKED, { state: "good", asked: NOW }, { state: "unknown" }],
      readable: [true, false],
      phase: ["in-force", "expired", "not-yet"],
      errors: [0, 1],
      warnings: [0, 1],
      signaturesChecked: [true, false],
      root: ["known", "open", "self-signed", UNKNOWN_ROOT],
      leaves: [1, 2],
    };
    const all = Object.entries(values).reduce<Partial<VerdictFacts>[]>(
      (some, [key, each]) => some.flatMap((facts) => each.map((value) => ({ ...facts, [key]: value }))),
      [{}],
    );
    const green = all.map((facts) => ({ facts, verdict: verdictOf({ ...CLEAN, ...facts }) }));
    assert.equal(green.length, 6 * 2 * 3 * 2 * 2 * 2 * 4 * 2);
    for (const { facts } of green.filter(({ verdict }) => verdict.tone === "good")) {
      assert.deepEqual(facts, { ...CLEAN, revocation: { state: "good", asked: NOW } });
    }
  });

  it("gives days in the reader's format, and as the rows and sentences do in UTC", () => {
    assert.deepEqual(said({ revocation: REVOKED }, new Times("de", "UTC"))[0], "Revoked on 26.11.2026");
    assert.deepEqual(
      said({ revocation: REVOKED }, new Times("en-US", "Pacific/Auckland"))[0],
      "Revoked on Nov 26, 2026",
    );
    const late = { state: "revoked", asked: NOW, since: Date.UTC(2026, 10, 26, 23) } as const;
    for (const zone of ["UTC", "Pacific/Auckland", "America/Los_Angeles"]) {
      assert.equal(said({ revocation: late }, new Times("en-US", zone))[0], "Revoked on Nov 26, 2026");
    }
    const [sentence] = revocationSentences({ ...late, asked: late.since }, late.since);
    const row = dateWords(late.since, { language: "en", localize: inEnglish });
    assert.equal(sentence && plainText(saidText(sentence.text, ENGLISH)), `Revoked on ${row}, its CA said on ${row}.`);
    assert.equal(row, "Nov 26, 2026");
  });

  const SENTENCES: readonly (readonly [known: RevocationFact, sentence: string])[] = [
    [{ state: "good", asked: NOW }, "good Not revoked, its CA said on Nov 27, 2026."],
    [{ state: "good", asked: NOW - 10 * DAY }, "good Not revoked, its CA said on Nov 17, 2026."],
    // An answer about a revocation is valid for ten days at most.
    [{ state: "good", asked: NOW - 10 * DAY - 1 }, "none Not revoked, its CA said on Nov 17, 2026."],
    [{ state: "good" }, "none Not revoked, its CA said."],
    [{ state: "unknown", asked: NOW }, "none Its CA did not say on Nov 27, 2026 whether it was revoked."],
    [{ state: "revoked", since: SINCE }, "bad Revoked on Nov 26, 2026, its CA said."],
    [
      { state: "revoked", since: SINCE, issuer: true, asked: NOW },
      "bad A CA above it was revoked on Nov 26, 2026, as was said on Nov 27, 2026.",
    ],
    [{ state: "revoked", issuer: true }, "bad A CA above it was revoked."],
  ];
  for (const [known, sentence] of SENTENCES) {
    it(`has what was said of a revocation among its reasons: ${sentence}`, () => {
      const [found] = revocationSentences(known, NOW);
      assert.equal(`${found?.tone} ${plainText(saidText(found?.text ?? [], ENGLISH))}`, sentence);
      const { tone } = verdictOf({ ...CLEAN, revocation: known });
      assert.equal(tone === "good", found?.tone === "good", "the verdict is as green as its reason");
    });
  }
});
