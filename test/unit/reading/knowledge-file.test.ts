import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { keptRenewals, knownAuthorities, useKnowledgeOf } from "../../../src/certificates/knowledge/in-use";
import { readRenewed } from "../../../src/certificates/knowledge/renewed";
import { pemText } from "../../../src/certificates/pem-text";
import { analyze } from "../../../src/reading/analysis";
import { knowledgeState, readKnowledgeFile, type KnowledgeOffer } from "../../../src/reading/knowledge-file";
import { KeptKnowledge } from "../../../src/storage/kept-knowledge";
import { logListJson } from "../certificates/transparency/log-list-json";
import { issuerDer, leafWith, NOW, ownLog } from "../certificates/transparency/own-logs";
import { useFolder } from "../storage/folder";
import { inEnglish } from "../../../src/words/localize";

const SHIPPED = "2026-11-20";
const LATER = Date.UTC(2026, 10, 27);

describe("renewed knowledge", () => {
  const folder = useFolder();
  let kept: KeptKnowledge;
  beforeEach(() => {
    kept = new KeptKnowledge(folder());
    useKnowledgeOf(kept);
  });
  afterEach(() => useKnowledgeOf(undefined));

  const own = ownLog(0);
  const subject = Buffer.from(pemText(leafWith([{ by: own }]).der) + pemText(issuerDer()));
  const page = async (): Promise<string> => (await analyze({ subject, now: NOW })).details;
  const read = (bytes: Uint8Array, more: object = {}) =>
    readKnowledgeFile({ name: "log_list.json", bytes, modified: LATER, now: NOW, ...more });
  const offered = async (bytes: Uint8Array): Promise<KnowledgeOffer> => {
    const offer = await read(bytes);
    assert.equal(offer.kind, "offer", JSON.stringify(offer));
    return offer;
  };

  const renewedOf = (offer: Awaited<ReturnType<typeof read>>) => (offer.kind === "offer" ? offer.renewed : "");

  it("is what pages rest on, from the next one on, until it is taken back", async () => {
    const before = await page();
    assert.match(before, new RegExp(`1 log not known here \\(list of ${SHIPPED}\\)`));
    const offer = await offered(logListJson(LATER, [own]));
    assert.deepEqual([offer.slot, offer.asOf, offer.isSigned], ["ct-logs-chrome", "2026-11-27", false]);
    assert.ok(offer.changes.length > 0);
    assert.ok((await page()) === before, "nothing is kept before a person agrees");
    await kept.keep(offer.slot, offer.renewed);
    const after = await page();
    assert.match(after, /1 operator, all signatures right/);
    assert.match(after, /list of 2026-11-27, unsigned/);
    assert.doesNotMatch(after, /not known here/);
    const { logs, kept: renewals } = await knowledgeState();
    assert.equal(logs, "2026-11-27");
    assert.deepEqual(
      renewals.map(({ slot, asOf, origin }) => [slot, asOf, origin?.file, origin?.readOn, origin?.signed]),
      [["ct-logs-chrome", "2026-11-27", "log_list.json", NOW, "unsigned"]],
    );
    await kept.takeBack(offer.slot);
    assert.ok((await page()) === before);
  });

  it("adds the CA certificates of one report and the revocations of another, each unsigned", async () => {
    const issuer = issuerDer();
    const fingerprint = hash("sha256", issuer).toUpperCase();
    const keep = async (csv: string) => {
      const offer = await offered(Buffer.from(csv));
      assert.equal(offer.slot, "ca-certificates");
      await kept.keep(offer.slot, offer.renewed);
    };
    const known = async () => {
      const authorities = await knownAuthorities();
      const found = authorities.all().find(({ der }) => issuer.equals(der));
      return [authorities.asOf, authorities.revokedAsOf, found?.revoked];
    };
    const [, shippedRevocations] = await known();
    assert.deepEqual(await known(), [SHIPPED, shippedRevocations, undefined]);
    await keep(`SHA-256 Fingerprint,X.509 Certificate (PEM)\n${fingerprint},"${pemText(issuer).trim()}"\n`);
    assert.deepEqual(await known(), ["2026-11-27, unsigned", shippedRevocations, false]);
    await keep(`SHA-256 Fingerprint,Revocation Status\n${fingerprint},Revoked\n`);
    assert.deepEqual(await known(), ["2026-11-27, unsigned", "2026-11-27, unsigned", true]);
    await kept.takeBack("ca-certificates");
    assert.deepEqual(await known(), [SHIPPED, shippedRevocations, undefined]);
  });

  it("is what ships where it is damaged, which is said", async () => {
    const { slot, renewed } = await offered(logListJson(LATER, [own]));
    const before = await page();
    const damages: readonly (() => Promise<void>)[] = [
      () => kept.keep(slot, renewed.slice(0, -10)),
      () => kept.keep(slot, ""),
      () => kept.keep(slot, renewed.replace('"chrome"', '"apple"')),
      () => writeFile(path.join(folder(), "knowledge", `${slot}.json`), Buffer.from([0xff, 0xfe])),
    ];
    for (const damage of damages) {
      await damage();
      assert.ok((await page()) === before);
      assert.deepEqual((await analyze({ subject, now: NOW })).unusable, [{ slot, unusable: "damaged" }]);
    }
    await kept.keep(slot, renewed);
    assert.deepEqual((await analyze({ subject, now: NOW })).unusable, []);
    await appendFile(path.join(folder(), "knowledge", `${slot}.json`), "x");
    assert.ok((await page()) === before);
  });

  it("is what ships where that is newer, which is said", async () => {
    const { slot, renewed } = await offered(logListJson(LATER, [own]));
    const before = await page();
    await kept.keep(slot, renewed.replace("99.1", "1.1"));
    assert.ok((await page()) === before);
    const [unusable] = (await analyze({ subject, now: NOW })).unusable;
    assert.deepEqual([unusable?.unusable, unusable?.asOf], ["outdated", "2026-11-27"]);
  });

  it("is read again where it could not be read, though it is the same", async () => {
    const { slot, renewed } = await offered(logListJson(LATER, [own]));
    let read: () => Promise<string> = () => Promise.reject(new Error("too many open files"));
    useKnowledgeOf({
      version: (each) => Promise.resolve(each === slot ? "1" : undefined),
      read: () => read(),
    });
    const unusable = async () => (await keptRenewals()).map((each) => each.unusable);
    assert.deepEqual(await unusable(), ["damaged"]);
    read = () => {
      throw new Error("a defect");
    };
    await assert.rejects(keptRenewals(), /a defect/);
    let reads = 0;
    read = () => Promise.resolve(++reads === 1 ? renewed : "");
    assert.deepEqual(await unusable(), [undefined]);
    assert.deepEqual(await unusable(), [undefined]);
    assert.equal(reads, 1, "what was read is kept");
  });

  it("is what can be kept and read, whatever its name", async () => {
    const offer = await read(logListJson(LATER, [own]), { name: "n".repeat(5000) });
    assert.ok(offer.kind === "offer");
    assert.equal(readRenewed(offer.renewed)?.origin.file.length, 1000);
  });

  it("is not taken if it cannot be kept with what is", async () => {
    const issuer = issuerDer();
    const csv = (pem: string, status: string) =>
      Buffer.from(`SHA-256 Fingerprint,PEM Info,Revocation Status\n${hash("sha256", issuer)},"${pem}",${status}\n`);
    const { slot, renewed } = await offered(csv("", "Revoked"));
    const revoked = Array.from({ length: 100_000 }, (_, at) => at.toString(16).padStart(64, "0"));
    await kept.keep(slot, JSON.stringify({ ...(JSON.parse(renewed) as object), revoked }));
    const problem = await read(csv("", "Revoked"));
    assert.ok(problem.kind === "problem");
    assert.match(inEnglish(problem.what), /more than 100,000 entries/);
    const file = { name: "ä", bytes: logListJson(LATER, [own]), modified: LATER, now: NOW };
    const bytes = Buffer.byteLength(renewedOf(await readKnowledgeFile(file)));
    assert.equal((await readKnowledgeFile(file, bytes)).kind, "offer");
    assert.equal((await readKnowledgeFile(file, bytes - 1)).kind, "problem");
  });

  it("is not taken with a signature that does not fit, from an older file, or from anything else", async () => {
    const list = logListJson(LATER, [own]);
    const refused: readonly (readonly [bytes: Uint8Array, more: object, what: RegExp])[] = [
      [list, { signature: Buffer.alloc(512, 1) }, /signature/],
      [list, { signature: new Uint8Array() }, /signature/],
      [logListJson(LATER, [own], "1.1"), {}, /older/],
      [Buffer.from("{}"), {}, /operators/],
      [Buffer.from(`\uFEFF\r\n {}`), {}, /operators/],
      [Buffer.from("SHA-256 Fingerprint,Revocation Status\n"), { modified: Number.NaN }, /no date/],
      [Buffer.from("a,b\n1,2\n"), { name: "a.csv" }, /CCADB/],
    ];
    for (const [bytes, more, what] of refused) {
      const problem = await read(bytes, more);
      assert.ok(problem.kind === "problem", what.source);
      assert.match(inEnglish(problem.what), what);
      assert.notEqual(problem.next, "");
    }
  });
});
