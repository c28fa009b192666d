import assert from "node:assert/strict";
import { AUTHENTIC_DATA, AUTHORITATIVE_ANSWER, decode, encode, type Answer } from "dns-packet";
import { canBeAsked, likeness, makeQuery, readReply } from "../../../src/net/dns-message";
import type { DnsAnswered, DnsRecord } from "../../../src/validation/ports";
import { Random } from "../../fuzz/random";

const NAME = "www.example.test";

function response(answers: readonly Answer[], flags = 0, authorities: readonly Answer[] = []): Buffer {
  return encode({
    type: "response",
    id: 7,
    flags,
    questions: [{ name: NAME, type: "CAA" }],
    answers: [...answers],
    authorities: [...authorities],
    additionals: [
      {
        type: "OPT",
        name: ".",
        udpPayloadSize: 1232,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  });
}

function read(bytes: Buffer): DnsAnswered {
  const reply = readReply(bytes, false);
  assert.ok(typeof reply === "object", JSON.stringify(reply));
  return reply;
}

/** A message whose one answer has contents byte by byte. */
function raw(
  type: number,
  contents: Uint8Array,
  { owner = Buffer.from([0xc0, 12]), klass = 1, ttl = 60 } = {},
): Buffer {
  const question = encode({ type: "response", id: 7, questions: [{ name: NAME, type: "CAA" }] });
  question.writeUInt16BE(1, 6);
  const head = Buffer.alloc(10);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(klass, 2);
  head.writeUInt32BE(ttl, 4);
  head.writeUInt16BE(contents.length, 8);
  return Buffer.concat([question, owner, head, contents]);
}

const bytes = (...parts: readonly (string | number | Uint8Array)[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "number" ? Buffer.from([part]) : Buffer.from(part as string, "latin1"))),
  );

/** Labels, each with its length, and the root. */
const wireName = (...labels: readonly string[]) => bytes(...labels.flatMap((label) => [label.length, label]), 0);

const CAA = 257;
const caa = (tag: string, value: string, flags = 0, length = tag.length) => bytes(flags, length, tag, value);

describe("an answer of the DNS", () => {
  it("is read record by record", () => {
    const common = { name: "WWW.Example.test", ttl: 300 };
    const table: readonly (readonly [Answer, DnsRecord])[] = [
      [
        { ...common, type: "A", data: "192.0.2.1" },
        { name: NAME, ttl: 300, type: "A", address: "192.0.2.1" },
      ],
      [
        { ...common, type: "AAAA", data: "2001:db8::1" },
        { name: NAME, ttl: 300, type: "AAAA", address: "2001:db8::1" },
      ],
      [
        { ...common, type: "CNAME", data: "AbC.Ab12.sectigo.com" },
        { name: NAME, ttl: 300, type: "CNAME", target: "AbC.Ab12.sectigo.com" },
      ],
      [
        { ...common, type: "NS", data: "NS1.example.test" },
        { name: NAME, ttl: 300, type: "NS", target: "ns1.example.test" },
      ],
      [
        { ...common, type: "MX", data: { preference: 5, exchange: "Mail.example.test" } },
        { name: NAME, ttl: 300, type: "MX", exchange: "mail.example.test", preference: 5 },
      ],
      [
        { ...common, type: "TXT", data: [Buffer.from("one "), Buffer.from("två")] },
        { name: NAME, ttl: 300, type: "TXT", text: "one två" },
      ],
      [
        {
          ...common,
          type: "SOA",
          data: { mname: "NS1.example.test", rname: "host.example.test", serial: 1, minimum: 900 },
        },
        { name: NAME, ttl: 300, type: "SOA", primary: "ns1.example.test", minimum: 900 },
      ],
      [
        { ...common, type: "SRV", data: { port: 1, target: "a.test" } },
        { name: NAME, ttl: 300, type: "other", code: 33 },
      ],
    ];
    const { records, authority, ...rest } = read(
      response(
        table.map(([answer]) => answer),
        AUTHORITATIVE_ANSWER | AUTHENTIC_DATA,
        table.slice(6).map(([answer]) => answer),
      ),
    );
    const expected = table.map(([, record]) => record);
    assert.deepEqual(records, expected);
    assert.deepEqual(authority, expected.slice(6));
    assert.deepEqual(rest, {
      kind: "answered",
      code: "NOERROR",
      isAuthoritative: true,
      isAuthenticated: true,
      usedTcp: false,
    });
  });

  it("has the CAA record as published", () => {
    const table: readonly (readonly [Buffer, { flags: number; tag: string; value: string }])[] = [
      [caa("issue", ""), { flags: 0, tag: "issue", value: "" }],
      [caa("issue", ";"), { flags: 0, tag: "issue", value: ";" }],
      [caa("ISSUE", " Sectigo.COM "), { flags: 0, tag: "ISSUE", value: " Sectigo.COM " }],
      [caa("issue", "sectigo.com\0evil"), { flags: 0, tag: "issue", value: "sectigo.com\0evil" }],
      [caa("tbs", "Unknown", 128), { flags: 128, tag: "tbs", value: "Unknown" }],
      [caa("__proto__", "x", 255), { flags: 255, tag: "__proto__", value: "x" }],
    ];
    for (const [contents, record] of table) {
      assert.deepEqual(read(raw(CAA, contents)).records, [{ type: "CAA", name: NAME, ttl: 60, ...record }]);
    }
  });

  it("with contents that do not fill their length is malformed", () => {
    const soa = (mailbox: Buffer) => bytes(wireName("ns"), mailbox, "x".repeat(20));
    const table: readonly (readonly [what: string, Buffer])[] = [
      ["a tag of length 0", raw(CAA, caa("", "sectigo.com"))],
      ["a tag longer than the record", raw(CAA, caa("issue", "", 0, 6))],
      ["a tag far longer", raw(CAA, caa("issue", "sectigo.com", 0, 255))],
      ["flags alone", raw(CAA, bytes(0))],
      ["nothing", raw(CAA, bytes())],
      ["an address of 3 bytes", raw(1, bytes("abc"))],
      ["an address of 5 bytes", raw(28, bytes("abcde"))],
      ["a name that ends early", raw(5, bytes(wireName("a", "test"), 0))],
      ["a name that ends late", raw(5, bytes(1, "a", 4, "test"))],
      ["a text that is shorter than it says", raw(16, bytes(5, "abc"))],
      ["a dot inside a label of a target", raw(5, wireName("a.b", "test"))],
      ["a dot inside a label of an owner", raw(1, bytes("abcd"), { owner: wireName("www.example", "test") })],
      ["a pointer to itself", raw(5, bytes(0xc0, 46))],
      ["a pointer into the header", raw(5, bytes(0xc0, 4))],
      ["a label of a form that nobody uses", raw(5, bytes(0x41, "a", 0))],
      ["a name of 256 bytes", raw(5, wireName(...Array<string>(4).fill("x".repeat(63))))],
      ["a zone's beginning without its numbers", raw(6, bytes(wireName("ns"), wireName("host"), "x".repeat(19)))],
    ];
    for (const [what, message] of table) {
      assert.ok(["malformed", "cut"].includes(readReply(message, false) as string), what);
    }
    // What ends inside the contents of the last record looks cut.
    for (const index of [9, 7]) assert.equal(readReply(table[index]?.[1] ?? bytes(), false), "malformed");
    // A mailbox is the exception.
    assert.deepEqual(read(raw(6, soa(wireName("john.doe", "test")))).records, [
      { name: NAME, ttl: 60, type: "SOA", primary: "ns", minimum: 0x78787878 },
    ]);
  });

  it("leaves alone what it does not read", () => {
    const table: readonly (readonly [number, Buffer, number?])[] = [
      [46, bytes("not a signature")],
      [47, bytes("not a denial")],
      [12345, bytes()],
      [CAA, caa("issue", "sectigo.com"), 3],
      [1, bytes("not an address"), 4],
    ];
    for (const [code, contents, klass = 1] of table) {
      assert.deepEqual(read(raw(code, contents, { klass })).records, [{ name: NAME, ttl: 60, type: "other", code }]);
    }
  });

  it("has the number of its code, and of that in EDNS", () => {
    const code = (low: number, high: number) => {
      const message = response([]);
      message.writeUInt8(low, 3);
      // OPT is the last record: root, type, size, and then the upper bits.
      message.writeUInt8(high, message.length - 6);
      return read(message).code;
    };
    assert.deepEqual(
      [code(0, 0), code(1, 0), code(2, 0), code(3, 0), code(4, 0), code(5, 0), code(9, 0), code(0, 1)],
      ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "RCODE9", "RCODE16"],
    );
  });

  it("has no lifetime where that is out of bounds (RFC 2181 section 8)", () => {
    for (const [ttl, lifetime] of [
      [0x7fff_ffff, 0x7fff_ffff],
      [0x8000_0000, 0],
    ] as const) {
      assert.equal(read(raw(1, bytes("abcd"), { ttl })).records[0]?.ttl, lifetime);
      const data = { mname: "a.test", rname: "b.test", minimum: ttl };
      const [soa] = read(response([{ type: "SOA", name: NAME, data }])).records;
      assert.equal(soa?.type === "SOA" && soa.minimum, lifetime);
    }
  });

  it("does not take letters of a target from the dice of the question", () => {
    const question = encode({ type: "response", id: 7, questions: [{ name: "_x.eXAmPLe.CoM", type: "CNAME" }] });
    question.writeUInt16BE(1, 6);
    // Owner: the question. Target: "Ab" and the question's last label, at 12 + 3 + 8.
    const contents = bytes(2, "Ab", 0xc0, 23);
    const message = bytes(question, 0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, contents.length, contents);
    assert.deepEqual(read(message).records, [{ name: "_x.example.com", ttl: 60, type: "CNAME", target: "Ab.com" }]);
  });

  it("compares ASCII alone without case", () => {
    const owner = wireName("\xe2\x84\xaa", "test");
    assert.equal(read(raw(1, bytes("abcd"), { owner })).records[0]?.name, "\u212a.test");
  });

  it("with more records than anybody publishes is refused", () => {
    const many = (count: number) =>
      response(Array.from({ length: count }, () => ({ type: "A", name: NAME, data: "192.0.2.1" }) as const));
    assert.equal(read(many(499)).records.length, 499);
    assert.equal(readReply(many(500), true), "malformed");
  });

  it("with more labels, pointers or strings than anybody publishes is refused", () => {
    /** Each name is a label and a pointer to the last one, so that a name of two bytes has as many as it may. */
    const chain = (links: number) => {
      const at = 12 + wireName("www", "example", "test").length + 4 + 11;
      const parts = [bytes(1, "a", 0)];
      for (let link = 0, to = at; link < links; link++) {
        parts.push(bytes(1, "a", 0xc0 | (to >> 8), to & 0xff));
        to = at + 3 + 4 * link;
      }
      return { contents: bytes(...parts), last: at + 3 + 4 * (links - 1) };
    };
    const one = (owner: ReturnType<typeof bytes>, type: number, contents: Uint8Array) =>
      raw(type, contents, { owner }).subarray(34);
    const message = (links: number, type: number, count: number) => {
      const { contents, last } = chain(links);
      const pointer = bytes(0xc0 | (last >> 8), last & 0xff);
      const whole = Buffer.concat([
        raw(99, contents, { owner: bytes(0) }),
        ...Array.from({ length: count }, () => one(pointer, type, type === 15 ? bytes(0, 1, pointer) : pointer)),
      ]);
      whole.writeUInt16BE(1 + count, 6);
      return whole;
    };
    const texts = (count: number) => raw(16, Buffer.alloc(count));
    assert.equal(read(message(5, 15, 499)).records.length, 500);
    assert.equal(read(message(100, 2, 20)).records.length, 21);
    assert.equal(read(texts(5_000)).records.length, 1);
    for (const type of [2, 5, 15]) assert.equal(readReply(message(100, type, 400), true), "malformed", String(type));
    assert.equal(readReply(texts(65_000), true), "malformed");
  });

  it("with two questions, or EDNS twice, is refused", () => {
    const [opt] = decode(response([])).additionals ?? [];
    assert.ok(opt);
    const message = (questions: number, opts: number) =>
      encode({
        type: "response",
        questions: Array.from({ length: questions }, () => ({ name: NAME, type: "CAA" }) as const),
        additionals: Array.from({ length: opts }, () => opt),
      });
    assert.equal(typeof readReply(message(1, 1), false), "object");
    assert.equal(readReply(message(2, 1), false), "malformed");
    assert.equal(readReply(message(1, 2), false), "malformed");
  });

  it("is cut wherever it ends early", () => {
    const whole = response([
      { type: "CAA", name: NAME, data: { flags: 0, tag: "issue", value: "sectigo.com" } },
      { type: "CNAME", name: NAME, data: "a.test" },
      { type: "TXT", name: NAME, data: "text" },
    ]);
    for (let length = 0; length < whole.length; length++) {
      assert.equal(readReply(whole.subarray(0, length), false), "cut", String(length));
    }
    assert.equal(read(whole).records.length, 3);
  });

  it("is read or refused, and never throws, however it is mutated", () => {
    const random = new Random(13);
    const corpus = [
      response([{ type: "CAA", name: NAME, data: { flags: 0, tag: "issue", value: "sectigo.com" } }]),
      response(
        [
          { type: "CNAME", name: NAME, data: "host.example.test" },
          { type: "TXT", name: "host.example.test", data: ["a", "b"] },
        ],
        0,
        [{ type: "SOA", name: "test", data: { mname: "ns.test", rname: "host.test", minimum: 1 } }],
      ),
      raw(5, bytes(1, "a", 0xc0, 12)),
    ];
    const kinds = new Set<string>();
    for (let round = 0; round < 4000; round++) {
      const message = Buffer.from(random.pick(corpus));
      for (let change = 0; change <= random.below(4); change++) {
        message[random.below(message.length)] = random.pick([0, 1, 0x2e, 0x3f, 0x40, 0xc0, 0xff, random.below(256)]);
      }
      const reply = readReply(message.subarray(0, message.length - random.below(3)), false);
      kinds.add(typeof reply === "string" ? reply : reply.kind);
    }
    assert.deepEqual([...kinds].sort(), ["answered", "cut", "malformed"]);
  });
});

