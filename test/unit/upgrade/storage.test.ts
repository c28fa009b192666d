import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { decodeCertificate } from "../../../src/certificates/x509/certificate";
import { jitterOf, nextCheck } from "../../../src/orders/checking/schedule";
import { formatEvidence } from "../../../src/orders/export/evidence";
import { Book } from "../../../src/orders/journal/book";
import type { OrderEvent } from "../../../src/orders/journal/events";
import type { Order } from "../../../src/orders/model/order";
import { stateOf } from "../../../src/orders/presentation/state";
import { openStorage, type Storage } from "../../../src/storage/storage";
import { JOURNAL_FOLDER } from "../../../src/storage/storage-exists";
import { useFolder } from "../storage/folder";
import { former, openWritten, WRITTEN, written } from "./written";

/** How each order stands for this version, by its name in the fixture; those without one are the sandbox's samples. */
const STATES: Readonly<Record<string, readonly [status: string, group: string]>> = {
  // Opened in 0.1.0, and saved.
  saved: ["saved", "done"],
  renewed: ["saved", "done"],
  // Watched for another certificate: this one is here, and the row says so (0.1.0 said that it waits).
  unopened: ["new", "ready"],
  soon: ["new", "ready"],
  replaced: ["new", "ready"],
  archived: ["new", "ready"],
  pac: ["new", "ready"],
  mark: ["new", "ready"],
  available: ["ready-to-collect", "ready"],
  waiting: ["step", "needs-you"],
  domains: ["step", "needs-you"],
  paused: ["step", "needs-you"],
  muted: ["step", "needs-you"],
  look: ["step", "needs-you"],
  unpaid: ["awaiting-payment", "needs-you"],
  frozen: ["frozen", "needs-you"],
  smime: ["pending", "waiting"],
  ccc: ["pending", "waiting"],
  code: ["pending", "waiting"],
  byCertificate: ["pending", "waiting"],
  never: ["unchecked", "waiting"],
  // An outage hides nothing: the login has the failure, which 0.1.0 showed as trouble of the order.
  failed: ["unchecked", "waiting"],
  rejected: ["refused", "trouble"],
  revoked: ["revoked", "trouble"],
  markFails: ["failed", "trouble"],
};

/** What a person decided or noted about an order, in version 0.1.0. */
const DECIDED: readonly [name: string, kept: Partial<Order>][] = [
  ["saved", { label: "Shop – Ärger & Söhne", tags: ["Customer A", "nginx"] }],
  ["mark", { label: "Mark 商標", tags: ["Customer C"] }],
  ["pac", { tags: ["Customer C"] }],
  ["archived", { label: "Archived", archived: true }],
  ["muted", { muted: true, tags: ["Customer B"] }],
  ["paused", { paused: true }],
  ["smime", { archived: false, muted: false, paused: false }],
];

const TYPES = new Set<OrderEvent["type"]>([
  ...(["tracked", "forgotten", "restored", "renamed", "tagged", "asked", "answered", "collected", "opened"] as const),
  ...(["saved", "warned", "watched", "look-armed", "agreed", "code-entered", "paused", "resumed"] as const),
  ...(["archived", "unarchived", "muted", "unmuted"] as const),
]);

