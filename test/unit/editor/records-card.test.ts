import assert from "node:assert/strict";
import { caaPart } from "../../../src/editor/pages/caa-part";
import { recordsCard } from "../../../src/editor/pages/records-card";
import { domainState, standingsOf } from "../../../src/editor/pages/records-state";
import { toPublish } from "../../../src/editor/pages/records-to-publish";
import { seenAnswers } from "../../../src/editor/pages/seen-answers";
import { english, type Locale } from "../../../src/words/localize";
import { timeWords } from "../../../src/orders/presentation/time-words";
import type { ValidationFinding } from "../../../src/validation/finding";
import type { CaaLook, CnameLook, DomainLook, FileLook } from "../../../src/validation/look";
import type { CaaData, NameServer } from "../../../src/validation/ports";
import type { ChosenRequest, SubjectDomain, ValidationSubject } from "../../../src/validation/subject";
import { isToPage } from "../../../src/webview/incoming";
import { ENGLISH_STRINGS, type CheckResult } from "../../../src/webview/protocol";

const NOW = Date.UTC(2026, 10, 28, 4);
const LOCALE: Locale = { localize: english, language: "en" };

/** Vector 4 of the facts. */
const TOKEN = {
  md5: "5db0d3483e94b1fea194bb49200266e9",
  sha256: "ad9686962576e56ea8e4eecfa266afdc3c91da5cd4fff48f267f0dbc4be5e703",
};
const TARGET = "ad9686962576e56ea8e4eecfa266afdc.3c91da5cd4fff48f267f0dbc4be5e703";
const PATH = "/.well-known/pki-validation/5DB0D3483E94B1FEA194BB49200266E9.txt";

const REQUEST: ChosenRequest = { token: TOKEN, from: { kind: "file", uri: "file:///w/www.csr", name: "www.csr" } };
const FREE: CaaLook = { verdict: "unrestricted", records: [], aliases: [] };
const RESOLVER: NameServer = { kind: "resolver", address: "192.0.2.53", port: 53 };

const look = (more: Partial<DomainLook> = {}): DomainLook => ({
  ...{ domain: "a.example", at: NOW, caa: FREE, findings: [], asked: 1 },
  ...more,
});
const cname = (standing: CnameLook["standing"], more: Partial<CnameLook> = {}): CnameLook => ({
  ...{ standing, seen: [] },
  ...more,
});
const file = (standing: FileLook["standing"], more: Partial<FileLook> = {}): FileLook => ({
  ...{ standing, seen: [] },
  ...more,
});
const subject = (more: Partial<ValidationSubject> = {}): ValidationSubject => ({
  ...{ purpose: "tls", domains: [{ domain: "a.example" }], looks: new Map() },
  ...more,
});
const card = (more: Partial<ValidationSubject> = {}, of: "order" | "file" = "order") =>
  recordsCard(subject(more), of, LOCALE, NOW);
const said = ({ tone, words }: CheckResult): string => `${tone} ${words}`;
const MENDED: ValidationFinding = { id: "caa-mended", weight: "stops", values: ["a.example"] };
const QUOTED: ValidationFinding = { id: "caa-quoted", weight: "stops", values: ["a.example", "x"] };

