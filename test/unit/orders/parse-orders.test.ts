import assert from "node:assert/strict";
import fc from "fast-check";
import { formatList, formatTable } from "../../../src/orders/export/export";
import { delimitedRows } from "../../../src/shape/delimited-rows";
import { resolveOrder, type ResolveDefaults } from "../../../src/orders/import/resolve-order";
import type { ParsedOrder } from "../../../src/orders/import/parsed-order";
import { parseOrders, type ParsedOrders } from "../../../src/orders/import/parse-orders";
import { MAX_IMPORT_CHARACTERS } from "../../../src/orders/import/limits";
import { shellWords } from "../../../src/orders/import/shell-words";
import type { Account, Order } from "../../../src/orders/model/order";
import { START } from "./doubles";
import { ACCOUNT, order } from "./world";

const number = (value: string, more: Partial<ParsedOrder> = {}): Partial<ParsedOrder> => ({
  reference: { kind: "orderNumber", value },
  ...more,
});

interface Case {
  readonly what: string;
  readonly text: string;
  readonly form: ParsedOrders["form"];
  readonly orders: readonly Partial<ParsedOrder>[];
  /** Lines with problems. */
  readonly problems?: readonly number[];
}

const cases: Case[] = [
  { what: "nothing", text: " \n\t", form: "empty", orders: [] },
  { what: "one number", text: "12345678", form: "lines", orders: [number("12345678", { line: 1 })] },
  {
    what: "numbers in lines, with notes",
    text: "# mine\n12345678\r\n\r\n#23456789\nnot one\n",
    form: "lines",
    orders: [number("12345678", { line: 2 }), number("23456789", { line: 4 })],
    problems: [5],
  },
  {
    what: "numbers in one line, whatever stands between them",
    text: "12345678, 23456789; 34567890 45678901",
    form: "lines",
    orders: ["12345678", "23456789", "34567890", "45678901"].map((value) => number(value)),
  },
  {
    what: "a list of numbers with semicolons",
    text: "12345678;23456789;34567890",
    form: "lines",
    orders: ["12345678", "23456789", "34567890"].map((value) => number(value)),
  },
  {
    what: "a number with product and name, in any order",
    text: "www.shop.example SSL (12345678)\n23456789 s/mime jane@shop.example",
    form: "lines",
    orders: [
      number("12345678", { product: "ssl", label: "www.shop.example" }),
      number("23456789", { product: "smime", label: "jane@shop.example" }),
    ],
  },
  {
    what: "a list whose lines have a label or none",
    text: "order 12345678 SSL\n23456789 ssl a.example\n34567890 PAC\nBestellnummer: 45678901\n",
    form: "lines",
    orders: [
      number("12345678", { product: "ssl", line: 1 }),
      number("23456789", { product: "ssl", label: "a.example", line: 2 }),
      number("34567890", { product: "pac", line: 3 }),
      { reference: { kind: "orderNumber", value: "45678901" }, line: 4 },
    ],
  },
  {
    what: "a list with a product on each line, in the capitals of its endpoint",
    text: "Order 12345678 SSL\nOrder 23456789 PAC\nOrder 34567890: CCC\nMC order 45678901",
    form: "lines",
    orders: [
      number("12345678", { product: "ssl" }),
      number("23456789", { product: "pac" }),
      number("34567890", { product: "ccc" }),
      number("45678901", { product: "mc" }),
    ],
  },
  {
    what: "such lines inside a mail",
    text: "Dear Jane,\n\nplease have a look at these:\n\norder 12345678 SSL\norder 23456789 PAC\n\nRegards",
    form: "mail",
    orders: [number("12345678", { product: "ssl", line: 5 }), number("23456789", { product: "pac", line: 6 })],
  },
  { what: "one such line", text: "order 12345678 PAC", form: "mail", orders: [number("12345678", { product: "pac" })] },
  {
    what: "a number of something else beside an order's",
    text: "Order 12345678\nInvoice 23456789",
    form: "mail",
    orders: [number("12345678", { line: 1 })],
  },
  {
    what: "a certificate ID below an order number, which names the same order",
    text: "Order number: 12345678\nCertificate ID: 23456789",
    form: "mail",
    orders: [number("12345678", { line: 1 })],
  },
  {
    what: "a table with headings",
    text: 'Order Number,Product,Domain,Customer\n12345678,SSL,a.example,"Shop, East"\n,SSL,b.example,\n23456789,Robot,c.example,\n',
    form: "table",
    orders: [
      number("12345678", { product: "ssl", label: "a.example", tags: ["Shop", "East"], line: 2 }),
      number("23456789", { label: "c.example", line: 4 }),
    ],
    problems: [3],
  },
  {
    what: "a table of a German spreadsheet",
    text: "\uFEFFBestellnummer;Domain\r\n12345678;ä.example\r\n23456789;b.example\r\n",
    form: "table",
    orders: [number("12345678", { label: "ä.example" }), number("23456789", { label: "b.example" })],
  },
  {
    what: "one column with a heading",
    text: "Order No.\n12345678\n23456789",
    form: "table",
    orders: [number("12345678"), number("23456789")],
  },
  {
    what: "certificate IDs and collection codes in columns",
    text: "certificateID\tcollectionCode\tproduct\n987654321\t\tssl\n\tAbC123xyz\tccc\n",
    form: "table",
    orders: [
      { reference: { kind: "certificateID", value: "987654321" }, product: "ssl" },
      { reference: { kind: "collectionCode" }, collectionCode: "AbC123xyz", product: "ccc" },
    ],
  },
  {
    what: "a table without headings",
    text: "2026-01-31,12345678,a.example,issued\n2026-02-01,23456789,b.example,pending",
    form: "table",
    orders: [number("12345678", { label: "a.example", line: 1 }), number("23456789", { label: "b.example", line: 2 })],
  },
  {
    what: "a mail",
    text: "Dear Jane,\n\nyour order number is 12345678 for the SSL certificate.\nDomain name: www.shop.example\n\nRegards",
    form: "mail",
    orders: [number("12345678", { product: "ssl", label: "www.shop.example", line: 3 })],
  },
  {
    what: "a collection mail",
    text: "Your Personal Authentication Certificate is ready.\nOrder Number: 12345678\nCollection Code: AbC123xyz\nhttps://secure.trust-provider.com/products/collect?collectionCode=AbC123xyz",
    form: "mail",
    orders: [number("12345678", { product: "pac", collectionCode: "AbC123xyz" })],
  },
  {
    what: "a mail with a collection code alone",
    text: "Your client certificate: use the collection code AbC123xyz to fetch it.",
    form: "mail",
    orders: [{ reference: { kind: "collectionCode" }, collectionCode: "AbC123xyz", product: "ccc" }],
  },
  {
    what: "JSON with a collection code of any characters",
    text: '{"product":"ccc","collectionCode":"toy+ccc/&=%41"}',
    form: "json",
    orders: [{ reference: { kind: "collectionCode" }, collectionCode: "toy+ccc/&=%41", product: "ccc" }],
  },
  {
    what: "JSON with a stand-in for a collection code",
    text: '[{"product":"pac","orderNumber":"12345678","collectionCode":"<your code>"},{"product":"pac","orderNumber":"12345679","collectionCode":"${CODE}"}]',
    form: "json",
    orders: [number("12345678", { product: "pac" }), number("12345679", { product: "pac" })],
  },
  {
    what: "a mail about two orders, of whose names it cannot be told which is whose",
    text: "Order #12345678 and order #23456789 are waiting. Domain: a.example",
    form: "mail",
    orders: [number("12345678"), number("23456789")],
  },
  {
    what: "a mail's source",
    text: "Content-Transfer-Encoding: quoted-printable\n\nYour order num=\nber =3D 12345678 is ready",
    form: "mail",
    orders: [number("12345678")],
  },
  {
    what: "a curl command",
    text: `curl -X POST 'https://secure.trust-provider.com/products/download/CollectSSL' \\
  --data-urlencode 'loginName=alice' \\
  --data-urlencode 'loginPassword=p&orderNumber=666' \\
  --data-urlencode "orderNumber=12345678" \\
  --data-urlencode 'queryType=1'`,
    form: "curl",
    orders: [number("12345678", { product: "ssl", account: "alice", line: 1 })],
  },
  {
    what: "curl commands with encoded data, one without an order",
    text: `$ curl -d 'orderNumber=12345678&loginName=a%40b.example&loginPassword=x' https://h.example/products/download/CollectSMIME
$ curl https://h.example/`,
    form: "curl",
    orders: [number("12345678", { product: "smime", account: "a@b.example" })],
    problems: [2],
  },
  {
    what: "a portal's link",
    text: "https://portal.example/orders/12345678/details and <https://portal.example/#/x?order=23456789>.",
    form: "lines",
    orders: [number("12345678"), number("23456789")],
  },
  {
    what: "an endpoint's link",
    text: "https://secure.sectigo.com/products/download/CollectSSL?certificateID=987654321",
    form: "lines",
    orders: [{ reference: { kind: "certificateID", value: "987654321" }, product: "ssl" }],
  },
  {
    what: "our own JSON",
    text: JSON.stringify({
      version: 1,
      orders: [
        {
          product: "ssl",
          reference: { kind: "orderNumber", value: "12345678" },
          label: "Shop",
          tags: ["East"],
          account: "alice",
        },
        { product: "tls", reference: { kind: "orderNumber", value: "1" } },
        { reference: { kind: "orderNumber", value: "../1" } },
        7,
      ],
    }),
    form: "json",
    orders: [
      number("12345678", { product: "ssl", label: "Shop", tags: ["East"], account: "alice", line: 1 }),
      number("1", { product: "ssl", line: 2 }),
    ],
    problems: [3, 4],
  },
  { what: "JSON of a later version", text: '{"version":2,"orders":[]}', form: "json", orders: [], problems: [1] },
  { what: "broken JSON", text: '{"version":1,', form: "json", orders: [], problems: [1] },
  { what: "prose", text: "Nothing to see here, really.\nGo on.", form: "lines", orders: [], problems: [1, 2] },
];

