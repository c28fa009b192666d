import { inEnglish } from "../../../src/words/localize";
import { maskedPhrase } from "../../../src/api/masking/masked-phrase";
import { allOf, amount, onDay, phrase, sentences } from "../../../src/words/phrase";
import assert from "node:assert/strict";
import fc from "fast-check";
import { maskOf, SecretMask, shownText, shownTexts, WITHHELD, type Guessable } from "../../../src/api/masking";
import { decodingsOf } from "../../../src/api/masking/decodings";
import { SpanSearch } from "../../../src/api/masking/spans";
import { PASSWORD } from "./answers";
import { BYTE_FORMS, CONTEXTS, FORMS, TEXT_FORMS } from "../../hostile/echo-forms";

/** Secrets of different sorts; each is a word or a number to nobody. */
const SECRETS: readonly string[] = [
  PASSWORD,
  "Tr0ub/4&dor?",
  "hunter22",
  "C0llect-Code_9",
  "a\"b\\c'd<e>f",
  "100%25&amp;sure",
  "schön-42-grün",
  "пароль-7-ключ",
  "пароль",
  "emoji🔑key1",
  "with some spaces 7",
];

/** What must not be left, in small letters: the secret, and any four of its characters that stand in a row. */
function partsOf(secret: string): readonly string[] {
  const plain = secret.toLowerCase();
  const parts = Array.from({ length: Math.max(plain.length - 3, 1) }, (_, at) => plain.slice(at, at + 4));
  // White space and the signs of markup stand in any text.
  return parts.filter((part) => /[\p{L}\d]{3}/u.test(part));
}

