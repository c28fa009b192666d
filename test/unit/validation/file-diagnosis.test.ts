import assert from "node:assert/strict";
import type { LookPlan, Standing } from "../../../src/validation/look";
import { lookAtDomain } from "../../../src/validation/look-domain";
import {
  FILE,
  FILE_NAME,
  fileUrl,
  HOST,
  ids,
  lookOnPaper,
  OTHER,
  parent,
  site,
  TARGET,
  TEXT,
  TOKEN,
  zone,
} from "./diagnosis";
import { paperPorts, timedOut, type PaperPage, type PaperWorld } from "./paper-zone";

const URL_WWW = fileUrl("www.example.test");
const http = { method: "http" } as const;
const file = (page: PaperPage): Readonly<Record<string, PaperPage>> => site({ [URL_WWW]: page });

/** Hashes of a text in its four forms, of which none is published. */
const FORMS = ["1", "2", "3", "4"].map((digit) => ({ md5: digit.repeat(32), sha256: digit.repeat(64) }));

interface Row {
  readonly what: string;
  readonly pages?: Readonly<Record<string, PaperPage>>;
  readonly lines?: readonly string[];
  readonly world?: Partial<PaperWorld>;
  readonly plan?: Partial<LookPlan>;
  readonly standing: Standing;
  readonly findings: readonly string[];
  readonly values?: readonly string[];
}

/** Everything that the CA takes (section 4 of the facts). */
const GOOD: readonly Row[] = [
  { what: "LF", pages: file({ body: FILE }), standing: "in-place", findings: [] },
  { what: "CRLF", pages: file({ body: FILE.replaceAll("\n", "\r\n") }), standing: "in-place", findings: [] },
  { what: "no final line break", pages: file({ body: FILE.trimEnd() }), standing: "in-place", findings: [] },
  { what: "a blank between", pages: file({ body: FILE.replaceAll("\n", " ") }), standing: "in-place", findings: [] },
  {
    what: "a unique value",
    pages: file({ body: `${FILE}aHXEOOEh\n` }),
    standing: "in-place",
    findings: ["note unique-value"],
  },
  {
    what: "upper case",
    pages: file({ body: FILE.toUpperCase().replace("SECTIGO.COM", "sectigo.com") }),
    standing: "in-place",
    findings: ["note file-spelled"],
    values: [URL_WWW, "upper-case"],
  },
  {
    what: "an allowed redirect",
    pages: {
      ...file({ status: 301, location: "https://www.example.test/moved" }),
      "https://www.example.test/moved": { body: FILE },
    },
    standing: "in-place",
    findings: ["note redirected"],
    values: [URL_WWW, "https://www.example.test/moved"],
  },
  {
    what: "https with a certificate that a browser refuses",
    pages: { [fileUrl("www.example.test", "https")]: { body: FILE, tlsFault: "CERT_HAS_EXPIRED" } },
    plan: { method: "https" },
    standing: "in-place",
    findings: [],
  },
];

