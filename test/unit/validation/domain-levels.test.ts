import assert from "node:assert/strict";
import {
  asciiDomain,
  isWildcard,
  levelsOf,
  MAX_LEVELS,
  registrableDomain,
} from "../../../src/validation/domain-levels";
import { Random } from "../../fuzz/random";

describe("the levels at which the CA looks", () => {
  const LEVELS: [domain: string, levels: string[]][] = [
    ["example.com", ["example.com"]],
    ["Example.COM.", ["example.com"]],
    ["www.example.com", ["www.example.com", "example.com"]],
    ["*.mail.internal.example.com", ["mail.internal.example.com", "internal.example.com", "example.com"]],
    ["a.example.co.uk", ["a.example.co.uk", "example.co.uk"]],
    ["a.b.c.kobe.jp", ["a.b.c.kobe.jp", "b.c.kobe.jp"]],
    ["www.city.kobe.jp", ["www.city.kobe.jp", "city.kobe.jp"]],
    // Registered below a private suffix, which is not a registry's: its owner's record counts, too.
    ["shop.github.io", ["shop.github.io", "github.io"]],
    ["a.example.test", ["a.example.test", "example.test"]],
    ["bücher.example", ["xn--bcher-kva.example"]],
    ["www.例子.公司.cn", ["www.xn--fsqu00a.xn--55qx5d.cn", "xn--fsqu00a.xn--55qx5d.cn"]],
    ["xn--fsqu00a.xn--55qx5d.cn", ["xn--fsqu00a.xn--55qx5d.cn"]],
    ["faß.de", ["xn--fa-hia.de"]],
    ["x。example。com", ["x.example.com", "example.com"]],
    ["_x.example.com", ["_x.example.com", "example.com"]],
    // Public suffixes.
    ["com", []],
    ["co.uk", []],
    ["*.co.uk", []],
    ["foo.ck", []],
    ["localhost", []],
    // Not domains.
    ["", []],
    [".", []],
    ["a..com", []],
    ["-a.com", []],
    ["a-.com", []],
    ["a b.com", []],
    ["a.*.com", []],
    ["*example.com", []],
    ["user@example.com", []],
    ["https://example.com", []],
    ["example.com/x", []],
    ["ü.example/x.com", []],
    ["ü%41.com", []],
    ["192.0.2.1", []],
    ["１.２.３", []],
    ["a.0x7f", []],
    ["2001:db8::1", []],
    ["[2001:db8::1]", []],
    [`${"a".repeat(64)}.com`, []],
    [`${"ü".repeat(60)}.com`, []],
    [`${"a.".repeat(130)}com`, []],
  ];
  for (const [domain, levels] of LEVELS) {
    it(`of “${domain.slice(0, 60)}”: ${levels.join(", ")}`, () => {
      assert.deepEqual(levelsOf(domain), levels);
      assert.equal(registrableDomain(domain), levels.at(-1));
    });
  }

  it(`are at most ${MAX_LEVELS}: the domain, and the last ones`, () => {
    const labels = Array.from({ length: 30 }, (_, index) => `l${index}`);
    const levels = levelsOf([...labels, "example", "com"].join("."));
    assert.equal(levels.length, MAX_LEVELS);
    assert.ok(levels[0]?.startsWith("l0.l1."));
    assert.deepEqual(levels.slice(-2), ["l29.example.com", "example.com"]);
    assert.ok(levels[1]?.startsWith("l22."));
  });

  it("are names that can be asked for, whatever the domain is", () => {
    const random = new Random(13);
    const parts = [
      "a",
      "xn--",
      "*",
      ".",
      "..",
      "ü",
      "example",
      "com",
      "co.uk",
      "-",
      "1",
      "%",
      "/",
      "。",
      "\u0000",
      "xn--a",
    ];
    for (let round = 0; round < 3_000; round++) {
      const domain = Array.from({ length: random.below(12) }, () => random.pick(parts)).join("");
      const ascii = asciiDomain(domain);
      const levels = levelsOf(domain);
      for (const level of levels) {
        assert.match(level, /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+$/, domain);
        assert.ok(level === ascii || ascii?.endsWith(`.${level}`), domain);
      }
      assert.ok(levels.length === 0 || levels[0] === ascii, domain);
    }
  });

  const STARS: [domain: string, isStar: boolean][] = [
    ["*.example.com", true],
    ["example.com", false],
    ["*example.com", false],
  ];
  for (const [domain, isStar] of STARS) {
    it(`sees ${isStar ? "a" : "no"} wildcard in ${domain}`, () => assert.equal(isWildcard(domain), isStar));
  }
});
