import type { FindingWords } from "../../../src/validation/say-finding";
import { JAPANESE } from "../words/japanese";
import { PSEUDO, remnants } from "../words/pseudo";
import assert from "node:assert/strict";
import { english, type Locale } from "../../../src/words/localize";
import { failureWords, tlsFaultWords } from "../../../src/validation/failure-words";
import { finding, FINDINGS } from "../../../src/validation/finding";
import { validationFindingWords } from "../../../src/validation/finding-words";

const LOCALE: Locale = { localize: english, language: "en" };

/** Plain English words. Of values that are neither days nor numbers there is a format. */
const left = ({ words, next }: FindingWords): readonly string[] =>
  remnants(`${words} ${next}`).filter((word) => word !== "Jan" && word !== "NaN");

describe("the words of findings", () => {
  for (const id of FINDINGS) {
    it(id, () => {
      for (const values of [[], ["a1"], ["a1", "b2"], ["a1", "b2", "c3"], ["a1", "b2", "c3", "loop"]]) {
        const { words, next } = validationFindingWords(finding(id, "stops", ...values), LOCALE);
        for (const text of [words, next]) assert.doesNotMatch(text, /[{}]|undefined/);
        assert.match(next, /^[A-Z].*[.”]$/);
        const said = validationFindingWords(finding(id, "stops", ...values), PSEUDO);
        assert.deepEqual(left(said), []);
      }
    });
  }

  const SAID: [id: (typeof FINDINGS)[number], values: string[], words: string][] = [
    ["host-doubled", ["_a.b.b", "_a.b"], "The record stands at _a.b.b: the provider appended the zone to the host."],
    ["proxied", ["_a.b"], "_a.b exists, but there is no CNAME record at it."],
    ["proxied", ["_a.b", "192.0.2.1"], "_a.b answers with addresses instead of the CNAME record: 192.0.2.1."],
    ["caa-unanswered", ["a.b", "timed-out"], "CAA of a.b cannot be looked up: no answer in time."],
    ["caa-unanswered", ["a.b", "SERVFAIL"], "CAA of a.b cannot be looked up: SERVFAIL."],
    [
      "unseen-block",
      ["http://a/", "403", "192.0.2.1"],
      "http://a/ does not answer this computer with the file (192.0.2.1: 403).",
    ],
    ["other-unique-value", ["a", "b"], "The unique value a is published, and b is expected."],
    ["file-spelled", ["http://a/", "upper-case"], "The hash in http://a/ is in upper case."],
    ["removed", ["_a.b", String(new Date(2026, 10, 20, 23).getTime())], "_a.b was there on Nov 20, 2026, and is gone."],
    ["servers-silent", ["b", "", ""], "No DNS server is set on this computer, so nobody was asked about b."],
    ["servers-silent", ["b", "ns1.b", ""], "Servers asked about b did not answer this computer: ns1.b."],
    [
      "servers-silent",
      ["b", "", "unknown"],
      "None of the name servers of b could be asked; what a resolver says is not enough.",
    ],
    ["token-reused", ["order 7"], "The same token already served order 7. A token counts once."],
    [
      "token-reused",
      ["order 7", "key"],
      "order 7 was issued for the same key, perhaps with this very token, which counts once.",
    ],
  ];
  for (const [id, values, words] of SAID) {
    it(words, () => assert.equal(validationFindingWords(finding(id, "note", ...values), LOCALE).words, words));
  }

  const RECORDS: [id: (typeof FINDINGS)[number], records: string, words: string][] = [
    ["caa-forbids", 'issue ";"', 'CAA at a.b does not allow this CA: issue ";"'],
    ["caa-forbids", 'issue "x", issuewild "y, z"', 'CAA at a.b does not allow this CA: issue "x"、issuewild "y, z"'],
    [
      "caa-quoted",
      'issue "x", issue "y", issue "z"',
      'The CAA record at a.b names this CA, but is not written as it must be: issue "x"、issue "y"、issue "z"',
    ],
    [
      "caa-other-property",
      'issue "x", issue "y"',
      'CAA at a.b allows this CA, but not for what is ordered: issue "x"、issue "y"',
    ],
    ["caa-critical", 'a "x", b "y"', 'CAA at a.b has a critical record that the CA may not know: a "x"、b "y"'],
  ];
  for (const [id, records, words] of RECORDS) {
    it(`join records as the reader's language does: ${words}`, () => {
      assert.equal(validationFindingWords(finding(id, "stops", "a.b", records), JAPANESE).words, words);
    });
  }

  it("are whole in any language, the values that name a fault included", () => {
    for (const value of ["name", "upper-case", "utf-16", "network", "unknown", "key", "loop", "timed-out", "tls", ""]) {
      for (const id of FINDINGS) {
        const { words, next } = validationFindingWords(finding(id, "stops", "1", value, value, value), PSEUDO);
        assert.deepEqual(
          left({ words, next }).filter((word) => !value.includes(word)),
          [],
          id,
        );
      }
    }
  });

  it("list several names as the language does", () => {
    const { words } = validationFindingWords(finding("servers-differ", "stops", "a.b", "n1, n2, n3", "n4"), LOCALE);
    assert.equal(words, "a.b is at n1, n2 and n3, but not at n4.");
  });

  it("say why a certificate is not valid", () => {
    assert.equal(tlsFaultWords("CERT_HAS_EXPIRED", english), "it has expired");
    assert.equal(tlsFaultWords("ERR_TLS_CERT_ALTNAME_INVALID", english), "it is for other names");
    assert.equal(tlsFaultWords("DEPTH_ZERO_SELF_SIGNED_CERT", english), "it is self-signed");
    assert.equal(tlsFaultWords("CERT_ODD", english), "CERT_ODD");
  });

  it("leave codes that say themselves", () => assert.equal(failureWords("RCODE23", english), "RCODE23"));
});
