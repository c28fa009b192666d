import assert from "node:assert/strict";
import path from "node:path";
import type { Issued } from "../../../src/api/result";
import { newSerialNumber, signCertificate } from "../../../src/sandbox/certificate";
import * as extensions from "../../../src/sandbox/extensions";
import { newKeyPair, type KeyPair } from "../../../src/sandbox/keys";
import { distinguishedName } from "../../../src/sandbox/names";
import { DAY, HOUR, MINUTE, settle } from "../orders/doubles";
import { PENDING, refused } from "../orders/world";
import { useFolder, writeForeignLine } from "../storage/folder";
import { Bench, BY_CODE, SHOP } from "./bench";
import { ONE } from "./desk";

const never = new AbortController().signal;

describe("Collector", () => {
  const folder = useFolder();
  let keys: KeyPair;
  let bench: Bench;

  before(async () => {
    keys = await newKeyPair("p-256");
  });
  beforeEach(() => {
    bench = new Bench(folder());
  });
  afterEach(() => bench.close());

  function certificate(subject: string, issuer: string, isCa: boolean, notBefore = Date.now() - DAY): Buffer {
    return Buffer.from(
      signCertificate({
        subject: distinguishedName([["commonName", subject]]),
        issuer: { name: distinguishedName([["commonName", issuer]]), keys },
        keys,
        notBefore,
        notAfter: notBefore + 90 * DAY,
        serialNumber: newSerialNumber(),
        extensions: isCa
          ? [extensions.basicConstraints({ cA: true })]
          : [extensions.subjectAlternativeName({ dnsNames: [subject] })],
      }),
    );
  }

  const issued = (...certificates: Buffer[]): Issued => ({
    kind: "issued",
    certificates,
    container: "pkcs7",
    raw: Buffer.alloc(0),
    detail: { fqdn: "shop.example" },
    notes: [],
  });

  it("tracks an order once, by its number", async () => {
    const id = await bench.track();
    assert.deepEqual(await bench.collector.track(SHOP, ONE.id, { label: "again" }), { id, added: false });
    assert.deepEqual([...bench.collector.orderIds()], [id]);
    assert.equal(bench.collector.facts(id)?.order.label, undefined);
  });

  it("tracks an order once, by its collection code", async () => {
    const first = await bench.collector.track({ ...BY_CODE }, undefined, { collectionCode: "code-1", label: "One" });
    assert.deepEqual(await bench.collector.track({ ...BY_CODE }, undefined, { collectionCode: "code-1" }), {
      id: first.id,
      added: false,
    });
  });

  it("tracks nothing where the keyring does not take the collection code", async () => {
    bench.keyring.store = () => Promise.reject(new Error("locked: code-1"));
    await assert.rejects(bench.collector.track({ ...BY_CODE }, undefined, { collectionCode: "code-1" }), {
      name: "KeyringError",
      message: /secret storage did not answer/,
    });
    assert.deepEqual([...bench.collector.orderIds()], []);
  });

  it("leaves out a label and tags that are empty", async () => {
    const { id } = await bench.collector.track(SHOP, undefined, { label: "", tags: [] });
    const [line] = await bench.collector.history(id);
    assert.deepEqual(
      Object.keys(line?.line ?? {}).filter((key) => key === "label" || key === "tags"),
      [],
    );
  });

  it("knows nothing of an order that is not tracked", () => {
    assert.equal(bench.collector.facts("sectigo~ssl~order~1"), undefined);
    assert.equal(bench.collector.collected("sectigo~ssl~order~1"), undefined);
  });

  it("checks for a person with the account's password, and says what came to log and telemetry without it", async () => {
    const id = await bench.track();
    const told: string[] = [];
    bench.collector.onDidAsk((order) => told.push(order));
    const result = await bench.collector.check(id, never);
    assert.equal(result.kind, "answered");
    assert.deepEqual(
      bench.calls.map(({ secrets }) => secrets),
      [{ password: "hunter2-secret" }],
    );
    assert.equal(bench.status(id), "pending");
    assert.deepEqual(bench.sent, [["asked", { product: "ssl", outcome: "pending", code: "" }]]);
    assert.deepEqual(bench.logged, [JSON.stringify(["Asked: pending", { order: id }])]);
    assert.doesNotMatch(JSON.stringify([bench.logged, bench.sent]), /hunter2/);
    // A person's check is returned to whoever asked for it.
    assert.deepEqual(told, []);
  });

  it("sends the form that a person chose, and says what came of it as of any check", async () => {
    const id = await bench.track();
    await bench.collector.checkAs(id, { responseType: "2" }, never);
    assert.equal(bench.sent.length, 1);
    assert.deepEqual(
      bench.calls.map(({ form }) => form),
      [{ responseType: "2" }],
    );
  });

  it("tells each answer to a check of the schedule", async () => {
    const id = await bench.track();
    const told = bench.nextAsked();
    await bench.collector.start();
    assert.equal(await bench.hoursUntil(told), `${id}: answered`);
  });

  it("wants a sign-in where this window has no password, until one is entered", async () => {
    const id = await bench.track(null);
    const learnt: string[] = [];
    bench.collector.onDidLearn((concerned) => learnt.push(concerned));
    const result = await bench.collector.check(id, never);
    assert.deepEqual(result, { kind: "no-secret", missing: "password" });
    assert.equal(bench.status(id), "sign-in");
    await bench.collector.accounts.set(ONE, { text: "hunter2-secret", keep: true });
    assert.equal(bench.status(id), "unchecked");
    assert.deepEqual(learnt, ["sectigo/alice", "sectigo/alice"]);
    assert.deepEqual(bench.calls, []);
  });

  it("asks what is due when a setting allows it", async () => {
    await bench.track();
    bench.background = "off";
    await bench.collector.start();
    await bench.clock.advance(MINUTE);
    assert.deepEqual(bench.calls, []);
    const told = bench.nextAsked();
    bench.background = "everything";
    bench.settings.fire();
    assert.match(await told, /answered$/);
  });

  it("asks what is due when the sandbox comes, which has secrets of its own", async () => {
    await bench.track();
    const get = bench.keyring.get.bind(bench.keyring);
    bench.keyring.get = () => Promise.resolve(undefined);
    const missing = bench.nextAsked();
    await bench.collector.start();
    assert.match(await missing, /no-secret$/);
    bench.keyring.get = get;
    const told = bench.nextAsked();
    bench.sandbox.fire();
    assert.match(await told, /answered$/);
  });

  it("asks what is due when a password is entered", async () => {
    const id = await bench.track(null);
    const missing = bench.nextAsked();
    await bench.collector.start();
    assert.equal(await missing, `${id}: no-secret`);
    const told = bench.nextAsked();
    await bench.collector.accounts.set(ONE, { text: "hunter2-secret", keep: true });
    assert.equal(await told, `${id}: answered`);
  });

  it("wants a collection code where this window has none, until one is entered", async () => {
    const { id } = await bench.collector.track({ ...BY_CODE }, undefined);
    assert.deepEqual(await bench.collector.check(id, never), { kind: "no-secret", missing: "collection-code" });
    assert.equal(bench.status(id), "sign-in");
    await bench.collector.enterCode(id, "code-1");
    assert.equal(bench.status(id), "unchecked");
  });

  it("asks what is due when a collection code is entered", async () => {
    const { id } = await bench.collector.track({ ...BY_CODE }, undefined);
    const missing = bench.nextAsked();
    await bench.collector.start();
    assert.equal(await missing, `${id}: no-secret`);
    const told = bench.nextAsked();
    await bench.collector.enterCode(id, "code-1");
    // At once: no time passes.
    assert.equal(await told, `${id}: answered`);
  });

  it("keeps that a person agreed to an early check", async () => {
    const id = await bench.track();
    await bench.collector.agree(id);
    assert.ok((bench.collector.facts(id)?.order.agreedAt ?? 0) > 0);
  });

  it("tells nobody of checks who stopped listening", async () => {
    await bench.track();
    const told: string[] = [];
    bench.collector.onDidAsk((order) => told.push(order)).dispose();
    const other = bench.nextAsked();
    await bench.collector.start();
    await other;
    assert.deepEqual(told, []);
  });

  it("tells of lines of the journal that it cannot read, in the log and at their order", async () => {
    const id = await bench.track();
    assert.equal(bench.collector.facts(id)?.aside, undefined);
    await writeForeignLine(path.join(folder(), "orders"), "20260131", { v: 2, type: "will-be", id });
    await bench.collector.book.refresh();
    assert.equal(bench.collector.facts(id)?.aside, 1);
    assert.match(bench.logged.join(), /could not be read.*"later":1/);
  });

  it("notes a refused sign-in with the account's password, and asks no more", async () => {
    const id = await bench.track();
    bench.answer = refused(-16, "sign-in");
    await bench.collector.check(id, never);
    assert.equal(bench.status(id), "frozen");
    await settle();
    assert.ok(bench.collector.secrets.wasRefused(ONE, "hunter2-secret"));
    assert.equal((await bench.collector.check(id, never)).kind === "answered", false);
    assert.equal(bench.calls.length, 1);
    assert.match(bench.logged[0] ?? "", /Asked: refused.*"code":"-16"/);
  });

  it("asks by itself once another collection code is entered for one that the CA refused", async () => {
    const { id } = await bench.collector.track({ ...BY_CODE }, undefined, { collectionCode: "code-1" });
    bench.answer = refused(-32, "code");
    await bench.collector.check(id, never);
    assert.equal(bench.status(id), "code-refused");
    bench.answer = PENDING;
    await bench.collector.start();
    await bench.clock.advance(HOUR);
    const told = bench.nextAsked();
    await bench.collector.enterCode(id, "code-9");
    assert.equal(await bench.hoursUntil(told), `${id}: answered`);
    // Hours may pass while files are written, and with them more checks.
    const codes = new Set(bench.calls.map(({ secrets }) => secrets.collectionCode));
    assert.deepEqual([...codes], ["code-1", "code-9"]);
    assert.equal(bench.status(id), "pending");
  });

  it("keeps what was collected: the newest, the one before, their chains and documents", async () => {
    const [root, leaf] = [certificate("Root", "Root", true), certificate("shop.example", "Root", false)];
    const renewed = certificate("shop.example", "Root", false, Date.now() + 29 * DAY);
    const id = await bench.track();
    bench.answer = issued(root, leaf);
    await bench.collector.check(id, never);
    const first = bench.collector.collected(id) ?? assert.fail();
    assert.equal(bench.collector.before(id, first), undefined);
    bench.answer = issued(root, renewed);
    await bench.clock.advance(30 * DAY);
    await bench.collector.agree(id);
    await bench.collector.checkAs(id, {}, never);

    const newest = bench.collector.collected(id) ?? assert.fail();
    assert.notEqual(newest.leaf, first.leaf);
    assert.deepEqual(bench.collector.before(id, newest), first);
    assert.equal(bench.collector.before(id, { ...newest, leaf: "0".repeat(64) }), undefined);
    assert.deepEqual(bench.collector.collected(id, first.serialNumber), first);
    assert.equal(bench.collector.collected(id, "00"), undefined);
    assert.deepEqual(
      (await bench.collector.chain(newest)).map((der) => Buffer.from(der)),
      [renewed, root],
    );

    const text = async (
      name: "fullchain.pem" | "changes.txt",
      { serialNumber } = newest,
    ): Promise<string | undefined> => {
      const bytes = await bench.collector.document({ order: id, serialNumber, name });
      return bytes && Buffer.from(bytes).toString();
    };
    assert.equal((await text("fullchain.pem"))?.match(/BEGIN CERTIFICATE/g)?.length, 2);
    assert.match((await text("changes.txt")) ?? "", /^# /);
    assert.equal(await text("changes.txt", first), undefined);
    assert.equal(await bench.collector.document({ order: id, serialNumber: "00", name: "fullchain.pem" }), undefined);
  });

  it("counts an opened certificate as seen", async () => {
    const id = await bench.track();
    bench.answer = issued(certificate("Root", "Root", true), certificate("shop.example", "Root", false));
    await bench.collector.check(id, never);
    const status = bench.status(id);
    await bench.collector.opened(id);
    assert.notEqual(bench.status(id), status);
  });

  it("tells of twins: one order that is tracked under two numbers", async () => {
    const id = await bench.track();
    const other = await bench.collector.track({ ...SHOP, reference: { kind: "certificateID", value: "99" } }, ONE.id);
    bench.answer = issued(certificate("Root", "Root", true), certificate("shop.example", "Root", false));
    await bench.collector.check(id, never);
    await bench.clock.advance(HOUR);
    await bench.collector.check(other.id, never);
    assert.deepEqual(
      [id, other.id].map((each) => bench.collector.facts(each)?.twins?.map((twin) => twin.id)),
      [[other.id], [id]],
    );
  });

  it("has no timer left when it ends", async () => {
    await bench.track();
    await bench.collector.start();
    assert.ok(bench.clock.pending > 0);
    bench.collector.dispose();
    await settle();
    assert.equal(bench.clock.pending, 0);
  });
});