describe("what is to be published, on the page", () => {
  const published = (domain: SubjectDomain, token: Parameters<typeof toPublish>[1] = TOKEN) =>
    toPublish(domain, token, "tls", english).map(({ fields, line }) => [
      ...fields.map(({ label, value }) => `${label}: ${value}`),
      ...(line === undefined ? [] : [line]),
    ]);
  const cnameOf = (zone: string, middle = "") => [
    `Host: _5db0d3483e94b1fea194bb49200266e9.${zone}`,
    `Host in the zone ${zone}: _5db0d3483e94b1fea194bb49200266e9`,
    "Type: CNAME",
    `Target: ${TARGET}.${middle}sectigo.com`,
    `_5db0d3483e94b1fea194bb49200266e9.${zone}. CNAME ${TARGET}.${middle}sectigo.com.`,
  ];
  const fileOf = (host: string, schemes: readonly string[], third = "") => [
    "File name: 5DB0D3483E94B1FEA194BB49200266E9.txt",
    `Path: ${PATH}`,
    ...schemes.map((scheme) => `Address over ${scheme}: ${scheme}://${host}${PATH}`),
    `Contents: ${TOKEN.sha256}\nsectigo.com${third}`,
  ];
  const BOTH = ["http", "https"];
  const CASES: readonly (readonly [what: string, domain: SubjectDomain, records: readonly (readonly string[])[]])[] = [
    ["a domain", { domain: "a.example" }, [cnameOf("a.example"), fileOf("a.example", BOTH)]],
    ["one below", { domain: "www.a.example" }, [cnameOf("a.example"), fileOf("www.a.example", BOTH)]],
    ["a wildcard, which no file proves", { domain: "*.b.a.example" }, [cnameOf("a.example")]],
    ["a wildcard by file", { domain: "*.a.example", method: "http" }, []],
    [
      "letters of another script",
      { domain: "bücher.example" },
      [cnameOf("xn--bcher-kva.example"), fileOf("xn--bcher-kva.example", BOTH)],
    ],
    ["an address", { domain: "192.0.2.1" }, [fileOf("192.0.2.1", BOTH)]],
    ["by record", { domain: "a.example", method: "cname" }, [cnameOf("a.example")]],
    ["by file over http", { domain: "a.example", method: "http" }, [fileOf("a.example", ["http"])]],
    ["by file over https", { domain: "a.example", method: "https" }, [fileOf("a.example", ["https"])]],
    ["by e-mail", { domain: "a.example", method: "email" }, []],
    ["in another way", { domain: "a.example", method: "other" }, []],
    ["what is not a domain", { domain: "not a domain" }, []],
  ];
  for (const [what, domain, records] of CASES) {
    it(`is, for ${what}: ${records.length} records`, () => assert.deepEqual(published(domain), records));
  }

  it("has the order's unique value where it is known", () => {
    assert.deepEqual(published({ domain: "a.example" }, { ...TOKEN, uniqueValue: "Ab12" }), [
      cnameOf("a.example", "Ab12."),
      fileOf("a.example", BOTH, "\nAb12"),
    ]);
  });

  it("is not made of the request for mailboxes and marks", () => {
    for (const purpose of ["smime", "mark"] as const) {
      assert.deepEqual(toPublish({ domain: "a.example" }, TOKEN, purpose, english), []);
      assert.deepEqual(card({ purpose, request: REQUEST }).domains[0]?.records, []);
    }
  });

  it("says how to enter it, and that a record above counts for names below", () => {
    const notes = (domain: string) =>
      toPublish({ domain }, TOKEN, "tls", english).map((record) => record.notes.join(" "));
    const [above = "", beside = ""] = notes("www.a.example");
    assert.match(above, /^It counts for every name below a\.example\. .*short host.*final dot.*until the certificate/);
    assert.match(beside, /^It counts for www\.a\.example alone/);
    assert.doesNotMatch(notes("a.example")[0] ?? "", /every name below/);
  });
});

