import assert from "node:assert/strict";
import { withPrivateAddresses } from "../../../../src/certificates/checks/private-answers";
import { isInternalName, isPrivateHost } from "../../../../src/certificates/names/private-network";
import { isIpAddress, isReservedAddress } from "../../../../src/certificates/names/special-addresses";
import type { StatusFetch, StatusRequest } from "../../../../src/certificates/revocation/status-service";

/** Addresses of each block, its first and last among them. */
const RESERVED: readonly (readonly [block: string, ...addresses: string[]])[] = [
  ["0.0.0.0/8", "0.0.0.0", "0.255.255.255"],
  ["10.0.0.0/8", "10.0.0.0", "10.255.255.255"],
  ["100.64.0.0/10", "100.64.0.0", "100.127.255.255"],
  ["127.0.0.0/8", "127.0.0.0", "127.0.0.1", "127.255.255.255"],
  ["169.254.0.0/16", "169.254.0.0", "169.254.169.254", "169.254.255.255"],
  ["172.16.0.0/12", "172.16.0.0", "172.31.255.255"],
  ["192.0.0.0/24", "192.0.0.0", "192.0.0.8", "192.0.0.170", "192.0.0.255"],
  ["192.0.2.0/24", "192.0.2.0", "192.0.2.255"],
  ["192.88.99.0/24", "192.88.99.0", "192.88.99.255"],
  ["192.168.0.0/16", "192.168.0.0", "192.168.255.255"],
  ["198.18.0.0/15", "198.18.0.0", "198.19.255.255"],
  ["198.51.100.0/24", "198.51.100.0", "198.51.100.255"],
  ["203.0.113.0/24", "203.0.113.0", "203.0.113.255"],
  ["224.0.0.0/4", "224.0.0.0", "239.255.255.255"],
  ["240.0.0.0/4", "240.0.0.0", "255.255.255.254", "255.255.255.255"],
  ["::/128 and ::1/128", "::", "::1", "0:0:0:0:0:0:0:1"],
  ["::/96, compatible", "::8.8.8.8", "::10.0.0.1"],
  ["::ffff:0:0/96, mapped", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:a00:1"],
  ["::ffff:0:0:0/96, translated", "::ffff:0:10.0.0.1"],
  ["64:ff9b::/96 into a private network", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1"],
  ["64:ff9b:1::/48", "64:ff9b:1::", "64:ff9b:1::808:808", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"],
  ["100::/64 and 100:0:0:1::/64", "100::", "100::ffff", "100:0:0:1::1"],
  ["2001::/32 into a private network", "2001:0:a00:1::", "2001:0:808:808:0:0:f5ff:fffe"],
  ["2001:2::/48", "2001:2::", "2001:2::ffff"],
  ["2001:10::/28", "2001:10::", "2001:1f:ffff::"],
  ["2001::/23, the rest", "2001:1::", "2001:1::4", "2001:5::", "2001:1ff::"],
  ["2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2002::/16 into a private network", "2002:a00:1::", "2002:7f00:1::1", "2002:c0a8:101::", "2002:6440::"],
  ["3fff::/20", "3fff::", "3fff:fff:ffff::"],
  ["4000::/3 and what else is not assigned", "4000::", "5f00::1", "8000::", "1fff::1", "e000::"],
  ["fc00::/7", "fc00::", "fd00::1", "fd00:ec2::254", "fdff:ffff::"],
  ["fe80::/10", "fe80::1", "fe80::1%eth0", "[fe80::1%25en1]", "febf::"],
  ["fec0::/10", "fec0::1", "feff::"],
  ["ff00::/8", "ff00::", "ff02::1", "ffff::"],
  ["ISATAP into a private network", "2600::5efe:10.0.0.1", "2600::200:5efe:192.168.0.1"],
  [
    "other spellings",
    "2130706433",
    "0x7f000001",
    "0x7F.1",
    "0177.0.0.1",
    "127.1",
    "10.1",
    "017700000001",
    "192.168.257",
  ],
  ["brackets and case", "[::1]", "[FD00::1]", "FE80::1", "[::FFFF:10.0.0.1]", "[::ffff:127.0.0.1]"],
  ["a point at the end", "127.0.0.1.", "10.0.0.1."],
];

const PUBLIC: readonly (readonly [what: string, ...addresses: string[]])[] = [
  ["IPv4", "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "126.255.255.255", "128.0.0.0", "223.255.255.255"],
  ["IPv4 beside the blocks", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "169.253.255.255"],
  [
    "IPv4 beside more blocks",
    "192.0.1.0",
    "192.0.3.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
  ],
  ["anycast of the registry", "192.0.0.9", "192.0.0.10", "2001:1::1", "2001:1::2", "2001:1::3", "192.31.196.1"],
  ["IPv6", "2600::", "2a00:1450:4001:80b::200e", "2000::", "3ffe::1", "2620:4f:8000::1", "2001:200::1"],
  ["blocks of the registry that are reached", "2001:3::1", "2001:4:112::1", "2001:20::1", "2001:2f::", "2001:30::1"],
  ["IPv6 that leads to a public address", "64:ff9b::8.8.8.8", "2002:808:808::", "2001:0:808:808::f7f7:f7f7"],
  ["an ISATAP address of a public one", "2600::5efe:8.8.8.8"],
  ["other spellings", "134744072", "0x8.0x8.0x8.0x8", "[2600::1]"],
];

/** What is not an address is not a reserved one. */
const NO_ADDRESS = ["", "example.com", "1.2.3.4.5", "256.1.1.1", ":::1", "a/b", "10.0.0.1/8", "x@10.0.0.1", "ocsp"];

const INTERNAL = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "a.localhost",
  "printer.local",
  "x.local.",
  "fritz.lan",
  "nas.home",
  "ca.corp",
  "ca.corp..",
  "metadata.google.internal",
  "a.b.INTERNAL.",
  "router.home.arpa",
  "home.arpa",
  "x.intranet",
  "srv.private",
  "localhost.localdomain",
  "ocsp",
  "ocsp.",
  "intranet",
  "com",
];

const EXTERNAL = [
  "ocsp.sectigo.com",
  "localhost.com",
  "mylocal.example",
  "internal.example.com",
  "arpa.home.example",
  "a.b",
];

describe("private networks", () => {
  for (const [block, ...addresses] of RESERVED) {
    it(`${block} is reserved`, () => {
      assert.deepEqual(
        addresses.filter((address) => !isReservedAddress(address) || !isPrivateHost(address)),
        [],
      );
    });
  }

  for (const [what, ...addresses] of PUBLIC) {
    it(`${what}: on the internet`, () => {
      assert.deepEqual(
        addresses.filter((address) => !isIpAddress(address) || isReservedAddress(address) || isPrivateHost(address)),
        [],
      );
    });
  }

  it("are not told by what is not an address", () => {
    assert.deepEqual(
      NO_ADDRESS.filter((text) => isIpAddress(text) || isReservedAddress(text)),
      [],
    );
  });

  it("are told by the names that they have", () => {
    assert.deepEqual(
      INTERNAL.filter((name) => !isInternalName(name) || !isPrivateHost(name)),
      [],
    );
    assert.deepEqual(
      EXTERNAL.filter((name) => isInternalName(name) || isPrivateHost(name)),
      [],
    );
  });
});

describe("a name that leads into a private network", () => {
  const signal = new AbortController().signal;
  const get = (host: string): StatusRequest => ({ url: `http://${host}/ocsp`, method: "GET", maxBytes: 10 });

  /** Names that lead to these addresses, one after the other; and who was called there. */
  function world(leads: Readonly<Record<string, readonly string[]>>) {
    const called: string[] = [];
    const lookups = new Map<string, number>();
    const fetch: StatusFetch = ({ url, accepts }) => {
      const { hostname } = new URL(url);
      const turn = lookups.get(hostname) ?? 0;
      lookups.set(hostname, turn + 1);
      const addresses = leads[hostname] ?? [hostname];
      const address = addresses[Math.min(turn, addresses.length - 1)] ?? "";
      if (accepts?.(address) === false) return Promise.resolve({ kind: "failed", message: "", refused: [address] });
      called.push(address);
      return Promise.resolve({ kind: "answered", httpStatus: 200, body: Buffer.alloc(0) });
    };
    const asked: string[] = [];
    return { called, asked, fetch };
  }

  const agreeing = (asked: string[], answer: boolean) => (host: string, addresses: readonly string[]) => {
    asked.push(`${host} ${addresses.join()}`);
    return Promise.resolve(answer);
  };

  it("is called only when the person agrees to the address too, and then without another question", async () => {
    const { called, asked, fetch } = world({ "ocsp.example.com": ["10.0.0.5"] });
    const guarded = withPrivateAddresses(fetch, agreeing(asked, true));
    await guarded(get("ocsp.example.com"), signal);
    await guarded(get("ocsp.example.com"), signal);
    assert.deepEqual([called, asked], [["10.0.0.5", "10.0.0.5"], ["ocsp.example.com 10.0.0.5"]]);
  });

  it("is asked about though another that leads there was agreed to", async () => {
    const { called, asked, fetch } = world({ "ocsp.example.com": ["10.0.0.5"], "other.example.com": ["10.0.0.5"] });
    const guarded = withPrivateAddresses(fetch, agreeing(asked, true));
    for (const host of ["ocsp.example.com", "other.example.com"]) await guarded(get(host), signal);
    assert.deepEqual([called.length, asked], [2, ["ocsp.example.com 10.0.0.5", "other.example.com 10.0.0.5"]]);
  });

  it("is not called when the person does not", async () => {
    const { called, asked, fetch } = world({ "ocsp.example.com": ["10.0.0.5"] });
    const reply = await withPrivateAddresses(fetch, agreeing(asked, false))(get("ocsp.example.com"), signal);
    assert.deepEqual([reply.kind, called, asked.length], ["failed", [], 1]);
  });

  it("is asked about again when it leads elsewhere by then, and not without end", async () => {
    const moving = Array.from({ length: 20 }, (_, place) => `10.0.0.${place}`);
    const { called, asked, fetch } = world({ "ocsp.example.com": moving });
    const reply = await withPrivateAddresses(fetch, agreeing(asked, true))(get("ocsp.example.com"), signal);
    assert.deepEqual([reply.kind, called, asked.length], ["failed", [], 3]);
  });

  it("is nobody's question where it leads to the internet, or where its own words told of it", async () => {
    const { called, asked, fetch } = world({ "ocsp.example.com": ["8.8.8.8"] });
    const guarded = withPrivateAddresses(fetch, agreeing(asked, true));
    for (const host of ["ocsp.example.com", "localhost", "10.0.0.1", "[::1]"]) await guarded(get(host), signal);
    assert.deepEqual([called.length, asked], [4, []]);
  });
});