describe("the storage of version 0.1.0", () => {
  const folder = useFolder();
  const before = former();

  async function open(): Promise<{ book: Book; aside: unknown[]; storage: Storage }> {
    const storage = await openWritten(folder());
    return { storage, ...(await read(storage)) };
  }

  async function read(storage: Storage): Promise<{ book: Book; aside: unknown[] }> {
    const aside: unknown[] = [];
    const book = new Book(storage.journal, (lines) => aside.push(...lines));
    await book.refresh();
    return { book, aside };
  }

  it("is read whole: each order with all that was known of it, accounts and logins", async () => {
    const { book, aside, storage } = await open();
    assert.deepEqual(aside, []);
    const found = [...book.orders()].map(({ id }) => id).sort();
    assert.deepEqual(found, before.book.orders.map(({ id }) => id).sort());
    for (const order of before.book.orders) {
      const today = book.get(order.id);
      assert.deepEqual(today && asFormer(today, order), order, order.id);
    }
    assert.deepEqual(book.accounts(), before.book.accounts);
    assert.equal(book.paused, before.book.paused);
    for (const login of before.logins) assert.deepEqual(common(book.login(login.key), login), login);
    await storage.close();
  });

  it("shows each order as it stands", async () => {
    const { book, storage } = await open();
    const names = new Map(Object.entries(before.names).map(([name, id]) => [id, name]));
    const shown = [...book.orders()].map((order) => {
      const circumstances = book.circumstances(order, "everything");
      const check = nextCheck(order, circumstances, before.madeAt, jitterOf(order));
      const { status, group, archived } = stateOf(order, circumstances, check, { secretMissing: false }, before.madeAt);
      assert.equal(archived, names.get(order.id) === "archived");
      return [names.get(order.id) ?? order.id, [status, group]] as const;
    });
    const samples = ["ssl~order~1000001", "smime~order~2000001", "ccc~order~3000001", "pac~order~4000001"];
    const expected = [
      ...[...samples, "mc~order~5000001"].map((sample) => [`sandbox~${sample}`, ["new", "ready"]] as const),
      ...Object.entries(STATES),
    ];
    assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(expected));
    await storage.close();
  });

  it("keeps what a person decided", async () => {
    const { book, storage } = await open();
    for (const [name, kept] of DECIDED) {
      const order = book.get(before.names[name] ?? "");
      assert.deepEqual(order && common(order, kept), kept, name);
    }
    assert.equal(book.get(before.names.forgotten ?? ""), undefined);
    const renewed = book.get(before.names.renewed ?? "");
    assert.equal(renewed?.certificates.length, 2);
    assert.equal(renewed.saved?.files.length, 1);
    assert.ok((renewed.openedAt ?? 0) > 0);
    const warned = [...book.orders()].flatMap((order) => order.warned ?? []);
    assert.ok(warned.length > 0);
    await storage.close();
  });

  it("gives each event of each order, whole and in a chain of hashes, also as evidence", async () => {
    const { book, storage } = await open();
    const segment = await onlySegment(path.join(WRITTEN, "globalStorage"));
    const lines = segment.trimEnd().split("\n");
    const types = new Set<string>();
    for (const id of [...before.book.orders.map((order) => order.id), before.names.forgotten ?? ""]) {
      const history = await storage.journal.history(id);
      const own = lines.filter((line) => (JSON.parse(line) as { id?: string }).id === id);
      assert.deepEqual([history.length, history.filter(({ chained }) => chained).length], [own.length, own.length], id);
      for (const line of own) types.add((JSON.parse(line) as { type: string }).type);
    }
    assert.deepEqual([...types].sort(), [...TYPES].sort());

    const textsOf = (evidence: string): unknown[] =>
      evidence
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { text?: string }).text);
    const renewed = book.get(before.names.renewed ?? "");
    assert.ok(renewed);
    const evidence = formatEvidence(renewed, await storage.journal.history(renewed.id), before.madeAt);
    assert.deepEqual(textsOf(evidence), textsOf(written("exported/evidence.jsonl")));
    await storage.close();
  });

  it("has each certificate, under its hash", async () => {
    const { storage } = await open();
    const files = new Set(await readdir(path.join(folder(), "certificates")));
    for (const { held } of before.book.orders) {
      for (const { leaf, chain, serialNumber } of held) {
        const certificates = await Promise.all(chain.map((name) => storage.blobs.get(name)));
        for (const name of chain) files.delete(`${name}.der`);
        const [first] = certificates;
        assert.ok(first);
        assert.equal(createHash("sha256").update(first).digest("hex"), leaf);
        assert.equal(decodeCertificate(first).serialNumber.hex.toUpperCase(), serialNumber);
      }
    }
    assert.deepEqual([...files], []);
    await storage.close();
  });

  it("stays readable after this version has written to it and tidied it, and its own file stays as it is", async () => {
    const { book, storage } = await open();
    const segment = await onlySegment(folder());
    const [muted, waiting] = [before.names.muted ?? "", before.names.waiting ?? ""];
    await book.record([
      { type: "unmuted", id: muted },
      { type: "renamed", id: waiting, label: "Written by this version" },
      { type: "opened", id: before.names.mark ?? "" },
    ]);
    const after = [...book.orders()];
    await storage.close();
    const names = await readdir(path.join(folder(), JOURNAL_FOLDER));
    assert.equal(names.length, 2);
    const [former = ""] = await readdir(path.join(WRITTEN, "globalStorage", JOURNAL_FOLDER));
    assert.equal(await readFile(path.join(folder(), JOURNAL_FOLDER, former), "utf8"), segment);

    const again = openStorage(folder());
    const reread = await read(again);
    assert.deepEqual(reread.aside, []);
    assert.deepEqual(byId([...reread.book.orders()]), byId(after));
    assert.equal(reread.book.get(waiting)?.label, "Written by this version");
    assert.equal(reread.book.get(muted)?.muted, false);
    await again.compact();
    await again.close();

    const last = openStorage(folder());
    const tidied = await read(last);
    assert.deepEqual(tidied.aside, []);
    assert.deepEqual(byId([...tidied.book.orders()]), byId(after));
    const history = await last.journal.history(waiting);
    assert.ok(history.length > 0 && history.every(({ chained }) => chained));
    await last.close();
  });
});

function byId(orders: readonly Order[]): ReadonlyMap<string, Order> {
  return new Map(orders.map((order) => [order.id, order]));
}

async function onlySegment(storage: string): Promise<string> {
  const [name, ...others] = await readdir(path.join(storage, JOURNAL_FOLDER));
  assert.ok(name !== undefined && others.length === 0);
  return readFile(path.join(storage, JOURNAL_FOLDER, name), "utf8");
}

/** The fields of `today` that `named` has too, at any depth. */
function common(today: object, named: object): object {
  const fields = new Map<string, unknown>(Object.entries(named));
  return Object.fromEntries(
    Object.entries(today).flatMap(([name, value]: [string, unknown]) => {
      if (!fields.has(name)) return [];
      const other = fields.get(name);
      const isInner = isPlain(value) && isPlain(other);
      return [[name, isInner ? common(value, other) : value] as const];
    }),
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An order in the names of version 0.1.0, without what that did not know. */
function asFormer({ certificates, ...rest }: Order, names: object): object {
  return { ...Object.fromEntries(Object.entries(rest).filter(([name]) => name in names)), held: certificates };
}