describe("one record for several domains of an order", () => {
  const shown = (domains: readonly SubjectDomain[]) =>
    card({ domains, request: REQUEST }).domains.map(({ records }) => {
      const [record] = records.filter(({ title }) => title === "CNAME record");
      return record && (record.line ?? record.notes.join(" "));
    });
  const own = (zone: string) => `_5db0d3483e94b1fea194bb49200266e9.${zone}. CNAME ${TARGET}.sectigo.com.`;
  const as = (domain: string) => `The record that is shown for ${domain} counts for this name, too.`;
  const A: SubjectDomain = { domain: "a.example" };
  const CASES: readonly (readonly [
    what: string,
    domains: readonly SubjectDomain[],
    shown: readonly (string | undefined)[],
  ])[] = [
    [
      "is shown for the first, whichever that is",
      [{ domain: "www.a.example" }, A, { domain: "*.a.example" }],
      [own("a.example"), as("www.a.example"), as("www.a.example")],
    ],
    [
      "is one for each registrable domain",
      [A, { domain: "a.co.uk" }, { domain: "b.co.uk" }, { domain: "www.b.co.uk" }],
      [own("a.example"), own("a.co.uk"), own("b.co.uk"), as("b.co.uk")],
    ],
    [
      "is not looked for at a domain that the CA has ticked off",
      [{ ...A, state: "done" }, { domain: "www.a.example" }],
      [own("a.example"), own("a.example")],
    ],
    [
      "is not looked for at a domain that is proved in another way",
      [
        { ...A, method: "http" },
        { domain: "www.a.example", method: "cname" },
      ],
      [undefined, own("a.example")],
    ],
    ["is shown where a domain comes twice", [A, A], [own("a.example"), own("a.example")]],
  ];
  for (const [what, domains, records] of CASES) it(what, () => assert.deepEqual(shown(domains), records));
});

