import assert from "node:assert/strict";
import { hostWords, isAddress, readHost } from "../../../src/editor/base/host-and-port";

describe("a server as a person writes it", () => {
  const servers: [typed: string, host: string, port: number, words: string][] = [
    ["www.example.com", "www.example.com", 443, "www.example.com:443"],
    [" www.example.com:8443 ", "www.example.com", 8443, "www.example.com:8443"],
    ["https://www.example.com/path?query#part", "www.example.com", 443, "www.example.com:443"],
    ["https://www.example.com:8443/", "www.example.com", 8443, "www.example.com:8443"],
    ["imaps://mail.example.com:993", "mail.example.com", 993, "mail.example.com:993"],
    ["localhost:1", "localhost", 1, "localhost:1"],
    ["192.0.2.1:65535", "192.0.2.1", 65535, "192.0.2.1:65535"],
    ["[2001:db8::1]:8443", "2001:db8::1", 8443, "[2001:db8::1]:8443"],
    ["2001:db8::1", "2001:db8::1", 443, "[2001:db8::1]:443"],
    ["::1", "::1", 443, "[::1]:443"],
    ["bücher.example:8443", "xn--bcher-kva.example", 8443, "xn--bcher-kva.example:8443"],
    ["www.example.com:443", "www.example.com", 443, "www.example.com:443"],
  ];
  for (const [typed, host, port, words] of servers) {
    it(`reads “${typed}”`, () => {
      const read = readHost(typed);
      assert.deepEqual(read, { host, port });
      assert.equal(hostWords(read), words);
      assert.deepEqual(readHost(words), read);
    });
  }

  const nonsense = [
    "",
    " ",
    ":443",
    "no server",
    "a.example:0",
    "a.example:65536",
    "a.example:port",
    "a.example/path",
    "user@a.example",
    "https://user:word@a.example/",
    "a%20b.example",
    "[::1",
    "1:2:3",
    '"a".example',
    "<script>",
    "a\\b",
  ];
  for (const typed of nonsense) {
    it(`does not take “${typed}” for one`, () => assert.equal(readHost(typed), undefined));
  }

  it("is an address or a name", () => {
    for (const [host, is] of [
      ["192.0.2.1", true],
      ["2001:db8::1", true],
      ["192.0.2.1.example", false],
      ["www.example.com", false],
    ] as const) {
      assert.equal(isAddress({ host, port: 443 }), is, host);
    }
  });
});