describe("parseOrders", () => {
  for (const { what, text, form, orders, problems = [] } of cases) {
    it(`understands ${what}`, () => {
      const parsed = parseOrders(text);
      assert.equal(parsed.form, form);
      assert.equal(parsed.orders.length, orders.length);
      for (const [index, expected] of orders.entries()) {
        for (const key of Object.keys({ ...expected, ...parsed.orders[index] }) as (keyof ParsedOrder)[]) {
          if (key === "line" && expected.line === undefined) continue;
          assert.deepEqual(parsed.orders[index]?.[key], expected[key], key);
        }
      }
      assert.deepEqual(
        parsed.problems.map((problem) => problem.line),
        problems,
      );
    });
  }

  it("takes an order once, with what is said of it in several places", () => {
    const parsed = parseOrders("12345678\n12345678 ssl\n12345678 a.example\n23456789");
    assert.equal(parsed.repeated, 2);
    assert.deepEqual(parsed.orders[0], { ...number("12345678"), line: 1, product: "ssl", label: "a.example" });
  });

  it("keeps no password of a curl command", () => {
    const parsed = parseOrders("curl -d loginPassword=hunter2 -d orderNumber=12345678 https://h.example/CollectSSL");
    assert.doesNotMatch(JSON.stringify(parsed), /hunter2/);
  });

  it("takes 1,000 orders of a list, and says when a text is too long", () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => `${10_000_000 + index},host-${index}.example`);
    assert.equal(parseOrders(`Order,Domain\n${rows.join("\n")}`).orders.length, 1_000);
    const long = parseOrders(`12345678${" ".repeat(1_000)}\n`.repeat(MAX_IMPORT_CHARACTERS / 1_000));
    assert.equal(long.orders.length, 1);
    assert.equal(long.problems.length, 1);
  });

  it("reads whatever comes without an error, in time that grows with its length", () => {
    const pieces = fc.constantFrom(
      "order ",
      "number",
      "collection code",
      "   ",
      "\t",
      "curl ",
      "-d",
      "'",
      '"',
      "\\",
      "12345678",
      ",",
      ";",
      "\n",
      "https://a.example/",
      "?orderNumber=",
      "orders/",
      "{",
      "[",
      "=",
      "&",
      "domain: ",
      "a.",
      "@",
      "#",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 60 }), (parts) => {
        const { orders, problems } = parseOrders(parts.join(""));
        for (const found of orders) assert.ok(found.line >= 1);
        for (const problem of problems) assert.ok((problem.excerpt ?? "").length <= 81);
      }),
      { numRuns: 500 },
    );
  });

  it("shows of what it did not understand the first parts, and no password or key in them", () => {
    const key = Buffer.from(Array.from({ length: 150 }, (_, index) => (index * 73 + index * index * 31) & 0xff));
    const lines = key.toString("base64").replace(/.{64}/g, "$&\n");
    const excerpts = (text: string) => parseOrders(text).problems.map(({ excerpt }) => excerpt);
    const table: readonly [string, readonly (string | undefined)[]][] = [
      ["hello  there\nyou", ["hello there", "you"]],
      ["loginPassword=hunter22 is it", ["loginPassword=•••• is it"]],
      [`-----BEGIN PRIVATE KEY-----\n${lines}`, Array.from({ length: 1 + lines.split("\n").length }, () => undefined)],
      ["Gp\uFFFD3%nmIPf\uFFFD\nlegible\nGp\x06nmIPf", ["", "legible", ""]],
      [`mine\n${lines}`, Array.from({ length: 1 + lines.split("\n").length }, () => undefined)],
    ];
    for (const [text, expected] of table) assert.deepEqual(excerpts(text), expected, text);
    assert.equal(excerpts("some words\n".repeat(40)).filter((excerpt) => excerpt !== undefined).length, 20);
  });

  const words: [string, string[]][] = [
    [`a 'b c' "d \\"e\\" $f" g\\ h`, ["a", "b c", 'd "e" $f', "g h"]],
    ["a \\\n b", ["a", "b"]],
    ["a'b'\"c\"", ["abc"]],
    ["$'it\\'s'", ["it's"]],
    ["'open", ["'open"]],
    ["''", [""]],
    // $'…' begins anywhere in a word, and nothing else does after a dollar.
    ["a$'b\\'c'd", ["ab'cd"]],
    ["$", ["$"]],
    ['$"a b"', ["$a b"]],
    ["a$b c$", ["a$b", "c$"]],
    ["'a\\'b", ["a\\b"]],
    ['"a\\\nb"', ["ab"]],
    ['"a\\\r\nb"c', ["abc"]],
    ["\\", ["\\"]],
    ["a\\", ["a\\"]],
    ["\\😀 😀", ["😀", "😀"]],
    // A quote that is not closed stands for itself, and so do those after it.
    ['"a b', ['"a', "b"]],
    ["\"a 'b c' \"", ["a 'b c' "]],
    ['\'a "b c"', ["'a", "b c"]],
    ['"a \\" b', ['"a', '"', "b"]],
    ["$'a b", ["$'a", "b"]],
  ];
  for (const [text, expected] of words) {
    it(`splits ${JSON.stringify(text)} as a shell does`, () => assert.deepEqual(shellWords(text), expected));
  }
});

