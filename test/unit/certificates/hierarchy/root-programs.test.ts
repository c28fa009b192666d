import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadRootPrograms } from "../../../../src/certificates/hierarchy/root-programs";
import { loadKnownAuthorities } from "../../../../src/certificates/x509/known-authorities";
import { isSelfIssued } from "../../../../src/certificates/x509/issuing";
import { shortName } from "../../../../src/certificates/names/name";
import file from "../../../../src/certificates/data/root-programs.json";

const DAY = /^20\d\d-\d\d-\d\d$/;
const roots: readonly (typeof file.roots)[number][] = file.roots;
const isDay = (text: string | undefined) => text !== undefined && DAY.test(text) && !Number.isNaN(Date.parse(text));

describe("the facts about root programs", () => {
  it("each have a source, and each source a title, an address and the day it was read", () => {
    const cited = new Set<string | undefined>();
    for (const { name, ends = [], since = [], notes = [] } of roots) {
      const facts = [...ends.map((end) => end[4]), ...[...since, ...notes].map((fact) => fact[1])];
      assert.ok(facts.length > 0, name);
      for (const source of facts) {
        assert.ok(source !== undefined && source in file.sources, `${name}: ${source}`);
        cited.add(source);
      }
    }
    for (const [id, [title, address, read]] of Object.entries(file.sources)) {
      assert.ok(cited.has(id), id);
      assert.ok(title !== undefined && title.length > 5, id);
      assert.match(address ?? "", /^https:\/\/[\w.]+\/\S+$/, id);
      assert.ok(isDay(read), id);
    }
  });

  it("say of each end which program, for what, how, and the day", () => {
    for (const { name, ends = [] } of roots) {
      for (const [program, purpose, kind, date, , ...more] of ends) {
        assert.match(program ?? "", /^(Mozilla|Chrome|Apple|Microsoft)$/, name);
        assert.match(purpose ?? "", /^(tls|mail)$/, name);
        assert.match(kind ?? "", /^(until|issued)$/, name);
        assert.ok(isDay(date), name);
        assert.deepEqual(more, []);
        // Chrome's store is for servers alone.
        if (program === "Chrome") assert.equal(purpose, "tls");
      }
    }
  });

  it("are of roots that are known, by the names that these have", async () => {
    const known = new Map(
      (await loadKnownAuthorities()).all().map((each) => [each.certificate.fingerprints.sha256, each]),
    );
    const seen = new Set<string>();
    for (const { name, sha256 } of roots) {
      for (const each of sha256) {
        const root = known.get(each)?.certificate;
        assert.ok(root !== undefined && isSelfIssued(root), name);
        assert.equal(shortName(root.subject), name);
        assert.ok(!seen.has(each));
        seen.add(each);
      }
    }
  });

  it("are in the table that says how they were found", () => {
    const table = readFileSync(path.join("src", "certificates", "data", "root-programs.md"), "utf8");
    for (const [title = "", address = "", read = ""] of Object.values(file.sources)) {
      for (const part of [title, address, read]) assert.ok(table.includes(part), part);
    }
    for (const { name, ends = [] } of roots) {
      const row = table.split("\n").find((line) => line.startsWith(`| ${name} `));
      assert.ok(row !== undefined, name);
      for (const [program = "", purpose = "", kind, date = ""] of ends) {
        const words = `${program} ${purpose === "tls" ? "TLS" : "S/MIME"} ${kind === "until" ? "until" : "issued by"} ${date}`;
        assert.ok(row.includes(words), `${name}: ${words}`);
      }
    }
  });

  it("are found by the root's hash, and nothing by that of another certificate", async () => {
    const [programs, authorities] = await Promise.all([loadRootPrograms(), loadKnownAuthorities()]);
    const told = authorities.all().filter(({ certificate }) => programs.of(certificate) !== undefined);
    assert.equal(told.length, roots.flatMap(({ sha256 }) => sha256).length);
    assert.ok(told.every(({ certificate }) => isSelfIssued(certificate)));
  });
});