describe("how far a domain is, on the page", () => {
  const A = { domain: "a.example" };
  const unique = { uniqueValue: "Xy9" };
  const CASES: readonly (readonly [
    what: string,
    domain: SubjectDomain,
    look: DomainLook | undefined,
    state: string,
    standings: readonly string[],
  ])[] = [
    ["nothing known", A, undefined, "none Not checked from here yet", []],
    ["the CA waits", { ...A, state: "you" }, undefined, "attention The CA waits for you", []],
    [
      "the CA's word",
      { ...A, state: "ca", word: "AWAITINGBRAND" },
      undefined,
      "none The CA is checking it: “AWAITINGBRAND”, in its words",
      [],
    ],
    ["a word that is new", { ...A, word: "Odd" }, undefined, "none “Odd”, in the CA's words", []],
    [
      "in place",
      A,
      look({ cname: cname("in-place") }),
      "good In place, as far as this machine sees",
      ["good CNAME record: in place at a.example, as far as this machine sees"],
    ],
    [
      "in place above",
      { domain: "www.a.example", state: "you" },
      look({ cname: cname("in-place", { foundAt: "a.example" }) }),
      "good In place, as far as this machine sees",
      ["good CNAME record: in place at a.example, as far as this machine sees"],
    ],
    [
      "a unique value that nobody here knows",
      A,
      look({ cname: cname("in-place", unique), file: file("not-in-place") }),
      "none In place with unique value Xy9: it must be the order's",
      [
        "none CNAME record: in place at a.example with unique value Xy9, which must be the order's",
        "none File: not in place, as far as this machine sees",
      ],
    ],
    [
      "done, as the CA says, whatever is gone since",
      { ...A, state: "done" },
      look({ cname: cname("not-in-place") }),
      "good The CA has validated it",
      ["none CNAME record: not in place, as far as this machine sees"],
    ],
    [
      "done, but CAA is against it",
      { ...A, state: "done" },
      look({ caa: { ...FREE, verdict: "forbidden" } }),
      "bad CAA does not allow the CA to issue",
      [],
    ],
    [
      "refused",
      { ...A, state: "rejected" },
      look({ cname: cname("in-place") }),
      "bad The CA refused it",
      ["good CNAME record: in place at a.example, as far as this machine sees"],
    ],
    [
      "in place, and something stops the order all the same",
      A,
      look({ file: file("in-place"), findings: [QUOTED] }),
      "bad The CAA record at a.example names this CA, but is not written as it must be: x",
      ["good File: in place, as far as this machine sees"],
    ],
    [
      "in place, while the CA waits for a word that CAA is mended",
      { ...A, state: "you" },
      look({ file: file("in-place"), findings: [MENDED] }),
      "attention CAA of a.example allows the order now. The CA does not look again by itself.",
      ["good File: in place, as far as this machine sees"],
    ],
    [
      "not in place, which goes before a word that CAA is mended",
      { ...A, state: "you", method: "http" },
      look({ file: file("not-in-place"), findings: [MENDED] }),
      "attention File not there yet",
      ["none File: not in place, as far as this machine sees"],
    ],
    [
      "in place, without a tick while something may stop it",
      A,
      look({ file: file("in-place"), findings: [{ ...QUOTED, weight: "may-stop" }] }),
      "attention In place, as far as this machine sees",
      ["good File: in place, as far as this machine sees"],
    ],
    [
      "not in place",
      A,
      look({ cname: cname("not-in-place"), file: file("not-in-place") }),
      "attention No CNAME or file yet",
      [
        "none CNAME record: not in place, as far as this machine sees",
        "none File: not in place, as far as this machine sees",
      ],
    ],
    [
      "another record",
      { ...A, method: "cname" },
      look({ cname: cname("not-in-place", { seen: [{ server: RESOLVER, name: "_x.a.example", says: "other" }] }) }),
      "attention Wrong CNAME",
      ["none CNAME record: not in place, as far as this machine sees"],
    ],
    [
      "cannot tell",
      A,
      look({ cname: cname("not-in-place"), file: file("cannot-tell") }),
      "none Cannot tell from here",
      ["none CNAME record: not in place, as far as this machine sees", "none File: cannot tell from here"],
    ],
    [
      "only the method's own way counts",
      { ...A, method: "http" },
      look({ cname: cname("in-place"), file: file("not-in-place") }),
      "attention File not there yet",
      ["none File: not in place, as far as this machine sees"],
    ],
    [
      "ticked off, and CAA mended",
      { ...A, state: "done" },
      look({ findings: [MENDED] }),
      "attention CAA of a.example allows the order now. The CA does not look again by itself.",
      [],
    ],
    [
      "by e-mail",
      { ...A, method: "email" },
      look({ cname: cname("in-place") }),
      "none Nothing of it can be seen from here",
      [],
    ],
  ];
  for (const [what, domain, seen, state, standings] of CASES) {
    it(`is said: ${what}`, () => {
      assert.equal(said(domainState(domain, seen, TOKEN, LOCALE)), state);
      assert.deepEqual(standingsOf(domain, seen, TOKEN, english).map(said), standings);
    });
  }

  it("has a tick for a unique value that is the order's", () => {
    const token = { ...TOKEN, ...unique };
    const tone = (uniqueValue: string) =>
      domainState(A, look({ cname: cname("in-place", { uniqueValue }) }), token, LOCALE).tone;
    assert.equal(tone("Xy9"), "good");
    assert.equal(tone("xy9"), "none");
  });

  it("says never by itself that something is validated", () => {
    const standings = ["in-place", "not-in-place", "cannot-tell"] as const;
    for (const state of ["you", "ca", "rejected", "not-needed", undefined] as const) {
      for (const standing of standings) {
        const domain = { ...A, ...(state !== undefined && { state }) };
        const looks = new Map([[A.domain, look({ cname: cname(standing), file: file(standing) })]]);
        const { request, domains, limits } = card({ domains: [domain], looks, request: REQUEST });
        const all = JSON.stringify([request, domains.map(({ records, ...shown }) => [records.length, shown])]);
        assert.doesNotMatch(all, /validated/i);
        assert.doesNotMatch(limits.join(" "), /has validated/i);
      }
    }
  });
});

