import assert from "node:assert/strict";
import { certificateName, reportName } from "../../../src/editor/documents/document-name";

const SUBJECT = "CN=Example Harbour GmbH, O=Example";

describe("the name of a certificate's document", () => {
  const names: readonly [given: readonly string[], subject: string, name: string][] = [
    [["www.example.org", "example.org"], SUBJECT, "www.example.org"],
    [["*.example.org"], SUBJECT, "wildcard.example.org"],
    [["*"], SUBJECT, "certificate"],
    [["ada@example.org"], SUBJECT, "ada@example.org"],
    [["192.0.2.1"], SUBJECT, "192.0.2.1"],
    [["2001:db8::1"], SUBJECT, "2001_db8_1"],
    [["xn--mnchen-3ya.example"], SUBJECT, "xn--mnchen-3ya.example"],
    [["MÜNCHEN.example"], SUBJECT, "MÜNCHEN.example"],
    [[], SUBJECT, "Example_Harbour_GmbH"],
    [[], "O=Nobody", "certificate"],
    [[], "", "certificate"],
    // What leads elsewhere, or looks like something else.
    [["../../etc/passwd"], SUBJECT, "etc_passwd"],
    [["..\\..\\boot.ini"], SUBJECT, "boot.ini"],
    [["/"], SUBJECT, "certificate"],
    [[".."], SUBJECT, "certificate"],
    [["a/b/../c"], SUBJECT, "a_b_._c"],
    [["nul"], SUBJECT, "certificate-nul"],
    [["CON.example"], SUBJECT, "certificate-CON.example"],
    [["a\0b"], SUBJECT, "a_b"],
    [["pay\u202egpj.exe"], SUBJECT, "pay_gpj.exe"],
    [["\u2067\u05d0\u05d1"], SUBJECT, "certificate"],
    [["شركة.example"], SUBJECT, "example"],
    [["[run](command:x) $(bell)"], SUBJECT, "run_command_x_bell"],
    [["a?b#c%2fd"], SUBJECT, "a_b_c_2fd"],
    [["a".repeat(300)], SUBJECT, "a".repeat(80)],
    [["-.".repeat(200)], SUBJECT, "certificate"],
    [["\ud83d\ude00.example"], SUBJECT, "example"],
    [["\ud800"], SUBJECT, "certificate"],
  ];
  for (const [given, subject, name] of names) {
    it(`is ${name.slice(0, 30)} for ${JSON.stringify(given[0] ?? subject).slice(0, 40)}`, () => {
      const made = certificateName({ names: given, subject });
      assert.equal(made, name);
      // A space begins what says which of the documents it is.
      assert.match(made, /^[^\s/\\]+$/);
    });
  }
});

describe("the name of a report", () => {
  const names: readonly [words: string, name: string][] = [
    ["Check of 17 orders", "Check of 17 orders"],
    ["History of *.example.org", "History of _.example.org"],
    ["Verlauf von Münchner Rück (alt)", "Verlauf von Münchner Rück (alt)"],
    ["History of ../../etc/passwd", "History of ._._etc_passwd"],
    ["a\u202eb\0c\nd", "a_b_c_d"],
    ["", "report"],
    ["履歴", "report"],
    ["Con", "report-Con"],
    ["nul .a", "report-nul .a"],
    ["com1.pem", "report-com1.pem"],
    ["x".repeat(300), "x".repeat(80)],
  ];
  for (const [words, name] of names) it(name.slice(0, 30), () => assert.equal(reportName(words), name));
});
