import assert from "node:assert/strict";
import { JAPANESE } from "../words/japanese";
import { english } from "../../../src/words/localize";
import type { CertificateInFile, FileFacts } from "../../../src/orders/model/certificate-file";
import type { CollectedCertificate, Order } from "../../../src/orders/model/order";
import { takeInventory, type InventoryFile, type ReadFile } from "../../../src/orders/presentation/inventory";
import { inventoryRow, inventorySectionName } from "../../../src/orders/presentation/inventory-row";
import { START } from "./doubles";
import { order } from "./world";

const DAY = 86_400_000;
const LOCALE = { localize: english, language: "en" };

const held = (leaf: string): CollectedCertificate => ({
  ...{ at: START, leaf, chain: [leaf], serialNumber: "01", subject: "CN=a", names: ["a.example"] },
  ...{ notBefore: START, notAfter: START + 90 * DAY },
});

function tracked(number: string, leaves: readonly string[], saved?: { leaf: string; files: readonly string[] }): Order {
  const files = (saved?.files ?? []).map((uri) => ({ uri, part: "fullchain" }));
  return {
    ...{ ...order(number), trackedAt: START, tags: [], paused: false, muted: false, label: `Order ${number}` },
    certificates: leaves.map(held),
    ...(saved !== undefined && { saved: { at: START, leaf: saved.leaf, profile: "nginx", files } }),
  };
}

const certificate = (leaf: string, more: Partial<CertificateInFile> = {}): CertificateInFile => ({
  ...{ kind: "certificate", leaf, name: "a.example", names: ["a.example"], notAfter: START + 10 * DAY },
  ...{ keyIdentity: `key of ${leaf}`, chain: 2, isFirst: true, others: 0, isCa: false, isDamaged: false },
  ...more,
});

/** A certificate whose end cannot be read. */
function endless({ notAfter, ...facts }: CertificateInFile): CertificateInFile {
  assert.ok(notAfter !== undefined);
  return facts;
}

const file = (path: string, facts: FileFacts, keys: readonly string[] = []): ReadFile => ({
  ...{ uri: `file:///w/${path}`, path, facts, keys },
});

/** Each file's heading, what it is to its order, and the menu's words. */
function told(files: readonly ReadFile[], orders: readonly Order[]): string[] {
  return [...takeInventory(files, orders, START)].flatMap(([section, some]) =>
    some.map((each) => `${section} ${each.path}: ${inventoryRow(each, START, LOCALE).context}`),
  );
}

/** What the tooltip of each file says of copies. */
function copiesNamed(files: readonly ReadFile[]): (string | undefined)[] {
  return [...takeInventory(files, [], START).values()].flat().map((each) => {
    const said = inventoryRow(each, START, LOCALE).tooltip.find((line) => line.startsWith("The same certificate: "));
    return said?.slice(said.indexOf(":") + 2);
  });
}

function only(files: readonly ReadFile[], orders: readonly Order[] = []): InventoryFile {
  const [found] = [...takeInventory(files, orders, START).values()].flat();
  assert.ok(found);
  return found;
}

