import assert from "node:assert/strict";
import { clauseLink } from "../../../src/editor/languages/clause-link";

describe("the clause of a problem", () => {
  const rfc = (number: number, place: string) => `https://www.rfc-editor.org/rfc/rfc${number}#${place}`;
  const clauses: readonly [clause: string, code: string, target?: string][] = [
    ["RFC 5280 section 4.1.2.5", "RFC 5280 §4.1.2.5", rfc(5280, "section-4.1.2.5")],
    ["RFC 5280 section 6.1.3 (a) (1)", "RFC 5280 §6.1.3", rfc(5280, "section-6.1.3")],
    ["RFC 5280 sections 4.2.1.6 and 4.2.1.10", "RFC 5280 §4.2.1.6", rfc(5280, "section-4.2.1.6")],
    ["RFC 8017 appendix A.1.1, X.690 section 8.3", "RFC 8017 A.1.1", rfc(8017, "appendix-A.1.1")],
    [
      "RFC 8813 section 3, RFC 3279 section 2.3.1, RFC 9295 section 3, RFC 9881 section 5, RFC 9935 section 5",
      "RFC 8813 §3",
      rfc(8813, "section-3"),
    ],
    ["S/MIME BR section 7.1.4.2.1, RFC 8550 section 3", "S/MIME BR §7.1.4.2.1"],
    ["TLS BR section 7.1.2.7.12", "TLS BR §7.1.2.7.12"],
    ["Mark Certificate Requirements, certificate profile", "Mark Certificate Requirements"],
    ["Chrome Root Program Policy 1.8 section 1.3.2", "Chrome Root Program Policy 1.8 §1.3.2"],
    ["chain.repeated", "chain.repeated"],
  ];
  for (const [clause, code, target] of clauses) {
    it(`is ${code}`, () => assert.deepEqual(clauseLink(clause), { code, ...(target !== undefined && { target }) }));
  }
});
