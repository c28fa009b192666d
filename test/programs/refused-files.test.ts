import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { findingsOf } from "../../src/certificates/checks/findings";
import { decodeCertificate } from "../../src/certificates/x509/certificate";
import { orderChain } from "../../src/certificates/x509/chain";
import { readContainers } from "../../src/certificates/containers/read";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { ENGINES, writeCases, type Case } from "./engines";
import { FORM_CASES } from "../unit/strangers/form-cases";
import { REFUSED_FORMS } from "../unit/strangers/refused-forms";
import { writtenCertificate, WRITTEN_NOW } from "../unit/strangers/written-certificate";

const FOLDER = path.join("test", "fixtures");

/** Every certificate of the files among the tests. */
function certificates(): readonly Buffer[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).map((name) => path.join(FOLDER, name));
  const found = files
    .filter((name) => /\.(pem|der|crt|p7b|jks|jceks|eml|zip)$/.test(name) && statSync(name).isFile())
    .flatMap((name) => readContainers(readFileSync(name)).objects)
    .flatMap((object) => (object.kind === "certificate" ? [Buffer.from(object.der)] : []));
  const written = [...REFUSED_FORMS, ...FORM_CASES].map(([, fields]) => writtenCertificate(fields));
  return [...new Map([...found, ...written].map((der) => [der.toString("hex"), der])).values()];
}

/** Whether anything is said of the certificate itself that keeps its verdict from being that nothing was found. */
async function isTold(der: Buffer): Promise<boolean> {
  try {
    decodeCertificate(der);
  } catch {
    return true;
  }
  const findings = await findingsOf(orderChain([der], { now: WRITTEN_NOW }), { now: WRITTEN_NOW });
  // Of its form or key alone: not that it has expired, or that its issuer is missing.
  return [...findings.values()].flat().some(({ id, severity }) => {
    return severity !== "info" && /^(encoding|form|extension|key|policies|name|names)\./.test(id);
  });
}

describe("No certificate is without a finding that is not read by", () => {
  for (const engine of ["OpenSSL", "BoringSSL"] as const) {
    it(engine, async function () {
      this.timeout(120_000);
      const { program, ask } = ENGINES[engine];
      if (program === undefined) {
        // Another test says what is missing.
        this.skip();
      }
      const folder = await TemporaryFolder.make("refused-files");
      try {
        const cases = certificates().map((der): Case => ({ der, issuer: der, ours: false }));
        writeCases(cases, folder.path);
        const said = ask(cases, folder.path);
        const unread = cases.filter((_, index) => said[index]?.answer === "unread");
        assert.ok(unread.length > 20, `${unread.length} of ${cases.length}`);
        const silent: string[] = [];
        for (const { der } of unread) if (!(await isTold(der))) silent.push(der.toString("base64"));
        assert.deepEqual(silent, []);
      } finally {
        await folder.remove();
      }
    });
  }
});