const BAD: readonly Row[] = [
  {
    what: "nothing, of an order for a file",
    pages: site(),
    standing: "not-in-place",
    findings: ["stops not-published"],
    values: [URL_WWW],
  },
  {
    what: "7: the old suffix",
    pages: file({ body: FILE.replace("sectigo", "comodoca") }),
    standing: "cannot-tell",
    findings: ["may-stop old-form"],
  },
  {
    what: "8: the contents of another request",
    pages: file({ body: FILE.replace(TOKEN.sha256, OTHER.sha256) }),
    plan: { ...http, others: [OTHER] },
    standing: "not-in-place",
    findings: ["stops other-request"],
    values: [URL_WWW, "old.csr"],
  },
  {
    what: "8: the file of another request",
    pages: site({
      [fileUrl("www.example.test", "http", `${OTHER.md5.toUpperCase()}.txt`)]: {
        body: `${OTHER.sha256}\nsectigo.com\n`,
      },
    }),
    plan: { ...http, others: [OTHER] },
    standing: "not-in-place",
    findings: ["stops other-request"],
  },
  {
    what: "10: a hash of the PEM text",
    pages: file({ body: `${TEXT.sha256}\nsectigo.com\n` }),
    plan: { ...http, textHashes: [TEXT] },
    standing: "not-in-place",
    findings: ["stops text-hashed"],
  },
  ...[0, 1, 2, 3].map((place) => ({
    what: `10: the file of the PEM text, hashed in form ${place}`,
    pages: site({
      [fileUrl("www.example.test", "http", `${TEXT.md5.toUpperCase()}.txt`)]: { body: `${TEXT.sha256}\nsectigo.com\n` },
    }),
    plan: { ...http, textHashes: FORMS.map((form, index) => (index === place ? TEXT : form)) },
    standing: "not-in-place" as const,
    findings: ["stops text-hashed"],
  })),
  {
    what: "11: only at the apex",
    pages: site({ [fileUrl("example.test")]: { body: FILE } }),
    standing: "not-in-place",
    findings: ["stops file-on-one-host"],
    values: ["example.test", "www.example.test"],
  },
  {
    what: "12: a host that does not exist",
    plan: { ...http, domain: "www.shop.example.test" },
    standing: "not-in-place",
    findings: ["stops host-unknown"],
    values: ["www.shop.example.test"],
  },
  {
    what: "12: no address of one family, and no answer about the other",
    world: { resolverSays: ({ type }) => (type === "AAAA" ? timedOut : undefined) },
    lines: ["six MX mail.example.test"],
    plan: { ...http, domain: "six.example.test" },
    standing: "cannot-tell",
    findings: [],
  },
  {
    what: "13: a redirect to a place that is longer than any",
    pages: file({ status: 301, location: `https://www.example.test/${"ü".repeat(900)}` }),
    standing: "not-in-place",
    findings: ["stops redirected"],
  },
  ...[303, 300, 305].map((status) => ({
    what: `13: a redirect by ${status}`,
    pages: file({ status, location: "https://www.example.test/" }),
    standing: "not-in-place" as const,
    findings: ["stops redirected"],
    values: [URL_WWW, "https://www.example.test/", String(status), "not-allowed"],
  })),
  {
    what: "13: a redirect to another port",
    pages: file({ status: 302, location: "http://www.example.test:8080/" }),
    standing: "not-in-place",
    findings: ["stops redirected"],
    values: [URL_WWW, "http://www.example.test:8080/", "302", "port"],
  },
  {
    what: "13: a redirect to another scheme",
    pages: file({ status: 302, location: "ftp://www.example.test/" }),
    standing: "not-in-place",
    findings: ["stops redirected"],
  },
  {
    what: "13: redirects in a circle",
    pages: file({ status: 302, location: URL_WWW }),
    standing: "not-in-place",
    findings: ["stops redirected"],
    values: [URL_WWW, URL_WWW, "302", "loop"],
  },
  {
    what: "13: a redirect inside",
    pages: file({ status: 302, location: "http://192.168.0.1/" }),
    standing: "cannot-tell",
    findings: ["may-stop internal-only"],
  },
  {
    what: "14: a page with status 200",
    pages: file({ body: "<!DOCTYPE html><title>Home</title>", type: "text/html" }),
    standing: "not-in-place",
    findings: ["stops page-served"],
    values: [URL_WWW, "200", "text/html"],
  },
  ...(["utf8", "utf16le"] as const).map((encoding) => ({
    what: `14: a page with a byte-order mark in ${encoding}`,
    pages: file({ body: Buffer.from("\uFEFF<!DOCTYPE html>", encoding), type: "text/html" }),
    standing: "not-in-place" as const,
    findings: ["stops page-served"],
    values: [URL_WWW, "200", "text/html"],
  })),
  {
    what: "14: the hash within a page",
    pages: file({ body: `<pre>${FILE}</pre>`, type: "text/html" }),
    standing: "not-in-place",
    findings: ["may-stop page-served"],
  },
  {
    what: "14: the hash far down in a page",
    pages: file({ body: `<!DOCTYPE html><title>Home</title><body><pre>${FILE}</pre>`, type: "text/html" }),
    standing: "not-in-place",
    findings: ["stops page-served"],
  },
  {
    what: "15 and 8: a byte-order mark before the proof of another request",
    pages: file({ body: `\uFEFF${FILE.replace(TOKEN.sha256, OTHER.sha256)}` }),
    plan: { ...http, others: [OTHER] },
    standing: "not-in-place",
    findings: ["stops other-request"],
    values: [URL_WWW, "old.csr"],
  },
  {
    what: "15 and 7: a byte-order mark before the old suffix",
    pages: file({ body: `\uFEFF${FILE.replace("sectigo", "comodoca")}` }),
    standing: "cannot-tell",
    findings: ["may-stop old-form"],
  },
  {
    what: "15: the name in lower case, and a byte-order mark",
    pages: site({ [fileUrl("www.example.test", "http", FILE_NAME.toLowerCase())]: { body: `\uFEFF${FILE}` } }),
    standing: "not-in-place",
    findings: ["stops file-spelled", "may-stop file-spelled"],
  },
  {
    what: "15: a byte-order mark on a server that takes both cases for one",
    pages: {
      ...file({ body: `\uFEFF${FILE}` }),
      [fileUrl("www.example.test", "http", FILE_NAME.toLowerCase())]: { body: `\uFEFF${FILE}` },
    },
    standing: "not-in-place",
    findings: ["may-stop file-spelled"],
    values: [URL_WWW, "byte-order-mark"],
  },
  {
    what: "15: a wrong hash on a server that takes both cases for one",
    pages: {
      ...file({ body: FILE.replace(TOKEN.sha256, OTHER.sha256) }),
      [fileUrl("www.example.test", "http", FILE_NAME.toLowerCase())]: {
        body: FILE.replace(TOKEN.sha256, OTHER.sha256),
      },
    },
    standing: "not-in-place",
    findings: ["stops other-request"],
  },
  {
    what: "14: nothing with status 200",
    pages: file({ body: "" }),
    standing: "not-in-place",
    findings: ["stops page-served"],
  },
  {
    what: "14: another status of success",
    pages: file({ status: 203, body: FILE }),
    standing: "cannot-tell",
    findings: ["may-stop page-served"],
  },
  ...(
    [
      ["a byte-order mark", Buffer.from(`\uFEFF${FILE}`), "byte-order-mark"],
      ["UTF-16", Buffer.from(`\uFEFF${FILE}`, "utf16le"), "utf-16"],
      ["UTF-16 without a mark", Buffer.from(FILE, "utf16le"), "utf-16"],
      ["UTF-16 with the high byte first", Buffer.from(`\uFEFF${FILE}`, "utf16le").swap16(), "utf-16"],
      ["UTF-16 with the high byte first and without a mark", Buffer.from(FILE, "utf16le").swap16(), "utf-16"],
      ["a line break first", Buffer.from(`\n${FILE}`), "blank-first"],
      ["one line alone", Buffer.from(TOKEN.sha256), "incomplete"],
      ["more lines", Buffer.from(`${FILE}one\ntwo\n`), "trailing"],
      ["a long body", Buffer.from(`${FILE}${"\n".repeat(2000)}`), "trailing"],
    ] as const
  ).map(([what, body, said]) => ({
    // Hundred bytes are read, without the white space around: only where the lines are not there at all it is sure.
    what: `15: ${what}`,
    pages: file({ body }),
    standing: "not-in-place" as const,
    findings: [said === "utf-16" || said === "incomplete" ? "stops file-spelled" : "may-stop file-spelled"],
    values: [URL_WWW, said],
  })),
  ...[`${FILE_NAME}.txt`, FILE_NAME.toLowerCase(), `${FILE_NAME.toLowerCase()}.txt`].map((name) => ({
    what: `15: the name ${name}`,
    pages: site({ [fileUrl("www.example.test", "http", name)]: { body: FILE } }),
    standing: "not-in-place" as const,
    findings: ["stops file-spelled"],
    values: [fileUrl("www.example.test", "http", name), "name"],
  })),
  ...[401, 403, 429, 500, 503].map((status) => ({
    what: `16: status ${status}`,
    pages: file({ status }),
    standing: "cannot-tell" as const,
    findings: ["may-stop unseen-block"],
    values: [URL_WWW, String(status), "203.0.113.7"],
  })),
  {
    what: "16: no answer in time",
    pages: file({ failure: "timed-out" }),
    standing: "cannot-tell",
    findings: ["may-stop unseen-block"],
    values: [URL_WWW, "timed-out", "203.0.113.7"],
  },
  {
    what: "17: IPv6 leads elsewhere",
    lines: ["www AAAA 2001:db8::7"],
    pages: {
      ...file({ body: FILE }),
      [`${URL_WWW} 2001:db8::7`]: { body: "<html>", type: "text/html" },
    },
    standing: "not-in-place",
    findings: ["stops page-served", "may-stop families-differ"],
  },
  {
    what: "17: IPv6, which this computer does not have",
    lines: ["www AAAA 2001:db8::7"],
    pages: { ...file({ body: FILE }), [`${URL_WWW} 2001:db8::7`]: { failure: "unreachable" } },
    standing: "in-place",
    findings: [],
  },
  {
    what: "19: a private address",
    world: { zones: [{ apex: "example.test", lines: ["www A 10.1.2.3"] }, parent()] },
    standing: "cannot-tell",
    findings: ["may-stop internal-only"],
    values: ["www.example.test", "10.1.2.3"],
  },
  {
    what: "19: a private address beside one that has the file",
    lines: ["www A 10.1.2.3"],
    pages: file({ body: FILE }),
    standing: "cannot-tell",
    findings: ["may-stop internal-only"],
  },
  {
    what: "a wrong file beside the right record, where nobody knows the method",
    lines: [`${HOST} CNAME ${TARGET}`],
    pages: file({ body: `\n${FILE}` }),
    plan: {},
    standing: "not-in-place",
    findings: ["note file-spelled"],
  },
  {
    what: "21: gone",
    pages: site(),
    plan: { ...http, before: { by: "file", place: "http://www.example.test/f.txt", at: 1 } },
    standing: "not-in-place",
    findings: ["stops removed"],
    values: ["http://www.example.test/f.txt", "1"],
  },
  {
    what: "21: a record that is gone, of an order for a file",
    pages: site(),
    plan: { ...http, before: { by: "cname", place: "_a.example.test", at: 1 } },
    standing: "not-in-place",
    findings: ["stops not-published"],
  },
  {
    what: "another unique value",
    pages: file({ body: `${FILE}abd\n` }),
    plan: { ...http, token: { ...TOKEN, uniqueValue: "ABC" } },
    standing: "not-in-place",
    findings: ["stops other-unique-value"],
  },
  {
    what: "the unique value in the other case",
    pages: file({ body: `${FILE}abc\n` }),
    plan: { ...http, token: { ...TOKEN, uniqueValue: "ABC" } },
    standing: "not-in-place",
    findings: ["may-stop other-unique-value"],
  },
  {
    what: "no unique value, where one is known",
    pages: file({ body: FILE }),
    plan: { ...http, token: { ...TOKEN, uniqueValue: "ABC" } },
    standing: "not-in-place",
    findings: ["stops other-unique-value"],
  },
];