describe("what servers answered, on the page", () => {
  const ns: NameServer = { kind: "authoritative", address: "2001:db8::53", port: 53, name: "ns1.a.example" };
  const name = "_5db.a.example";

  it("says who was asked what, and what came", () => {
    const answers = seenAnswers(
      look({
        cname: cname("not-in-place", {
          seen: [
            { server: RESOLVER, name, says: "right", detail: "x.y.sectigo.com" },
            { server: { ...RESOLVER, port: 5353 }, name, says: "other", detail: "parked.example" },
            { server: ns, name, says: "none", detail: "NXDOMAIN" },
            { server: { ...ns, port: 5353 }, name, says: "failed", detail: "timed-out" },
          ],
        }),
        file: file("not-in-place", {
          seen: [
            {
              ...{ scheme: "http", address: "192.0.2.80", says: "other", start: "<html>" },
              hops: [
                { url: "http://a.example/x", status: 301, location: "https://a.example/x" },
                { url: "https://a.example/x", status: 200, tlsFault: "expired" },
              ],
            },
            {
              scheme: "https",
              address: "192.0.2.80",
              says: "failed",
              hops: [{ url: "https://a.example/x", failure: "refused" }],
            },
            {
              scheme: "https",
              address: "192.0.2.81",
              says: "right",
              start: "ad96",
              hops: [{ url: "https://a.example/x", status: 200 }],
            },
          ],
        }),
      }),
      english,
    );
    assert.deepEqual(
      answers.map(({ question, server, tone, words }) => `${question} | ${server} | ${tone} | ${words}`),
      [
        "CNAME _5db.a.example | resolver 192.0.2.53 | good | x.y.sectigo.com",
        "CNAME _5db.a.example | resolver 192.0.2.53:5353 | bad | another record: parked.example",
        "CNAME _5db.a.example | ns1.a.example (2001:db8::53) | none | no such name",
        "CNAME _5db.a.example | ns1.a.example ([2001:db8::53]:5353) | attention | no usable answer: no answer in time",
        "http://a.example/x | 192.0.2.80 | bad | status 301, to https://a.example/x · status 200, certificate not valid: expired · begins with “<html>”",
        "https://a.example/x | 192.0.2.80 | attention | the connection was refused",
        "https://a.example/x | 192.0.2.81 | good | the right lines · status 200",
      ],
    );
  });
});

describe("what CAA says, on the page", () => {
  const record = (tag: string, value: string, flags = 0): CaaData => ({ type: "CAA", flags, tag, value });
  const part = (more: Partial<CaaLook>, domain = "www.a.example", purpose: "tls" | "smime" = "tls") =>
    caaPart(domain, purpose, { ...FREE, ...more }, english);
  const CASES: readonly (readonly [more: Partial<CaaLook>, words: string])[] = [
    [{}, "good There are no CAA records: any CA may issue."],
    [{ foundAt: "a.example" }, "good CAA at a.example does not restrict who may issue this."],
    [{ verdict: "allowed", foundAt: "a.example" }, "good CAA at a.example allows the CA."],
    [
      { verdict: "allowed", reason: "named-deprecated", foundAt: "a.example" },
      "good CAA at a.example allows the CA, by a name that it wants to give up.",
    ],
    [
      { verdict: "conditions", foundAt: "a.example", conditions: ["validationmethods=dns-01", "accounturi=x"] },
      "attention CAA at a.example allows the CA under conditions, which only the CA can judge: validationmethods=dns-01 and accounturi=x",
    ],
    [{ verdict: "forbidden", foundAt: "a.example" }, "bad CAA at a.example does not allow the CA to issue."],
    [
      { verdict: "failed", failure: { name: "a.example", detail: "SERVFAIL" } },
      "bad CAA cannot be read, so the CA must not issue: SERVFAIL at a.example",
    ],
    [
      { verdict: "maybe", failure: { name: "a.example", detail: "timed-out" } },
      "attention CAA cannot be read, so the CA may issue or may not: no answer in time at a.example",
    ],
    [
      { verdict: "maybe", foundAt: "a.example" },
      "attention CAA at a.example may keep the CA from issuing, or may not.",
    ],
  ];
  for (const [more, words] of CASES) it(`is said: ${words}`, () => assert.equal(said(part(more)), words));

  it("shows the set that counts, where it was found, and the record to add", () => {
    const records = [record("issue", "ca.example"), record("iodef", "mailto:x@a.example", 128)];
    const { set, add } = part({ verdict: "forbidden", reason: "names-others", records, foundAt: "a.example" });
    assert.deepEqual(set, {
      title: "CAA records of a.example, which count",
      records: [
        { flags: "0", tag: "issue", value: "ca.example" },
        { flags: "128", tag: "iodef", value: "mailto:x@a.example" },
      ],
    });
    assert.deepEqual(
      add.map(({ fields, line }) => [...fields.map(({ label, value }) => `${label}: ${value}`), line]),
      [
        [
          ...["Host: a.example", "Host in the zone a.example: @", "Type: CAA", "Flags: 0", "Property: issue"],
          ...["Value: sectigo.com", 'a.example. CAA 0 issue "sectigo.com"'],
        ],
      ],
    );
  });

  it("says by which alias a set counts, and what each server says where resolvers fail", () => {
    const { set, seen } = part({
      ...{
        verdict: "failed",
        records: [record("issue", "")],
        foundAt: "a.example",
        aliases: ["b.example", "c.example"],
      },
      failure: { name: "a.example", detail: "SERVFAIL" },
      servers: [
        { server: RESOLVER, says: "set" },
        { server: RESOLVER, says: "none" },
        { server: RESOLVER, says: "failed", detail: "NOTIMP" },
      ],
    });
    assert.equal(set?.title, "CAA records of a.example, which count by the alias c.example");
    assert.deepEqual(
      seen.map(({ question, tone, words }) => `${question} | ${tone} | ${words}`),
      [
        "CAA a.example | none | has CAA records",
        "CAA a.example | none | no such record",
        "CAA a.example | attention | no usable answer: NOTIMP",
      ],
    );
  });
});