describe("a question of the DNS", () => {
  const options = { recursion: true, checkingDisabled: false, edns: true, mixesCase: true };

  it("is repeated by its answer, but by a bare header that refuses it", () => {
    const query = makeQuery({ name: NAME, type: "CAA" }, options);
    const header = (code: number, ...after: readonly number[]) => {
      const message = Buffer.from([...query.bytes.subarray(0, 12), ...after]);
      message.writeUInt16BE(0x8000 | code, 2);
      for (const at of [4, 6, 8, 10]) message.writeUInt16BE(0, at);
      return message;
    };
    assert.equal(likeness(header(1), query), "same");
    assert.equal(likeness(header(4), query), "same");
    assert.equal(likeness(header(1, 0), query), "stray");
    for (const code of [0, 2, 3, 5]) assert.equal(likeness(header(code), query), "stray");
  });

  it("says how it is to be answered", () => {
    const table: readonly (readonly [Partial<typeof options>, rd: boolean, cd: boolean, edns: boolean])[] = [
      [{}, true, false, true],
      [{ recursion: false }, false, false, true],
      [{ checkingDisabled: true }, true, true, true],
      [{ edns: false }, true, false, false],
    ];
    for (const [given, rd, cd, edns] of table) {
      const message = decode(makeQuery({ name: NAME, type: "CAA" }, { ...options, ...given }).bytes);
      assert.deepEqual([message.flag_rd, message.flag_cd, message.flag_qr], [rd, cd, false]);
      const [opt] = message.additionals ?? [];
      assert.deepEqual(
        opt?.type === "OPT" ? [opt.udpPayloadSize, opt.flag_do] : undefined,
        edns ? [1232, true] : undefined,
      );
    }
  });

  it("has a number and letters that nobody foresees", () => {
    const made = Array.from({ length: 40 }, () => decode(makeQuery({ name: NAME, type: "A" }, options).bytes));
    const names = made.map(({ questions = [] }) => questions[0]?.name ?? "");
    assert.ok(names.every((name) => name.toLowerCase() === NAME));
    assert.ok(new Set(names).size > 10);
    assert.ok(new Set(made.map(({ id }) => id)).size > 10);
    const plain = decode(makeQuery({ name: "WWW.example.TEST", type: "A" }, { ...options, mixesCase: false }).bytes);
    assert.equal(plain.questions?.[0]?.name, NAME);
    assert.equal(decode(makeQuery({ name: "", type: "NS" }, options).bytes).questions?.[0]?.name, ".");
  });

  it("is about a name that can be sent", () => {
    const long = (length: number) => ("x".repeat(49) + ".").repeat(6).slice(0, length);
    const table: readonly (readonly [string, boolean])[] = [
      ["", true],
      ["test", true],
      ["_5db0.www.example.test", true],
      ["x".repeat(63), true],
      ["x".repeat(64), false],
      [long(253), true],
      [long(254), false],
      ["a..test", false],
      [".test", false],
      ["test.", false],
      ["a b.test", false],
      ["bücher.test", false],
      ["a\0.test", false],
    ];
    for (const [name, isFine] of table) assert.equal(canBeAsked(name), isFine, name);
  });

  it("knows what answers it", () => {
    const query = makeQuery({ name: "a.test", type: "CAA" }, { ...options, mixesCase: false });
    const id = query.bytes.readUInt16BE();
    const reply = (change: (message: Buffer) => void = () => undefined, name = "a.test") => {
      const message = encode({ type: "response", id, questions: [{ name, type: "CAA" }] });
      change(message);
      return message;
    };
    const table: readonly (readonly [string, Buffer, ReturnType<typeof likeness>])[] = [
      ["the answer", reply(), "same"],
      ["in another case", reply(undefined, "A.Test"), "folded"],
      ["another number", reply((message) => message.writeUInt16BE(id ^ 1)), "stray"],
      ["another name", reply(undefined, "b.test"), "stray"],
      ["another type", reply((message) => message.writeUInt8(2, message.length - 3)), "stray"],
      ["another class", reply((message) => message.writeUInt8(3, message.length - 1)), "stray"],
      ["the question itself", query.bytes, "stray"],
      ["a notification", reply((message) => message.writeUInt8(0xa0, 2)), "stray"],
      ["two questions", reply((message) => message.writeUInt8(2, 5)), "stray"],
      ["no question", encode({ type: "response", id }), "stray"],
      ["no question, since not understood", encode({ type: "response", id, flags: 1 }), "same"],
      ["no question, since of no kind that it knows", encode({ type: "response", id, flags: 4 }), "same"],
      ["no question, and no such name", encode({ type: "response", id, flags: 3 }), "stray"],
      ["half a header", reply().subarray(0, 6), "stray"],
      ["nothing", Buffer.alloc(0), "stray"],
    ];
    for (const [what, message, expected] of table) assert.equal(likeness(message, query), expected, what);
  });
});