describe("the diagnosis of a file", () => {
  for (const { what, lines = [], pages = {}, world, standing, findings, values, plan = http } of [...GOOD, ...BAD]) {
    it(what, async () => {
      const { look } = await lookOnPaper({ zones: [zone(lines), parent()], pages, ...world }, plan);
      assert.deepEqual([look.file?.standing, ids(look)], [standing, findings], JSON.stringify(look.findings));
      if (values !== undefined) assert.deepEqual(look.findings[0]?.values, values);
    });
  }

  it("does not call addresses that others cannot reach", async () => {
    const pages = file({ status: 301, location: "http://inner.example.test/" });
    const { ports } = await lookOnPaper(
      { zones: [zone(["inner A 127.0.0.1", "inner A 203.0.113.9"]), parent()], pages },
      http,
    );
    assert.deepEqual([...new Set(ports.requests.map(({ address }) => address))], ["203.0.113.7"]);
  });

  it("follows ten redirects, and not eleven", async () => {
    const hop = (index: number): string => (index === 0 ? URL_WWW : `http://www.example.test/${index}`);
    const chain = (count: number): Readonly<Record<string, PaperPage>> =>
      Object.fromEntries<PaperPage>([
        ...Array.from(
          { length: count },
          (_, index) => [hop(index), { status: 302, location: hop(index + 1) }] as const,
        ),
        [hop(count), { body: FILE }],
      ]);
    const standing = async (count: number): Promise<Standing | undefined> =>
      (await lookOnPaper({ zones: [zone([]), parent()], pages: chain(count) }, http)).look.file?.standing;
    assert.deepEqual([await standing(10), await standing(11)], ["in-place", "not-in-place"]);
  });

  it("drops a login that a redirect names", async () => {
    const pages = file({ status: 301, location: "http://name:word@www.example.test/moved#part" });
    const { ports } = await lookOnPaper({ zones: [zone([]), parent()], pages }, http);
    assert.ok(ports.requests.some(({ url }) => url === "http://www.example.test/moved"));
    assert.ok(!ports.requests.some(({ url }) => url.includes("word")));
  });

  it("fetches none for a wildcard, without a token, and for other methods", async () => {
    const world = { zones: [zone([])], pages: file({ body: FILE }) };
    const plans: Partial<LookPlan>[] = [{ domain: "*.example.test" }, { method: "cname" }, { method: "email" }];
    for (const each of plans) assert.deepEqual((await lookOnPaper(world, each)).ports.requests, []);
    const bare: LookPlan = { domain: "www.example.test", purpose: "tls" };
    const look = await lookAtDomain(bare, paperPorts(world), new AbortController().signal);
    assert.deepEqual([look.file, look.cname, look.findings], [undefined, undefined, []]);
  });

  it("shows a value for DNS TXT where no request is known", async () => {
    const ports = paperPorts({ zones: [zone(["_pki-validation TXT abc=="])] });
    const bare: LookPlan = { domain: "www.example.test", purpose: "tls" };
    assert.deepEqual(ids(await lookAtDomain(bare, ports, new AbortController().signal)), ["note portal-text"]);
  });

  it("takes the file of an IP address", async () => {
    for (const [domain, host] of [
      ["203.0.113.7", "203.0.113.7"],
      ["2001:db8::7", "[2001:db8::7]"],
      ["[2001:db8::7]", "[2001:db8::7]"],
    ] as const) {
      const pages = { [fileUrl(host)]: { body: FILE } };
      const { look } = await lookOnPaper({ zones: [], pages }, { domain });
      assert.deepEqual([look.file?.standing, look.cname, ids(look)], ["in-place", undefined, []], domain);
    }
  });

  it("looks for what an IPv6 address has in place of the file", async () => {
    const pages = { [`${fileUrl("[2001:db8::7]")}.txt`]: { body: FILE } };
    const { look } = await lookOnPaper({ zones: [], pages }, { domain: "2001:db8::7" });
    assert.deepEqual([look.file?.standing, ids(look)], ["not-in-place", ["stops file-spelled"]]);
  });
});