describe("the card of records", () => {
  const ids = (more: Partial<ValidationSubject>, of: "order" | "file" = "order") =>
    card(more, of).actions.map(({ id }) => id);

  const PROVED: readonly SubjectDomain[] = [
    { domain: "a.example", state: "done" },
    { domain: "b.example", state: "not-needed" },
  ];

  it("says a sentence of the CA once", () => {
    const domains: readonly SubjectDomain[] = [{ domain: "a.example", state: "you" }];
    const before = card({ domains }).domains[0];
    assert.deepEqual([before?.state.words, before?.standings], ["The CA waits for you", []]);
    const looks = new Map([["a.example", look({ cname: cname("not-in-place") })]]);
    const after = card({ domains, looks }).domains[0];
    assert.deepEqual(after?.standings.map(said)[0], "attention The CA waits for you");
    assert.notEqual(after?.state.words, "The CA waits for you");
  });

  it("says which request it is for, and what is the matter with it", () => {
    const CASES: readonly (readonly [
      more: Partial<ValidationSubject>,
      of: "order" | "file",
      lines: readonly string[],
    ])[] = [
      [
        {},
        "order",
        ["attention Choose the order's certificate request, or paste the record: it tells what to publish."],
      ],
      [{ purpose: "mark" }, "order", []],
      [{ domains: PROVED }, "order", []],
      [
        { request: REQUEST },
        "order",
        ["none For the request in www.csr. The CA does not tell whether it is this order's."],
      ],
      [{ request: REQUEST }, "file", []],
      [
        { request: REQUEST, isNotAgreed: true },
        "file",
        [
          "attention The last check asked nobody: other DNS servers are set now. Choose “Check Records…” to agree to them.",
        ],
      ],
      [
        {
          request: {
            token: { ...TOKEN, uniqueValue: "Ab12" },
            from: { kind: "pasted" },
            served: { by: "order 7", uniqueValue: "ab12" },
          },
          watchedUntil: NOW + 3_600_000,
        },
        "order",
        [
          "none For the record that was pasted.",
          "none With the unique value Ab12.",
          "attention The same token again: order 7 was issued with it. Give the order a unique value, or a new request.",
          `none Watched: checked again and again until ${timeWords(NOW + 3_600_000, NOW, LOCALE)}, while this window is open.`,
        ],
      ],
      [
        {
          request: {
            token: { ...TOKEN, uniqueValue: "Ab13" },
            from: { kind: "pasted" },
            served: { by: "order 7", uniqueValue: "Ab12" },
          },
        },
        "order",
        ["none For the record that was pasted.", "none With the unique value Ab13."],
      ],
      [
        { request: { token: TOKEN, from: { kind: "pasted" }, served: { by: "order 7", isByKey: true } } },
        "order",
        [
          "none For the record that was pasted.",
          "attention order 7 was issued for the same key. If it was for this very request, its token was used: give the order a unique value, or a new request.",
        ],
      ],
    ];
    for (const [more, of, lines] of CASES) assert.deepEqual(card(more, of).request.map(said), lines);
  });

  it("offers what leads further, and nothing that leads nowhere", () => {
    assert.deepEqual(ids({}), ["chooseRequest", "checkRecords", "watchRecords"]);
    assert.deepEqual(ids({ request: REQUEST }), [
      "checkRecords",
      "saveValidationFile",
      "watchRecords",
      "chooseRequest",
    ]);
    assert.deepEqual(ids({ request: REQUEST }, "file"), ["checkRecords", "saveValidationFile", "watchRecords"]);
    assert.deepEqual(ids({ request: REQUEST, domains: [{ domain: "*.a.example" }], watchedUntil: NOW }), [
      "checkRecords",
      "stopWatchingRecords",
      "chooseRequest",
    ]);
    assert.deepEqual(
      ids({ request: REQUEST, running: { done: 1, total: 2 }, domains: [{ domain: "a.example", method: "cname" }] }),
      ["checkRecords", "watchRecords", "chooseRequest"],
    );
    assert.deepEqual(ids({ purpose: "smime" }), ["checkRecords", "watchRecords"]);
    assert.deepEqual(ids({ request: REQUEST, domains: [] }, "file"), []);
    assert.deepEqual(ids({ domains: PROVED }), ["checkRecords", "watchRecords", "chooseRequest"]);
  });

  it("says when who was asked, and how far a check is", () => {
    const looks = new Map([
      ["a.example", look({ at: NOW - 5_000 })],
      ["b.example", look({ at: NOW - 1_000 })],
    ]);
    const { at, asked, progress, heading } = card({ looks, asked: "192.0.2.53", running: { done: 1, total: 2 } });
    assert.deepEqual(
      [at, asked, progress, heading],
      [NOW - 1_000, "192.0.2.53", "Checking: 1 of 2", "What blocks this order"],
    );
    assert.equal(card({}, "file").heading, "Validation records");
    assert.equal(card({}).at, undefined);
  });

  it("says findings with their next steps, and stops no order for what is merely to be done", () => {
    const findings: readonly ValidationFinding[] = [
      { id: "not-published", weight: "stops", values: ["x"] },
      { id: "caa-mended", weight: "stops", values: ["x"] },
      { id: "caa-quoted", weight: "stops", values: ["x"] },
      { id: "caa-quoted", weight: "may-stop", values: ["x"] },
      { id: "unique-value", weight: "note", values: ["x"] },
    ];
    const [domain] = card({ looks: new Map([["a.example", look({ findings })]]) }).domains;
    assert.deepEqual(
      domain?.findings.map(({ tone }) => tone),
      ["attention", "attention", "bad", "attention", "none"],
    );
    assert.ok(domain?.findings.every(({ words, next }) => words !== "" && typeof next === "string"));
  });

  it("has a heading in the color of the finding that it quotes, and says that finding once", () => {
    const quoted = (weight: ValidationFinding["weight"], standing: CnameLook["standing"], method?: "email") => {
      const finding: ValidationFinding = { id: "old-form", weight, values: ["x.comodoca.com"] };
      const domains = [{ domain: "a.example", ...(method !== undefined && { method }) }];
      const looks = new Map([["a.example", look({ cname: cname(standing), findings: [finding] })]]);
      const [domain] = card({ domains, looks }).domains;
      assert.ok(domain !== undefined);
      return [domain.state, ...domain.findings].map(({ tone, words }) => `${tone} ${words}`);
    };
    const words = "What is published has an old form: x.comodoca.com";
    const next = "Publish the record as it is shown here: the CA’s current documents name sectigo.com and SHA-256.";
    assert.deepEqual(quoted("stops", "in-place"), [`bad ${words}`, `bad ${next}`]);
    assert.deepEqual(quoted("stops", "not-in-place"), [`bad No CNAME or file yet`, `bad ${words}`]);
    assert.deepEqual(quoted("may-stop", "not-in-place"), [`attention No CNAME or file yet`, `attention ${words}`]);
    assert.deepEqual(quoted("may-stop", "cannot-tell"), [`attention Cannot tell: ${words}`, `attention ${next}`]);
    assert.deepEqual(quoted("note", "cannot-tell"), [`none Cannot tell: ${words}`, `none ${next}`]);
    assert.deepEqual(quoted("stops", "in-place", "email"), [`bad ${words}`, `bad ${next}`]);
    const inPlace = "In place, as far as this machine sees";
    assert.deepEqual(quoted("may-stop", "in-place"), [`attention ${inPlace}`, `attention ${words}`]);
    assert.deepEqual(quoted("note", "in-place"), [`good ${inPlace}`, `none ${words}`]);
    assert.deepEqual(quoted("note", "not-in-place"), [`attention No CNAME or file yet`, `none ${words}`]);
  });

  it("says what nobody can know from here, by what the order is for", () => {
    const limits = (more: Partial<ValidationSubject>, of: "order" | "file" = "order") =>
      card(more, of).limits.join("\n");
    for (const purpose of ["tls", "smime", "mark"] as const) {
      assert.match(limits({ purpose }), /several networks/);
      assert.match(limits({ purpose }), /up to 8 hours/);
    }
    assert.match(limits({ purpose: "mark" }), /issuevmc allows the CA of mark certificates: no document says it/);
    assert.match(limits({}), /Which way the order is to be validated/);
    assert.doesNotMatch(limits({}, "file"), /Which way/);
    const mixed: readonly SubjectDomain[] = [{ domain: "a.example", method: "http" }, { domain: "b.example" }];
    assert.match(limits({ domains: mixed }), /Which way/);
    for (const method of ["email", "other"] as const) {
      const hidden = limits({ request: REQUEST, domains: [{ domain: "a.example", method }] });
      assert.doesNotMatch(hidden, /unique value|token was used before/);
    }
    assert.doesNotMatch(limits({ domains: [{ domain: "a.example", method: "http" }] }), /Which way/);
    assert.match(limits({ request: REQUEST }), /unique value/);
    const known = { ...REQUEST, token: { ...TOKEN, uniqueValue: "Ab12" } };
    assert.doesNotMatch(limits({ request: known }), /unique value/);
    assert.match(limits({}), /DNS TXT/);
    assert.match(limits({}), /nearly all of them must agree/);
    assert.match(limits({}), /When the CA looked last/);
    assert.match(limits({ request: REQUEST }), /token was used before/);
    assert.doesNotMatch(limits({}), /token was used before/);
    assert.doesNotMatch(limits({ domains: PROVED }), /DNS TXT|Which way/);
    assert.match(limits({ purpose: "mark" }), /mark certificate/);
  });

  it("is what the page takes", () => {
    const looks = new Map([
      ["a.example", look({ cname: cname("in-place", { seen: [{ server: RESOLVER, name: "x", says: "right" }] }) })],
    ]);
    const records = card({ looks, request: REQUEST, asked: "192.0.2.53" });
    const content = { source: "order:1", records, actions: [], strings: ENGLISH_STRINGS, locale: "en" };
    assert.ok(isToPage({ type: "show", content }));
  });
});