const saved = { leaf: "old", files: ["file:///w/a.pem"] };
const CASES: readonly [what: string, files: readonly ReadFile[], orders: readonly Order[], told: readonly string[]][] =
  [
    [
      "the newest certificate of an order",
      [file("a.pem", certificate("new"))],
      [tracked("1", ["new", "old"])],
      ["valid a.pem: file certificate current order"],
    ],
    [
      "one that Save Again would renew",
      [file("a.pem", certificate("old")), file("b.pem", certificate("old"))],
      [tracked("1", ["new", "old"], saved)],
      ["older a.pem: file certificate older order renewable", "older b.pem: file certificate older order"],
    ],
    [
      "one that an older order and a newer one hold",
      [file("a.pem", certificate("x"))],
      [tracked("1", ["new", "x"]), tracked("2", ["x"]), tracked("3", ["newer", "x"])],
      ["valid a.pem: file certificate current order"],
    ],
    [
      "one that no order holds, though an order saved another one there",
      [file("a.pem", certificate("other"))],
      [tracked("1", ["new", "old"], saved)],
      ["valid a.pem: file certificate orphan"],
    ],
    [
      "a key store, of which only what was saved is known",
      [file("a.pem", { kind: "locked" }), file("b.p12", { kind: "locked" })],
      [tracked("1", ["new", "old"], saved)],
      ["older a.pem: file locked older order renewable", "valid b.p12: file locked none"],
    ],
    [
      "a key store that holds the newest as far as known",
      [file("a.pem", { kind: "locked" })],
      [tracked("1", ["old"], saved)],
      ["valid a.pem: file locked current order"],
    ],
    [
      "certificates of CAs alone, which are orphans of nothing",
      [file("ca.pem", certificate("ca", { isCa: true }))],
      [tracked("1", ["new"])],
      ["authorities ca.pem: file certificate none"],
    ],
    [
      "what has expired, of whomever",
      [
        file("a.pem", certificate("new", { notAfter: START - 1 })),
        file("b.pem", certificate("ca", { isCa: true, notAfter: START - 1 })),
        file("c.pem", certificate("c", { notAfter: START })),
      ],
      [tracked("1", ["new"])],
      [
        "expired a.pem: file certificate current order",
        "expired b.pem: file certificate none",
        "valid c.pem: file certificate orphan",
      ],
    ],
    [
      "what cannot be read, and not what is something else",
      [file("a.pem", { kind: "damaged" }), file("b.pem", { kind: "other" }, ["key of new"])],
      [],
      ["unreadable a.pem: file damaged none"],
    ],
    [
      "those that end first, first",
      [
        file("d.pem", endless(certificate("4"))),
        file("c.pem", certificate("3", { notAfter: START + 3 * DAY })),
        file("b.pem", certificate("2", { notAfter: START + 2 * DAY })),
        file("a.pem", certificate("1", { notAfter: START + 3 * DAY })),
      ],
      [],
      ["b", "a", "c", "d"].map((name) => `valid ${name}.pem: file certificate orphan`),
    ],
  ];

describe("files beside the orders", () => {
  for (const [what, files, orders, expected] of CASES) {
    it(`tells ${what}`, () => assert.deepEqual(told(files, orders), expected));
  }

  it("names the file with the private key: itself, else one beside it, else any", () => {
    const facts = certificate("x");
    const key = ["key of x"];
    const other = { kind: "other" } as const;
    const cases: readonly [keys: readonly ReadFile[], found: string | undefined][] = [
      [[], undefined],
      [[file("tls/a.key", other, ["another"])], undefined],
      [[file("a.key", other, key)], "a.key"],
      [[file("a.key", other, key), file("b.key", other, key)], "a.key"],
      [[file("a.key", other, key), file("tls/deep/a.key", other, key), file("tls/b.key", other, key)], "tls/b.key"],
    ];
    for (const [keys, found] of cases) assert.equal(only([file("tls/a.pem", facts), ...keys]).key, found);
    assert.equal(only([file("tls/a.key", other, key), file("tls/a.pem", facts, key)]).key, "tls/a.pem");
  });

  it("names other files with the same certificate, and not the file itself", () => {
    const files = ["a.pem", "b.pem", "c.pem"].map((name) => file(name, certificate(name === "c.pem" ? "y" : "x")));
    assert.deepEqual(copiesNamed(files), ["b.pem", "a.pem", undefined]);
  });

  it("joins them as the reader's language does", () => {
    const files = ["a.pem", "b.pem", "c.pem"].map((name) => file(name, certificate("x")));
    const [row] = [...takeInventory(files, [], START).values()]
      .flat()
      .map((each) => inventoryRow(each, START, JAPANESE));
    assert.ok(row?.tooltip.includes("The same certificate: b.pem、c.pem"));
    assert.match(row?.label ?? "", /、until .*、The same certificate: b\.pem、c\.pem$/);
  });

  it("names no more than ten of them, whichever the file is", () => {
    const names = Array.from({ length: 13 }, (_, index) => `${String.fromCharCode(97 + index)}.pem`);
    const named = (count: number) => copiesNamed(names.slice(0, count).map((name) => file(name, certificate("x"))));
    const others = (name: string, some: readonly string[]) => some.filter((each) => each !== name);
    assert.deepEqual(
      named(11),
      names.slice(0, 11).map((name) =>
        others(name, names.slice(0, 11))
          .join(", ")
          .replace(/, (?=[^,]*$)/, " and "),
      ),
    );
    assert.deepEqual(
      named(13),
      names.map((name) => `${others(name, names).slice(0, 10).join(", ")} and 2 more`),
    );
  });

  it("does a few steps for each file, however many have the same certificate or key", () => {
    const count = 500;
    let steps = 0;
    const files = Array.from({ length: count }, (_, index): ReadFile => {
      const { uri, path, ...read } = file(`${index}/a.pem`, certificate("x"), index % 2 === 0 ? ["key of x"] : []);
      const counted = (text: string) => ({ enumerable: true, get: () => (steps++, text) });
      return Object.defineProperties({ ...read, uri, path }, { uri: counted(uri), path: counted(path) });
    });
    const iterator = Object.getPrototypeOf([][Symbol.iterator]()) as { next: (this: unknown) => unknown };
    const texts = String.prototype as { startsWith: (this: string, start: string) => boolean };
    const [{ next }, { startsWith }] = [iterator, texts];
    iterator.next = function () {
      steps++;
      return next.call(this);
    };
    texts.startsWith = function (start) {
      steps++;
      return startsWith.call(this, start);
    };
    let found: readonly InventoryFile[];
    try {
      found = takeInventory(files, [], START).get("valid") ?? [];
    } finally {
      Object.assign(iterator, { next });
      Object.assign(texts, { startsWith });
    }
    assert.equal(found.length, count);
    assert.ok(steps > count && steps < 20 * count, String(steps));
    // One list for all.
    assert.equal(new Set(found.map(({ copies }) => copies)).size, 1);
    assert.deepEqual([found[0]?.copies?.count, found[0]?.copies?.first.length], [count, 11]);
  });
});

