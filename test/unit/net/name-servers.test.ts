import assert from "node:assert/strict";
import { readNameServer, resolversOf } from "../../../src/net/name-servers";

describe("the address of a DNS server", () => {
  it("is an IP address, perhaps with a port", () => {
    const table: readonly (readonly [string, string?, number?])[] = [
      ["192.0.2.1", "192.0.2.1", 53],
      [" 192.0.2.1:5353 ", "192.0.2.1", 5353],
      ["2001:db8::1", "2001:db8::1", 53],
      ["[2001:db8::1]", "2001:db8::1", 53],
      ["[2001:db8::1]:5353", "2001:db8::1", 5353],
      ["fe80::1%eth0", "fe80::1%eth0", 53],
      ["dns.example.test"],
      ["192.0.2.1:0"],
      ["192.0.2.1:65536"],
      ["192.0.2.1:x"],
      ["192.0.2.1:"],
      ["192.0.2"],
      ["[192.0.2.1]:53"],
      ["[2001:db8::1]5353"],
      ["https://192.0.2.1"],
      [""],
      ["1".repeat(1_000_000)],
    ];
    for (const [text, address, port] of table) {
      const expected = address === undefined ? undefined : { kind: "resolver", address, port };
      assert.deepEqual(readNameServer(text), expected, text.slice(0, 40));
    }
  });

  it("is taken from the setting, and else from the system", () => {
    assert.deepEqual(
      resolversOf(["192.0.2.1", "nonsense", "192.0.2.2:54"]).map(({ address, port }) => `${address} ${port}`),
      ["192.0.2.1 53", "192.0.2.2 54"],
    );
    assert.equal(resolversOf(Array.from({ length: 20 }, (_, index) => `192.0.2.${index}`)).length, 8);
    assert.deepEqual(resolversOf(["nonsense"]), []);
    for (const { kind, port } of resolversOf([])) assert.deepEqual([kind, port > 0], ["resolver", true]);
  });
});
