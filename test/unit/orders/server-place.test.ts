import assert from "node:assert/strict";
import { readServerPlace, serverPlaceWords } from "../../../src/orders/model/server-place";

describe("servers of an order", () => {
  const read: readonly (readonly [string, string])[] = [
    ["www.example.test", "www.example.test:443"],
    [" WWW.Example.test:8443 ", "www.example.test:8443"],
    ["www.example.test.", "www.example.test:443"],
    ["https://www.example.test/", "www.example.test:443"],
    ["192.0.2.1:8443", "192.0.2.1:8443"],
    ["2001:db8::1", "[2001:db8::1]:443"],
    ["[2001:db8::1]:8443", "[2001:db8::1]:8443"],
    ["bücher.example", "xn--bcher-kva.example:443"],
    ["smtp://mail.example.test", "smtp://mail.example.test:25"],
    ["smtp://mail.example.test:443", "smtp://mail.example.test:443"],
    ["SMTP://mail.example.test:587", "smtp://mail.example.test:587"],
    ["imap://mail.example.test", "imap://mail.example.test:143"],
    ["imaps://mail.example.test", "mail.example.test:993"],
    ["smtps://mail.example.test", "mail.example.test:465"],
    ["ldap://[2001:db8::1]", "ldap://[2001:db8::1]:389"],
    ["ldaps://dir.example.test", "dir.example.test:636"],
    ["postgres://db.example.test", "postgresql://db.example.test:5432"],
    ["postgresql://db.example.test:6432", "postgresql://db.example.test:6432"],
  ];
  for (const [text, words] of read) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const place = readServerPlace(text);
      assert(place);
      assert.equal(serverPlaceWords(place), words);
      assert.deepEqual(readServerPlace(words), place);
    });
  }

  const refused = [
    ...["", ":443", "a b", "www.example.test:0", "www.example.test:65536", "www.example.test:x", "a:1:2"],
    ...["https://user@www.example.test", "https://u:p@www.example.test", "www.example.test/path", "a.example?x", "a#b"],
    ...[
      "ftp://www.example.test",
      "__proto__://a.example",
      "javascript://a",
      "[::1",
      "a\\b",
      "a\n.example",
      "%00.example",
    ],
    ...[`${"a".repeat(260)}.example`, "a".repeat(1_000), "$(id).example", "a;b.example", "a'b.example"],
  ];
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(readServerPlace(text), undefined));
  }
});