describe("the row of a file", () => {
  const row = (facts: FileFacts, orders: readonly Order[] = [], more: readonly ReadFile[] = []) =>
    inventoryRow(only([file("tls/a.pem", facts), ...more], orders), START, LOCALE);

  it("says whose it is first, then its end, and what else there is to know", () => {
    const key = file("tls/a.key", { kind: "other" }, ["key of old"]);
    const orders = [tracked("1", ["new", "old"], { leaf: "old", files: ["file:///w/tls/a.pem"] })];
    const twin = file("zz.pem", certificate("old"));
    const { title, description, label, tooltip } = row(certificate("old"), orders, [key, twin]);
    assert.equal(title, "a.example");
    assert.equal(description, "tls/a.pem · Feb 10, 2026 · Order 1 · key found · in 2 files");
    assert.ok(
      label.startsWith(`${title} ${description}, until Feb 10, 2026, The order holds a newer certificate: Save Again`),
    );
    assert.deepEqual(tooltip, [
      "a.example",
      "tls/a.pem",
      "until Feb 10, 2026 (in 10 days)",
      "Order: Order 1, order 1",
      "Chain in the file: 2 certificates",
      "The order holds a newer certificate: Save Again would renew this file.",
      "Private key: tls/a.key",
      "The same certificate: zz.pem",
      "SHA-256 old",
    ]);
  });

  for (const [section, name] of [
    ["older", "Older Than the Order's"],
    ["expired", "Expired Certificates"],
    ["valid", "Certificates"],
    ["authorities", "CA Certificates"],
    ["unreadable", "Not Readable"],
  ] as const) {
    it(`stands below “${name}”`, () => assert.equal(inventorySectionName(section, english), name));
  }

  it("is called by its file where there is nothing else to call it by, and says why", () => {
    const words: readonly [FileFacts["kind"], string][] = [
      ["locked", "key store, opens with its password"],
      ["damaged", "damaged, or not a certificate"],
      ["empty", "empty"],
      ["too-large", "larger than 1 MB, not read"],
      ["not-regular", "not a regular file"],
      ["unreadable", "cannot be opened"],
      ["too-long", "takes too long to read"],
    ];
    for (const [kind, said] of words) {
      const { title, description } = row({ kind } as FileFacts);
      assert.deepEqual([title, description], ["a.pem", `${said} · tls/a.pem`]);
    }
  });

  it("says what is odd about a file", () => {
    const odd = endless(certificate("x", { isFirst: false, others: 2, isDamaged: true, chain: 1 }));
    const { label, tooltip, description } = row(odd);
    assert.equal(description, "end not readable · not tracked · tls/a.pem");
    for (const words of ["does not come first", "Other certificates in the file: 2", "Part of the file is damaged"]) {
      assert.ok(label.includes(words) && tooltip.some((line) => line.includes(words)), words);
    }
  });

  it("tells each kind by the shape of its icon, and not by colour alone", () => {
    const orders = [tracked("1", ["new", "old"])];
    const icons = [
      row(certificate("new"), orders),
      row(certificate("old"), orders),
      row(certificate("x")),
      row(certificate("x", { notAfter: START - 1 })),
      row(certificate("x", { isCa: true })),
      row({ kind: "locked" }),
      row({ kind: "damaged" }),
    ].map(({ icon }) => icon.id);
    assert.equal(new Set(icons).size, icons.length, icons.join(" "));
  });
});