const tagNames = (count: number): string[] => Array.from({ length: count }, (_, i) => `t${i}`);

describe("resolveOrder", () => {
  const other = { ...ACCOUNT, id: "two", label: "Office", loginName: "bob" };
  const mine: Account = { ...other, id: "mine", host: "ca.example", ca: "other:ca.example" };
  const ours: Account = { ...other, id: "ours", loginName: "carl" };
  const caAt = (host: string) =>
    host === "secure.sectigo.com" ? "sectigo" : host === "ca.example" ? mine.ca : undefined;
  const defaults: ResolveDefaults = { ca: "sectigo", codeCa: "other:partner.example", accounts: [ACCOUNT], caAt };
  const found: ParsedOrder = { reference: { kind: "orderNumber", value: "12345678" }, line: 1 };

  it("makes an order of what the text says and what is chosen", () => {
    const resolved = resolveOrder({ ...found, label: "Shop", tags: ["East"] }, { ...defaults, product: "ssl" });
    assert.deepEqual(resolved, {
      tracked: { ...order("12345678"), label: "Shop", tags: ["East"] },
      leftOut: [],
    });
  });

  const names: readonly (readonly [
    what: string,
    found: Partial<ParsedOrder>,
    label: string | undefined,
    tags: string[],
  ])[] = [
    ["a name of two lines", { label: "Shop\nEast" }, undefined, []],
    ["a name that is drawn backwards", { label: "Shop\u202etsaE" }, undefined, []],
    ["a name with a separator of lines", { label: "Shop\u2028East" }, undefined, []],
    ["half of a pair", { label: "Shop\ud83d" }, undefined, []],
    ["a name that is too long", { label: "x".repeat(201) }, undefined, []],
    ["the longest name, of characters outside the first plane", { label: "🙂".repeat(200) }, "🙂".repeat(200), []],
    ["one bad tag among good ones", { tags: ["East", "We\u0000st"] }, undefined, ["East"]],
    ["too many tags", { tags: tagNames(21) }, undefined, tagNames(20)],
  ];
  for (const [what, more, label, tags] of names) {
    it(`takes the order and says what was left out: ${what}`, () => {
      const resolved = resolveOrder({ ...found, ...more, product: "ssl" }, defaults);
      assert.ok("tracked" in resolved);
      assert.equal(resolved.tracked.label, label);
      assert.deepEqual(resolved.tracked.tags ?? [], tags);
      const isWhole = label === more.label && tags.length === (more.tags ?? []).length;
      assert.deepEqual(resolved.leftOut, isWhole ? [] : [more.label === undefined ? "tags" : "label"]);
    });
  }

  it("lets the text's own words count before the choice", () => {
    const resolved = resolveOrder(
      { ...found, product: "mc", account: "BOB" },
      { ...defaults, product: "ssl", account: ACCOUNT.id, accounts: [ACCOUNT, other] },
    );
    assert.ok("tracked" in resolved);
    assert.equal(resolved.tracked.product, "mc");
    assert.equal(resolved.tracked.account, "two");
  });

  it("says what is missing", () => {
    assert.deepEqual(resolveOrder(found, defaults), { missing: "product" });
    assert.deepEqual(resolveOrder({ ...found, product: "ssl" }, { ...defaults, accounts: [ACCOUNT, other] }), {
      missing: "account",
    });
    assert.deepEqual(resolveOrder({ ...found, product: "ccc", reference: { kind: "collectionCode" } }, defaults), {
      missing: "collection-code",
    });
  });

  it("uses a collection code where there is no account, and keeps it out of the order", () => {
    const resolved = resolveOrder(
      { ...found, product: "ccc", collectionCode: "AbC123xyz" },
      { ...defaults, accounts: [] },
    );
    assert.ok("tracked" in resolved);
    assert.equal(resolved.collectionCode, "AbC123xyz");
    assert.equal(resolved.tracked.label, "12345678");
    assert.doesNotMatch(JSON.stringify(resolved.tracked), /AbC123xyz/);
  });

  const codes: readonly (readonly [
    what: string,
    found: Partial<ParsedOrder>,
    accounts: readonly Account[],
    ca: string,
  ])[] = [
    ["the one that was chosen for codes", {}, [], "other:partner.example"],
    ["that one also where accounts are elsewhere", {}, [ACCOUNT, other], "other:partner.example"],
    ["that of the account that the text names", { account: "bob" }, [ACCOUNT, other], "sectigo"],
    ["not by chance, where two accounts have that login", { account: "bob" }, [other, mine], "other:partner.example"],
    ["not by chance, where two accounts have that label", { account: "Office" }, [mine, ours], "other:partner.example"],
    ["that of the label, before any login name", { account: "bob" }, [mine, { ...other, label: "Bob" }], "sectigo"],
    ["that of the host that the text names", { host: "ca.example" }, [ACCOUNT], "other:ca.example"],
    ["that of the host, before any account", { host: "ca.example", account: "bob" }, [other], "other:ca.example"],
    ["Sectigo's, where its host is named", { host: "secure.sectigo.com" }, [mine], "sectigo"],
    ["that of the login written so", { account: "bob" }, [{ ...mine, loginName: "Bob" }, other], "sectigo"],
  ];
  for (const [what, more, accounts, ca] of codes) {
    it(`puts an order by collection code to a CA: ${what}`, () => {
      const code = {
        ...found,
        reference: { kind: "collectionCode" },
        product: "ccc",
        collectionCode: "AbC123xyz",
      } as const;
      const resolved = resolveOrder({ ...code, ...more }, { ...defaults, account: ACCOUNT.id, accounts });
      assert.ok("tracked" in resolved);
      assert.equal(resolved.tracked.ca, ca);
      assert.equal(resolved.tracked.account, undefined);
    });
  }
});