describe("a domain whose method is not known", () => {
  it("is served by a record, and needs no file", async () => {
    const { look } = await lookOnPaper({ zones: [zone([`${HOST} CNAME ${TARGET}`]), parent()], pages: site() });
    assert.deepEqual([look.cname?.standing, look.file?.standing, ids(look)], ["in-place", "not-in-place", []]);
  });

  it("is served by a file, and needs no record", async () => {
    const { look } = await lookOnPaper({ zones: [zone([]), parent()], pages: file({ body: FILE }) });
    assert.deepEqual([look.cname?.standing, look.file?.standing, ids(look)], ["not-in-place", "in-place", []]);
  });

  it("says once that neither is there", async () => {
    const { look } = await lookOnPaper({ zones: [zone([]), parent()], pages: site() });
    assert.deepEqual(look.findings, [
      { id: "not-published", weight: "may-stop", values: [`${HOST}.example.test`, URL_WWW] },
    ]);
  });

  it("leaves the site's pages out where a record was tried", async () => {
    const pages = file({ body: "<html>", type: "text/html" });
    const zones = [zone([`${HOST} CNAME "${TARGET}"`]), parent()];
    assert.deepEqual(ids((await lookOnPaper({ zones, pages })).look), ["may-stop pasted-text"]);
  });

  it("says what is wrong with a file that was tried", async () => {
    const pages = file({ body: `\uFEFF${FILE}` });
    assert.deepEqual(ids((await lookOnPaper({ zones: [zone([]), parent()], pages })).look), ["may-stop file-spelled"]);
  });

  it("is stopped for sure by what stops every way, alone", async () => {
    const zones = [zone([`${HOST} CNAME "${TARGET}"`, "@ CAA 0 issue ca.example"]), parent()];
    const pages = file({ body: `${OTHER.sha256}\nsectigo.com\n` });
    const said = ["stops caa-forbids", "may-stop pasted-text", "may-stop other-request", "note caa-inherited"];
    assert.deepEqual(ids((await lookOnPaper({ zones, pages })).look), said);
    const broken = [zone([], { isBroken: true, isSigned: true }), parent()];
    assert.deepEqual(ids((await lookOnPaper({ zones: broken, pages: site() })).look)[0], "stops dnssec-broken");
  });
});