describe("the mask", () => {
  for (const secret of SECRETS) {
    it(`takes out ${secret} in every form, whatever stands around it`, () => {
      const mask = maskOf([secret]);
      for (const [form, write] of FORMS) {
        // Of a secret that has little or nothing but other letters, little or nothing is left there.
        if (/[^\0-\xff]/.test(secret) && /in Latin-1|of Latin-1|lost|replacement/.test(form)) continue;
        for (const context of CONTEXTS) {
          const text = context(write(secret));
          const masked = mask(text);
          assert.notEqual(masked, text, `${form}: ${text}`);
          const words = masked.replace(WITHHELD, "").toLowerCase();
          const left = partsOf(secret).filter((part) => words.includes(part));
          assert.deepEqual(left, [], `${form}: ${text}`);
        }
      }
    });
  }

  it("masks what stands there as it is, and withholds a text in which it shows once it is decoded", () => {
    const mask = maskOf([PASSWORD]);
    const table: readonly [string, string][] = [
      [`The value ${PASSWORD} is bad`, "The value •••• is bad"],
      [`The value ${PASSWORD.toUpperCase()} is bad`, "The value •••• is bad"],
      [`${PASSWORD}${PASSWORD}`, "••••"],
      [`The value ${encodeURIComponent(PASSWORD)} is bad`, WITHHELD],
      [`${PASSWORD} and ${Buffer.from(PASSWORD).toString("base64")}`, WITHHELD],
      ["The value is bad", "The value is bad"],
    ];
    for (const [text, expected] of table) assert.equal(mask(text), expected);
  });

  it("has one length, whatever is behind it", () => {
    for (const secret of ["hunter22", "x7".repeat(64)]) {
      assert.equal(maskOf([secret])(`It was "${secret}".`), 'It was "••••".');
    }
  });

  it("leaves nothing of secrets that overlap or hold each other", () => {
    const table: readonly [readonly string[], string, string][] = [
      [["hunter22", "hunter22-long"], "It was hunter22-long.", "It was ••••."],
      [["hunter22-long", "hunter22"], "It was hunter22 and hunter22-long.", "It was •••• and ••••."],
      [["hunter22", "er22xyz9"], "It was hunter22xyz9.", "It was ••••."],
      [["abab1abab1"], "abab1abab1abab1", "••••"],
      // The inner one stands there as it is, the outer one does not.
      [["hunter22", "p&hunter22"], "It was p&amp;hunter22.", WITHHELD],
      [["hunter22", "p&hunter22"], "It was p&hunter22 or p&amp;hunter22.", WITHHELD],
    ];
    for (const [secrets, text, expected] of table) {
      assert.equal(maskOf(secrets)(text), expected);
      assert.equal(maskOf(secrets.toReversed())(text), expected);
    }
  });

  it("finds secrets wherever a text is cut into encodings", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SECRETS.slice(0, 6)),
        fc.constantFrom(...BYTE_FORMS),
        fc.constantFrom(...TEXT_FORMS.slice(3)),
        fc.stringMatching(/^[ -~]{0,30}$/),
        (secret, [, inner], [, outer], beside) => {
          const text = `${beside} ${outer(inner(secret))} ${beside}`;
          return maskOf([secret])(text) !== text;
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a secret of eight letters and digits or more", () => {
  const secrets = ["hunter22", "C0llect-Code_9", "Tr0ub/4&dor?77", "schön-42-grün"];
  const forms: Readonly<Record<string, (secret: string) => string>> = {
    "with dots": (secret) => [...secret].join("."),
    "with dashes": (secret) => [...secret].join("-"),
    "with bars": (secret) => [...secret].join(" | "),
    "as a list of characters": (secret) => JSON.stringify([...secret]),
    "in tags": (secret) => [...secret].map((letter) => `<x>${letter}</x>`.replaceAll("x", "b")).join(""),
    "without its signs": (secret) => secret.replace(/[^\p{L}\p{N}]/gu, ""),
    "with other signs": (secret) => secret.replace(/[^\p{L}\p{N}]/gu, "_"),
    "with nothing but ASCII": (secret) => secret.replace(/[^A-Za-z0-9]/g, ""),
  };
  for (const [name, write] of Object.entries(forms)) {
    it(`is found ${name}`, () => {
      for (const secret of secrets) {
        const text = `The value ${write(secret)} is invalid!`;
        assert.notEqual(maskOf([secret])(text), text, secret);
      }
    });
  }
});

describe("secrets that can be guessed", () => {
  const table: readonly [secret: string, text: string, Record<Guessable, string>][] = [
    // What stands around a mask would tell it: "The p••••word".
    ["ass", "The password", { anywhere: WITHHELD, apart: "The password", nowhere: "The password" }],
    ["login", "Your login failed", { anywhere: WITHHELD, apart: WITHHELD, nowhere: "Your login failed" }],
    ["certificate", "Certificates", { anywhere: WITHHELD, apart: "Certificates", nowhere: "Certificates" }],
    ["12122026", "until 12122026.", { anywhere: WITHHELD, apart: WITHHELD, nowhere: "until 12122026." }],
    ["1", "at log.js:1:17", { anywhere: WITHHELD, apart: "at log.js:1:17", nowhere: "at log.js:1:17" }],
    ["1", 'a="1"', { anywhere: WITHHELD, apart: WITHHELD, nowhere: 'a="1"' }],
    ["a", "Asked", { anywhere: WITHHELD, apart: "Asked", nowhere: "Asked" }],
    ["a", "a", { anywhere: WITHHELD, apart: WITHHELD, nowhere: "a" }],
    ["s3crt", "It was s3crt", { anywhere: WITHHELD, apart: WITHHELD, nowhere: "It was s3crt" }],
    ["hunter22", "It was hunter22", { anywhere: "It was ••••", apart: "It was ••••", nowhere: "It was ••••" }],
    ["xyz", "YWxpY2U6eHl6", { anywhere: WITHHELD, apart: "YWxpY2U6eHl6", nowhere: "YWxpY2U6eHl6" }],
    ["xyz", "&#120;yz", { anywhere: WITHHELD, apart: "&#120;yz", nowhere: "&#120;yz" }],
    [
      "xyz",
      "an English sentence",
      { anywhere: "an English sentence", apart: "an English sentence", nowhere: "an English sentence" },
    ],
  ];
  for (const [secret, text, expected] of table) {
    it(`“${secret}” in “${text}”`, () => {
      const masks = new SecretMask([secret]);
      for (const guessable of ["anywhere", "apart", "nowhere"] as const) {
        assert.equal(masks.mask(text, guessable), expected[guessable], guessable);
      }
    });
  }
});

describe("secrets that only their names tell", () => {
  const table: readonly [string, string][] = [
    ["loginPassword=hunter22&x=1", "loginPassword=••••&x=1"],
    ["loginPassword=&x=1", "loginPassword=&x=1"],
    ['{"loginPassword":"a \\"b\\" c","x":1}', '{"loginPassword":"••••","x":1}'],
    ["{'password': u'x y', 'z': 1}", "{'password': u'••••', 'z': 1}"],
    ["collectionCode: abcd1234", "collectionCode: ••••"],
    ["client_secret=abc; api-key: def", "client_secret=••••; api-key: ••••"],
    ["access_token=abc.def", "access_token=••••"],
    ["<loginPassword>abc def</loginPassword>", "<loginPassword>••••</loginPassword>"],
    ['<w:Password Type="Text"><![CDATA[a<b]]></w:Password>', '<w:Password Type="Text">••••</w:Password>'],
    ['<login password="a b" name="c"/>', '<login password="••••" name="c"/>'],
    [
      '<input type="password" name="loginPassword" value="abc">',
      '<input type="password" name="loginPassword" value="••••">',
    ],
    ['<input value="abc" name="loginPassword">', '<input value="••••" name="loginPassword">'],
    ["<tr><td>loginPassword</td><td>hunter22</td></tr>", "<tr><td>loginPassword</td><td>••••</td></tr>"],
    ["[loginPassword] => hunter22", "[loginPassword] => ••••"],
    ['["loginPassword"]=> string(8) "hunter22"', '["loginPassword"]=> string(8) "••••"'],
    ["Authorization: Basic c29tZW9uZTpodW50ZXIyMg==", "Authorization: Basic ••••"],
    ["authorization: bearer abc.def-1", "authorization: bearer ••••"],
    ['Authorization: Digest username="a", response="b"', "Authorization: ••••"],
    ["it sent Basic c29tZW9uZTpodW50ZXIyMg== to us", "it sent Basic •••• to us"],
    ["Cookie: JSESSIONID=1234; a=b", "Cookie: ••••"],
    ["curl --password hunter22 -u me:hunter22 x", "curl --password •••• -u me:•••• x"],
    ["https://me:hunter22@host.example/x", "https://me:••••@host.example/x"],
    ['form-data; name="loginPassword"\r\n\r\nhunter22\r\n--x', 'form-data; name="loginPassword"\r\n\r\n••••\r\n--x'],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "••••"],
    // Encoded, they show only once they are decoded.
    ["loginPassword%3Dhunter22", WITHHELD],
    ["&quot;password&quot;:&quot;hunter22&quot;", WITHHELD],
    ["{\\u0022password\\u0022:\\u0022hunter22\\u0022}", WITHHELD],
    ["pass\u200bword=hunter22", WITHHELD],
    // What the CA says and what proxies say holds no secret.
    ...[
      "The value of the 'loginPassword' argument is invalid!",
      "The 'collectionCode' argument is missing!",
      "Incorrect login details, account is locked, password has expired or your source IP is blocked.",
      "Basic authentication required",
      "dcvStatus=0",
      "https://docs.sectigo.com:443/sps/collect-ssl/request#a@b",
    ].map((text): [string, string] => [text, text]),
  ];
  for (const [text, expected] of table) it(text, () => assert.equal(maskOf([])(text), expected));

  it("private keys go with all their text", () => {
    for (const text of [
      "and -----BEGIN PRIVATE KEY-----\nMIIabcdef",
      "---BEGIN RSA PRIVATE KEY---",
      '{"kty":"EC","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}',
    ]) {
      assert.equal(maskOf([])(text), "(text withheld: it may contain a private key)");
    }
  });
});

