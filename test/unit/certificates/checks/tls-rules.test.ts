import assert from "node:assert/strict";
import { extensionOf, type Certificate } from "../../../../src/certificates/x509/certificate";
import { ruleFindings } from "../../../../src/certificates/checks/rules";
import { PRIVATE, TLS_ROWS } from "./tls-rows";
import { named, tls } from "./variations";
import { inEnglish } from "../../../../src/words/localize";
import { plainly } from "../../words/plainly";

/** Of a certificate on its first day, from a CA that is known unless it says to be private. */
function findingsOf(certificate: Certificate) {
  const isPrivate = extensionOf(certificate, "certificatePolicies")?.policies.some(({ oid }) => oid === PRIVATE);
  return ruleFindings(certificate, { now: certificate.validity.notBefore ?? 0, known: isPrivate !== true });
}
const ids = (certificate: Certificate) => findingsOf(certificate).map(({ id }) => id);

describe("the rules on TLS leaves", () => {
  for (const [id, { bad, also = [], good }] of Object.entries(TLS_ROWS)) {
    it(`find ${id}, and nothing else`, () => {
      for (const [index, certificate] of bad.entries())
        assert.deepEqual(ids(certificate).sort(), [id, ...also].sort(), `row ${index}`);
      for (const [index, certificate] of good.entries()) assert.deepEqual(ids(certificate), [], `good row ${index}`);
    });
  }

  it("say what the CA must mend without shouting, and ask nobody to act who need not", () => {
    for (const { bad } of Object.values(TLS_ROWS)) {
      const [certificate] = bad;
      if (certificate === undefined) continue;
      const findings = findingsOf(certificate).filter(({ id }) => id in TLS_ROWS);
      assert.ok(findings.length > 0);
      for (const { id, severity, advice, message } of findings) {
        assert.ok(severity === "info" ? advice === undefined : severity === "warning", id);
        assert.ok(severity === "info" || plainly(advice) === "Ask the CA to issue it again.", id);
        assert.ok(inEnglish(message).endsWith(".") && inEnglish(message).length < 300, inEnglish(message));
      }
    }
  });

  it("stay short and quick with names of any number and length", () => {
    const host = `xn--${"a".repeat(100_000)}.ab--${"-".repeat(100_000)}.onion`;
    const many = named(tls(), host, ...Array.from({ length: 5000 }, (_, index) => `ab--${index}.1.in-addr.arpa`));
    const attribute = { oid: "2.5.4.10", value: `&#${"1".repeat(1000)} \u00c3`, stringType: "PrintableString" };
    const rdns = Array.from({ length: 200 }, () => new Array<typeof attribute>(100).fill(attribute));
    for (const { message } of findingsOf({ ...many, subject: { text: "", rdns } }))
      assert.ok(inEnglish(message).length < 900);
  });
});
