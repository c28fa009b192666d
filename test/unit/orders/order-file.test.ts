import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { PRODUCTS } from "../../../src/api/product";
import { jsonPlaces } from "../../../src/orders/import/json-places";
import { FILE_PROFILES, ORDER_FILE_LIMITS, readOrderFile, type OrderFile } from "../../../src/orders/import/order-file";
import { check, type Schema } from "./schema-check";

const good = { product: "ssl", orderNumber: "12345678" };
const saved = (files: unknown, profile: unknown = "plain") => ({ ...good, save: { profile, files } });
const fileOf = (...orders: unknown[]) => JSON.stringify({ version: 1, orders }, null, 2);

/** What is wrong, each with the text it stands at. */
const faults = (text: string, { problems } = readOrderFile(text)): (readonly [kind: string, text: string])[] =>
  problems.map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe("order file", () => {
  it("reads orders, and says where each stands", () => {
    const text = fileOf(
      { ...good, label: 'a "b" {', tags: ["East"], save: { profile: "nginx", files: { fullchain: "tls/site.pem" } } },
      { product: "mc", certificateID: "99" },
    );
    const { orders, problems } = readOrderFile(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      orders.map(({ start, end, number, ...order }) => {
        assert.equal(text.slice(number.start, number.end), JSON.stringify(order.reference.value));
        assert.equal((JSON.parse(text.slice(start, end)) as { product: string }).product, order.product);
        return order;
      }),
      [
        {
          product: "ssl",
          reference: { kind: "orderNumber", value: "12345678" },
          label: 'a "b" {',
          tags: ["East"],
          save: { profile: "nginx", files: { fullchain: "tls/site.pem" } },
        },
        { product: "mc", reference: { kind: "certificateID", value: "99" }, tags: [] },
      ],
    );
  });

  it("reads what runs after saving, and which servers serve it", () => {
    const after = { task: "reload nginx" };
    const text = fileOf({ ...good, after, hosts: ["a.example", "smtp://mail.example:587"] }, { ...good, hosts: [] });
    const [order] = readOrderFile(text).orders;
    assert.deepEqual(order?.after, after);
    assert.deepEqual(order.hosts, [
      { host: "a.example", port: 443, protocol: "tls" },
      { host: "mail.example", port: 587, protocol: "smtp" },
    ]);
  });

  it("says which of the hosts is not a server", () => {
    const text = fileOf({ ...good, hosts: ["a.example", "file:///etc/passwd"] });
    assert.deepEqual(faults(text), [["meaning", '"file:///etc/passwd"']]);
    assert.deepEqual(readOrderFile(text).orders, []);
  });

  /** Each with the text that its problem stands at, where that is not the whole order. */
  const bad: [what: string, item: unknown, at?: string][] = [
    ["no object", 7],
    ["an array", [good]],
    ["no product", { orderNumber: "1" }],
    ["an unknown product", { ...good, product: "tls" }, '"tls"'],
    ["no number", { product: "ssl" }],
    ["two numbers", { ...good, certificateID: "1" }],
    ["a number that is none", { ...good, orderNumber: "../1" }, '"../1"'],
    ["a number that is no text", { ...good, orderNumber: 12345678 }, "12345678"],
    ["an account", { ...good, account: "alice" }, '"account"'],
    ["an endpoint", { ...good, host: "evil.example" }, '"host"'],
    ["no label but null", { ...good, label: null }, "null"],
    ["too long a label", { ...good, label: "x".repeat(ORDER_FILE_LIMITS.text + 1) }, `"${"x".repeat(201)}"`],
    ["a label of letters that turn round", { ...good, label: "a\u202eb" }, '"a\u202eb"'],
    ["an empty label", { ...good, label: "" }, '""'],
    ["a task with a command line", { ...good, after: { task: "a", command: "rm -rf /" } }, '"command"'],
    ["a task without a name", { ...good, after: {} }, "{}"],
    ["a task's name that is a number", { ...good, after: { task: 7 } }, "7"],
    ["hosts that are a text", { ...good, hosts: "a.example" }, '"a.example"'],
    ["hosts that are numbers", { ...good, hosts: [7] }, "[\n        7\n      ]"],
    ["tags that are no texts", { ...good, tags: [1] }],
    ["too many tags", { ...good, tags: Array.from({ length: ORDER_FILE_LIMITS.tags + 1 }, String) }],
    ["a target without files", saved({})],
    ["a target that is none", { ...good, save: [] }],
    ["a target with more in it", { ...good, save: { profile: "plain", files: { chain: "b" }, mode: "x" } }, '"mode"'],
    ["a profile with the private key inside", saved({ fullchain: "a" }, "haproxy"), '"haproxy"'],
    ["a profile that objects have", saved({ fullchain: "a" }, "constructor"), '"constructor"'],
    ["the private key as a file", saved({ key: "a.key" }), '"key"'],
    ["a path that is no text", saved({ chain: 1 })],
  ];
  for (const path of [
    "/etc/passwd",
    "../x",
    "a/../../x",
    "C:/x",
    "c:\\x.pem",
    "C:x.pem",
    "\\\\server\\share\\x.pem",
    "//server/share/x.pem",
    "\\\\?\\C:\\x.pem",
    "a\\b",
    "file:x",
    "a//b",
    "",
    ".",
    "a.",
    "a /b",
    "b/",
  ])
    bad.push([`the path ${JSON.stringify(path)}`, saved({ fullchain: path }), JSON.stringify(path)]);
  for (const path of ["a\u0000b", "a\u200b/b", "x".repeat(201)])
    bad.push([`the path ${JSON.stringify(path).slice(0, 20)}`, saved({ fullchain: path }), JSON.stringify(path)]);
  for (const [what, item, at] of bad) {
    it(`refuses an order with ${what}, and takes the others`, () => {
      const text = fileOf(good, item, { ...good, orderNumber: "9" });
      const { orders, problems } = readOrderFile(text);
      assert.equal(orders.length, 2);
      assert.deepEqual(
        problems.map(({ kind }) => kind),
        ["form"],
      );
      const [problem] = problems;
      const found = text.slice(problem?.start, problem?.end);
      if (at !== undefined) assert.equal(found, at);
      else assert.notEqual(found, text);
    });
  }

  /** What no schema says. */
  const meant: [what: string, items: unknown[], at: string][] = [
    ["the same order twice", [good, { ...good, label: "again" }], '"12345678"'],
    ["two parts in one file", [saved({ chain: "a/b.pem", fullchain: "A/B.pem" })], '"A/B.pem"'],
    ["a part that the profile has not", [saved({ chain: "a.pem", fullchain: "b.pem" }, "nginx")], '"chain"'],
  ];
  for (const path of [
    ".git/hooks/x",
    "a/.GIT/x",
    "GIT~1/x",
    ".vscode/tasks.json",
    "nul",
    "a/COM1.pem",
    "Aux.txt",
    "com¹",
    "a/lpt³.x",
    "conin$",
    "CONOUT$.pem",
    "nul .pem",
  ])
    meant.push([`the path ${path}`, [saved({ fullchain: path })], JSON.stringify(path)]);
  for (const [what, items, at] of meant) {
    it(`refuses ${what}, where the schema says nothing`, () => {
      const text = fileOf(...items, { ...good, orderNumber: "9" });
      assert.deepEqual(faults(text), [["meaning", at]]);
      assert.equal(readOrderFile(text).orders.length, items.length);
    });
  }

  it("points out what is named like a secret, wherever it stands", () => {
    const text = JSON.stringify({
      version: 1,
      loginPassword: "x",
      orders: [
        { ...good, collectionCode: "AbC123" },
        { ...good, orderNumber: "2", save: { profile: "plain", files: { chain: "a", "private-key": "b" }, Token: 1 } },
        { product: "ssl", extra: { api_key: 1 } },
      ],
    });
    const found = faults(text).filter(([kind]) => kind === "secret");
    assert.deepEqual(
      found.map(([, at]) => at),
      ['"loginPassword"', '"collectionCode"', '"private-key"', '"Token"', '"api_key"'],
    );
    assert.deepEqual(readOrderFile(text).orders, []);
  });

  it("does not take ordinary names for secrets", () => {
    const text = fileOf({ ...good, label: "password reset", tags: ["token"] }, { ...good, orderNumber: "2", keys: 1 });
    assert.deepEqual(faults(text), [["form", '"keys"']]);
  });

  for (const [what, text] of [
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a later version", '{"version":2,"orders":[]}'],
    ["no orders", '{"version":1}'],
    ["too long a text", " ".repeat(ORDER_FILE_LIMITS.characters + 1)],
  ] as const) {
    it(`says one thing of a file that is ${what}`, () => {
      const { orders, problems } = readOrderFile(text);
      assert.deepEqual([orders.length, problems.length], [0, 1]);
    });
  }

  it("takes so many orders and no more, says so many problems and no more, and takes the last of two lists", () => {
    const list = Array.from({ length: ORDER_FILE_LIMITS.orders + 1 }, (_, index) => ({
      ...good,
      orderNumber: String(index),
    }));
    const many = readOrderFile(fileOf(...list));
    assert.deepEqual([many.orders.length, many.problems.length], [ORDER_FILE_LIMITS.orders, 1]);
    const wrong = readOrderFile(fileOf(...list.map(() => ({}))));
    assert.deepEqual([wrong.orders.length, wrong.problems.length], [0, ORDER_FILE_LIMITS.problems]);
    const text = `{"orders":[{"product":"mc","orderNumber":"1"}],"version":1,"orders":[ {"product":"ssl","orderNumber":"2"} ]}`;
    const [order] = readOrderFile(text).orders;
    assert.equal(text.slice(order?.start, order?.end), '{"product":"ssl","orderNumber":"2"}');
  });

  it("finds places in any JSON, at any depth", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 8 }), { maxLength: 5 }), fc.nat(4), (items, indent) => {
        const text = JSON.stringify({ version: 1, orders: [...items, good] }, null, indent);
        const { orders, problems } = readOrderFile(text);
        const [order] = orders;
        assert.deepEqual(JSON.parse(text.slice(order?.start, order?.end)), good);
        // Each item that is no order has a problem inside its place.
        const wrong = items.filter((item) => JSON.stringify(item) !== JSON.stringify(good));
        assert.ok(problems.length >= wrong.length);
      }),
    );
  });

  it("says so many things and no more of a file of secrets and of unknown names, and tells the places of 5000 items", () => {
    const many = (name: string) =>
      Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`${name}${index}`, 1]));
    for (const name of ["password", "other"]) {
      const { problems } = readOrderFile(JSON.stringify({ version: 1, orders: [], ...many(name) }));
      assert.equal(problems.length, ORDER_FILE_LIMITS.problems);
    }
    const items = Array.from({ length: 6000 }, (_, index) => index);
    const { children } = jsonPlaces(JSON.stringify([items, { ...items }, 7]), 2);
    assert.deepEqual(
      [...children.values()].map((value) => value.children.size),
      [5000, 5000, 0],
    );
    // What comes behind a long list has its place nevertheless.
    const text = JSON.stringify([items, 7]);
    const last = jsonPlaces(text, 1).children.get("1");
    assert.equal(text.slice(last?.start, last?.end), "7");
  });

  it("reads deep nesting in time and space", () => {
    const depth = 200_000;
    const text = `{"version":1,"orders":[${"[".repeat(depth)}${"]".repeat(depth)},${JSON.stringify(good)}]}`;
    const { orders, problems } = readOrderFile(text);
    assert.deepEqual([orders.length, problems.length], [1, 1]);
    assert.equal(text.slice(orders[0]?.start, orders[0]?.end), JSON.stringify(good));
  });
});