describe("a line that is shown", () => {
  it("leaves out what may be a piece of a key, and says so", () => {
    const data = Buffer.from(Array.from({ length: 60 }, (_, index) => (index * 89 + 7) & 0xff)).toString("base64");
    assert.equal(shownText(`It begins ${data} and so on`, maskOf([]), 200), "It begins … and so on");
  });

  it("is withheld whole, and never cut, where the secret is far behind its end", () => {
    assert.equal(shownText(`${"y ".repeat(300)}&#104;unter22`, maskOf(["hunter22"]), 200), WITHHELD);
  });

  const cut: [what: string, secret: string, text: string, shown: string][] = [
    ["a character that nobody sees and that is left out", "my pin", "It is my \ue000pin now", WITHHELD],
    ["another that no font has", "my pin", "It is my \u{10fffe}pin now", WITHHELD],
    ["one, in a long secret", "Tr0ub4dor", "It is Tr0ub\ue0004dor now", WITHHELD],
    ["the end of what is looked at", "Tr0ub4dor", `Far away${" ".repeat(3_863)}Tr0ub4dor`, "Far away"],
  ];
  for (const [what, secret, text, shown] of cut)
    it(`shows nothing of a secret that is cut by ${what}`, () => {
      assert.equal(shownText(text, maskOf([secret]), 200), shown);
    });

  it("is the same alone and among many", () => {
    const mask = maskOf(["hunter22"]);
    const texts = Array.from({ length: 400 }, (_, index) =>
      index % 130 === 7 ? `x${index}.hunter22.example` : `x${index}.example`,
    );
    const alone = texts.map((text) => shownText(text, mask, 200));
    assert.deepEqual(shownTexts(texts, mask, 200), alone);
    assert.equal(alone.filter((text) => text.includes("••••")).length, 4);
  });

  it("is withheld among more odd ones than any list has, and never among plain names", () => {
    let looks = 0;
    const mask = maskOf(["hunter22"]);
    const counted = (text: string) => {
      looks++;
      return mask(text);
    };
    const plain = Array.from({ length: 2000 }, (_, index) => `x${index}.example.com`);
    assert.deepEqual(shownTexts(plain, counted, 200), plain);
    assert.ok(looks < 100, String(looks));
    looks = 0;
    const odd = plain.map((name) => `&#104;unter22.${name}`);
    assert.deepEqual(
      shownTexts(odd, counted, 200),
      odd.map(() => WITHHELD),
    );
    assert.ok(looks < 800, String(looks));
    looks = 0;
    const long = plain.map((name) => `${"%41&amp;".repeat(20)}.${name}`);
    assert.equal(shownTexts(long, counted, 200).at(-1), WITHHELD);
    assert.ok(looks < 100, String(looks));
  });
});

