import assert from "node:assert/strict";
import { type Certificate, decodeCertificate } from "../../../../src/certificates/x509/certificate";
import { nameViolation } from "../../../../src/certificates/checks/name-constraints";
import { writeElement } from "../../../../src/certificates/asn1/der-writer";
import { certificateOf, extension } from "../../../fuzz/hostile-files";
import { Random } from "../../../fuzz/random";

interface Name {
  readonly type: "dNSName" | "rfc822Name";
  readonly value: string;
}
const dns = (value: string): Name => ({ type: "dNSName", value });
const mail = (value: string): Name => ({ type: "rfc822Name", value });

function certificate(names: readonly Name[]): Certificate {
  const encoded = names.map(({ type, value }) => writeElement(type === "dNSName" ? 0x82 : 0x81, Buffer.from(value)));
  return decodeCertificate(
    certificateOf({ extensions: [extension("2.5.29.17", writeElement(0x30, Buffer.concat(encoded)))] }),
  );
}
const subtrees = (names: readonly Name[]) => names.map((base) => ({ base }));

/** RFC 5280 section 4.2.1.10, name by name. */
function isWithin({ type, value }: Name, base: Name): boolean {
  const [name, limit] = [value.toLowerCase(), base.value.toLowerCase()];
  if (type !== base.type) return false;
  if (type === "dNSName") {
    const domain = limit.replace(/^\./, "");
    return domain === "" || name === domain || name.endsWith(`.${domain}`);
  }
  if (limit.includes("@")) return name === limit;
  const host = name.slice(name.lastIndexOf("@") + 1);
  return limit.startsWith(".") ? host.endsWith(limit) : host === limit;
}

describe("name constraints", () => {
  const table: [string, Name[], Name[], Name[], string | undefined][] = [
    ["the domain", [dns("example.test")], [], [dns("example.test")], undefined],
    ["a host of it", [dns("example.test")], [], [dns("a.b.Example.test")], undefined],
    ["a neighbour", [dns("example.test")], [], [dns("xexample.test")], "xexample.test"],
    ["everything", [dns("")], [], [dns("a.test")], undefined],
    ["nothing", [], [dns("")], [dns("a.test")], "a.test"],
    ["names of another type", [mail("a.test")], [], [dns("b.test")], undefined],
    ["one excluded of what is permitted", [dns("test")], [dns("x.test")], [dns("a.test"), dns("y.x.test")], "y.x.test"],
    ["an address", [mail("me@a.test")], [], [mail("me@a.test")], undefined],
    ["another one", [mail("me@a.test")], [], [mail("you@a.test")], "you@a.test"],
    ["a host's addresses", [mail("a.test")], [], [mail("me@a.test")], undefined],
    ["those of the hosts below", [mail(".a.test")], [], [mail("me@b.a.test")], undefined],
    ["the host itself then", [mail(".a.test")], [], [mail("me@a.test")], "me@a.test"],
  ];
  for (const [what, permitted, excluded, names, expected] of table)
    it(`allow ${what}, or not`, () => {
      const limits = { type: "nameConstraints" as const, permitted: subtrees(permitted), excluded: subtrees(excluded) };
      assert.equal(nameViolation(limits, certificate(names)), expected);
    });

  it("are kept as if each name were compared with each of them", () => {
    const random = new Random(5);
    const LABELS = ["a", "B", "c", "", "example", "@", "test"];
    const name = (): Name => {
      const text = Array.from({ length: random.below(4) }, () => random.pick(LABELS)).join(
        random.pick([".", ".", "@"]),
      );
      return random.below(2) === 0 ? dns(text) : mail(text);
    };
    const some = (): Name[] => Array.from({ length: random.below(3) }, name);
    let violated = 0;
    for (let round = 0; round < 5000; round++) {
      const [permitted, excluded, names] = [some(), some(), some()];
      const expected = names.find((each) => {
        const limits = permitted.filter(({ type }) => type === each.type);
        return (
          excluded.some((base) => isWithin(each, base)) ||
          (limits.length > 0 && !limits.some((base) => isWithin(each, base)))
        );
      });
      const limits = { type: "nameConstraints" as const, permitted: subtrees(permitted), excluded: subtrees(excluded) };
      const found = nameViolation(limits, certificate(names));
      assert.equal(found, expected?.value, JSON.stringify({ permitted, excluded, names }));
      if (expected !== undefined) violated++;
    }
    assert.ok(violated > 1000 && violated < 4000, String(violated));
  });

  it("of thousands are kept by thousands of names", () => {
    const many = Array.from({ length: 5000 }, (_, index) => dns(`d${index}.test`));
    const limits = {
      type: "nameConstraints" as const,
      permitted: subtrees(many),
      excluded: subtrees([dns("x.d4999.test")]),
    };
    assert.equal(nameViolation(limits, certificate(many)), undefined);
    assert.equal(nameViolation(limits, certificate([...many, dns("a.x.d4999.test")])), "a.x.d4999.test");
  });
});