describe("the host of a collection code", () => {
  const url = "https://CA.example.:8443/products/download/CollectCCC";
  const table: readonly [what: string, text: string, host: string | undefined][] = [
    ["of a curl command", `curl ${url} -d collectionCode=AbC123xyz`, "ca.example:8443"],
    ["of a curl command without one", `curl ${url} -d orderNumber=12345678`, undefined],
    ["of a link", `Your collection code: see ${url}?collectionCode=AbC123xyz for order 12345678`, "ca.example:8443"],
    ["of a link to a portal", `order 12345678 https://portal.example/order?collectionCode=AbC123xyz`, undefined],
  ];
  for (const [what, text, host] of table) {
    it(what, () => assert.equal(parseOrders(text).orders[0]?.host, host));
  }

  it("is asked about where nobody has an account", () => {
    const found = { reference: { kind: "collectionCode" }, collectionCode: "AbC123xyz", line: 1 } as const;
    const defaults = { ca: "sectigo", codeCa: "sectigo", product: "ccc", accounts: [ACCOUNT] } as const;
    const resolved = resolveOrder({ ...found, host: "evil.example" }, { ...defaults, caAt: () => undefined });
    assert.deepEqual(resolved, { missing: "known-host" });
  });
});

describe("export", () => {
  const BARE = { trackedAt: START, tags: [], certificates: [], paused: false, muted: false } as const;
  const base: Order = { ...order("12345678"), ...BARE };
  const state = { group: "waiting", status: "pending", words: "Being processed", archived: false } as const;
  const orders: Order[] = [
    { ...base, label: '=SUM(1;2) "x", y', tags: ["East", "+West"] },
    { ...base, reference: { kind: "certificateID", value: "99" }, product: "mc" },
    { ...base, reference: { kind: "collectionCode" }, product: "ccc", label: "Code" },
  ];
  const rows = orders.map((each) => ({ order: each, account: ACCOUNT, state }));

  for (const [what, format, form] of [
    ["a table", formatTable, "table"],
    ["JSON", formatList, "json"],
  ] as const) {
    it(`comes back from ${what} as it was`, () => {
      const parsed = parseOrders(format(rows));
      assert.equal(parsed.form, form);
      assert.deepEqual(parsed.problems, []);
      assert.deepEqual(
        parsed.orders.map(({ product, reference, label, tags }) => ({ product, reference, label, tags: tags ?? [] })),
        orders.map(({ product, reference, label, tags }) => ({ product, reference, label, tags })),
      );
    });
  }

  it("quotes the cells of a table that need it", () => {
    const labelled = (label: string) => ({ order: { ...base, label }, account: undefined, state });
    const lines = formatTable(['"a', "a ", " a", "a,b", "a b"].map(labelled)).split("\r\n");
    const labels = ['"""a"', '"a "', '" a"', '"a,b"', "a b"];
    assert.deepEqual(lines, [
      "product,reference,number,label,names,tags,account,state,valid until",
      ...labels.map((label) => `ssl,orderNumber,12345678,${label},,,,Being processed,`),
      "",
    ]);
  });

  it("gives a spreadsheet no formula to run, whatever it takes for the end of a cell", () => {
    const labels = ["=1+1", "a;=1+1", "a;\"=cmd|' /C calc'!A0", "a|-1", "a; ;@x", "a;'=1", "＝1+1", " =1", "';+1"];
    const hostile = labels.map((label, at) => ({ ...order(`777000${at}`), ...BARE, label, tags: ["+a", "b;=c"] }));
    const collected = { at: 0, leaf: "", chain: [], serialNumber: "", subject: "", notBefore: 0, notAfter: 0 };
    const named = { ...base, certificates: [{ ...collected, names: ["a\r\n=1", "\t=1", "b\u2028=1"] }] };
    const table = formatTable([...hostile, named, ...orders].map((each) => ({ order: each, account: ACCOUNT, state })));
    const cells = [
      ...table.split(/[;|\t\r\n\u2028]+/),
      ...[...delimitedRows(table, ",")].flatMap(({ cells }) => cells),
    ];
    for (const cell of cells) assert.doesNotMatch(cell, /^["\s]*[=+\-@＝＋－＠]/u);
    const back = parseOrders(table).orders.slice(0, labels.length);
    assert.deepEqual(
      back.map(({ label }) => label),
      labels.map((label) => label.trim()),
    );
    assert.deepEqual(back[0]?.tags, ["+a", "b", "=c"]);
  });
});