describe("the work of decoding", () => {
  const worst = '<p class="a b">It&amp;s %41 \\u0041 =41 dGVzdHRlc3Q 68756e74 1, 2, 3, 4 + words</p>\n';

  it("is bounded by the text, whatever is in it", () => {
    for (const text of [worst.repeat(200), "&#1;%%\\\\==".repeat(2000), "A".repeat(16_000), "%25".repeat(5000)]) {
      const decodings = [...decodingsOf(text)];
      const characters = decodings.reduce((sum, { text: { length } }) => sum + length, 0);
      assert.ok(decodings.length <= 160, `${decodings.length} decodings`);
      assert.ok(characters <= 1024 * 1024 + 12 * text.length, `${characters} characters of ${text.length}`);
    }
  });

  it("decodes each piece once", () => {
    const piece = Buffer.from("what is encoded here, once").toString("base64");
    const characters = [...decodingsOf(`${piece}, `.repeat(400))].reduce((sum, { text }) => sum + text.length, 0);
    // Once without its spaces, and of the 400 pieces one.
    assert.ok(characters < 18_000, String(characters));
  });
});

describe("a text of which a part is looked at", () => {
  it("shows no part of a secret where it ends", () => {
    const secret = "Zq7wKx9VjpLm3TuR8yBd";
    for (const inside of [0, 4, 8, 12, 16, 19, 20]) {
      const text = `${"word ".repeat(4000).slice(0, 16 * 1024 - inside)}${secret} and more`;
      const masked = maskOf([secret])(text).toLowerCase();
      assert.deepEqual(
        partsOf(secret).filter((part) => masked.includes(part)),
        [],
      );
    }
  });
});

describe("the places of secrets", () => {
  it("are all told, whatever the secrets have in common", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "b", "A", "\u0130", "1", "\u{1f511}"), maxLength: 40 });
    const small = (whole: string) => whole.replaceAll("A", "a");
    fc.assert(
      fc.property(fc.uniqueArray(texts, { maxLength: 8 }), texts, (secrets, text) => {
        const search = new SpanSearch();
        const given = secrets.filter((secret) => secret !== "");
        for (const secret of given) search.add(secret);
        const starts = Array.from({ length: text.length }, (_, start) => start);
        const expected = given.map((secret) => {
          const there = starts.filter((start) => small(text).startsWith(small(secret), start));
          return [secret, there.map((start) => ({ start, end: start + secret.length }))] as const;
        });
        assert.deepEqual(search.find(text), new Map(expected.filter(([, spans]) => spans.length > 0)));
      }),
    );
  });
});

describe("a sentence of ours with texts of others", () => {
  const mask = maskOf([PASSWORD]);
  const said = phrase(
    "{0} {1} {2}",
    PASSWORD,
    phrase("{0}", `x ${PASSWORD}`),
    allOf(["a", PASSWORD, sentences(PASSWORD)]),
  );
  it("has none of them with a secret, wherever they stand", () => {
    const shown = inEnglish(maskedPhrase(said, mask, 100));
    assert.ok(!shown.includes(PASSWORD), shown);
  });

  it("has no number that is a secret, either", () => {
    const digits = maskOf(["4711"]);
    assert.doesNotMatch(inEnglish(maskedPhrase(phrase("It begins with the status {0}.", 4711), digits, 100)), /4711/);
    assert.deepEqual(maskedPhrase(phrase("{0}", 4712), digits, 100), phrase("{0}", 4712));
  });

  it("keeps its own words, days and amounts, and cuts what is long", () => {
    const ours = phrase("Ends on {0}: {1} of {2}", onDay(0), amount(5), 7);
    assert.deepEqual(maskedPhrase(ours, mask, 100), ours);
    assert.deepEqual(maskedPhrase(phrase(`Says ${PASSWORD}`), mask, 100), phrase(`Says ${PASSWORD}`));
    assert.deepEqual(maskedPhrase(phrase("{0}", "x".repeat(9)), mask, 5).values, [shownText("x".repeat(9), mask, 5)]);
  });
});