describe("order file and its schema", () => {
  const schema = JSON.parse(readFileSync("media/certificate-collector.schema.json", "utf8")) as Schema;
  const sayTheSame = (value: unknown): void => {
    const read = readOrderFile(JSON.stringify(value));
    assert.equal(check(schema, value), isWellFormed(read), JSON.stringify([value, read.problems]));
  };
  const isWellFormed = ({ problems }: OrderFile): boolean => problems.every(({ kind }) => kind === "meaning");

  it("say the same of texts, paths, numbers and names", () => {
    const texts = [
      "a",
      "",
      "a\u0000",
      "\u202e",
      "ä🙂",
      "🙂".repeat(200),
      "🙂".repeat(201),
      "x".repeat(129),
      "a/b",
      "a/../b",
      "..",
      "/a",
      "a//b",
      "a/",
      "a\\b",
      "a. ",
      ".a",
      "...a",
      "a:b",
      "nginx",
      "tls",
      "ssl",
      null,
      1,
      {},
      [],
    ];
    for (const value of texts) {
      for (const name of ["label", "orderNumber", "certificateID", "product", "save", "tags", "other", "__proto__"])
        sayTheSame({ version: 1, orders: [JSON.parse(`{"product":"ssl","${name}":${JSON.stringify(value)}}`)] });
      sayTheSame({ version: 1, orders: [{ ...good, label: value, tags: [value] }] });
      for (const part of ["certificate", "chain", "fullchain", "key"]) {
        sayTheSame({ version: 1, orders: [saved({ [part]: value })] });
        sayTheSame({ version: 1, orders: [saved({ chain: "a", [part]: value }, value)] });
      }
      for (const name of ["version", "orders", "$schema", "x"]) sayTheSame({ version: 1, orders: [], [name]: value });
      sayTheSame(value);
    }
    for (const profile of Object.keys(FILE_PROFILES))
      sayTheSame({ version: 1, orders: [saved({ chain: "a" }, profile)] });
    for (const product of PRODUCTS) sayTheSame({ version: 1, orders: [{ ...good, product }] });
    for (const count of [20, 21]) sayTheSame({ version: 1, orders: [{ ...good, tags: Array(count).fill("a") }] });
    for (const count of [1000, 1001]) {
      const orders = Array.from({ length: count }, (_, index) => ({ ...good, orderNumber: String(index) }));
      sayTheSame({ version: 1, orders });
    }
  });

  it("say the same of whatever somebody types", () => {
    const text = fc.oneof(
      fc.constantFrom("a", "a/b", "../a", "", "12345", "a.", "\u200b"),
      fc.string({ maxLength: 8 }),
    );
    const files = fc.dictionary(fc.constantFrom("certificate", "chain", "fullchain", "key"), text, { maxKeys: 3 });
    const save = fc.record(
      { profile: fc.constantFrom("plain", "nginx", "tomcat", "iis"), files: fc.oneof(files, text), more: text },
      { requiredKeys: [] },
    );
    const order = fc.record(
      {
        product: fc.constantFrom("ssl", "mc", "tls"),
        orderNumber: text,
        baseOrderNumber: text,
        label: text,
        tags: fc.oneof(fc.array(text, { maxLength: 3 }), text),
        save: fc.oneof(save, text),
        account: text,
      },
      { requiredKeys: ["product"] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(order, fc.jsonValue({ maxDepth: 2 })), { maxLength: 3 }), (orders) => {
        sayTheSame({ version: 1, orders });
      }),
      { numRuns: 1000 },
    );
  });

  it("lists snippets that are good orders", () => {
    const plain = (body: unknown): unknown => JSON.parse(JSON.stringify(body).replace(/\$\{\d:([^}]*)\}/g, "$1"));
    const { defaultSnippets: whole, definitions } = schema as unknown as Snippets;
    for (const { body } of whole) assert.deepEqual(readOrderFile(JSON.stringify(plain(body))).problems, []);
    for (const { body } of definitions.order.defaultSnippets)
      assert.deepEqual(readOrderFile(fileOf(plain(body))).problems, []);
  });
});

interface Snippets {
  readonly defaultSnippets: readonly { readonly body: unknown }[];
  readonly definitions: { readonly order: { readonly defaultSnippets: readonly { readonly body: unknown }[] } };
}
