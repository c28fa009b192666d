import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { getEventListeners, once } from "node:events";
import { TRUNCATED_RESPONSE, type Answer } from "dns-packet";
import { createResolveDns, type ResolveDnsOptions } from "../../../src/net/resolve-dns";
import type { DnsReply, NameServer, RecordType } from "../../../src/validation/ports";
import { Random } from "../../fuzz/random";
import { answerTo, DnsStandIn, prefixed, type Asked } from "../../servers/dns-stand-in";

const NAME = "example.test";
const ANSWER: readonly Answer[] = [{ type: "CAA", name: NAME, ttl: 60, data: { flags: 0, tag: "issue", value: "" } }];
const FORGED: readonly Answer[] = [{ type: "CAA", name: NAME, ttl: 60, data: { flags: 0, tag: "issue", value: "x" } }];

/** ms, where a test waits for a server that does not answer. */
const SHORT = 60;
/** ms, where it waits for the first answer, and gets the second one: that may come late on a busy machine. */
const PATIENT = 300;

describe("the DNS", () => {
  const opened: DnsStandIn[] = [];
  afterEach(async () => {
    for (const server of opened.splice(0)) await server.stop();
  });

  async function start(behaviour: (asked: Asked, count: number) => void): Promise<DnsStandIn> {
    const server: DnsStandIn = await DnsStandIn.start((asked) => behaviour(asked, server.asked.length));
    opened.push(server);
    return server;
  }

  interface Way extends ResolveDnsOptions {
    readonly kind?: NameServer["kind"];
    readonly checkingDisabled?: boolean;
    readonly signal?: AbortSignal;
    readonly type?: RecordType;
  }

  function ask(server: { readonly port: number }, way: Way = {}): Promise<DnsReply> {
    const { kind = "resolver", checkingDisabled = false, signal, type = "CAA", ...options } = way;
    const dns = createResolveDns({ authoritativePort: server.port, servers: [`127.0.0.1:${server.port}`], ...options });
    const [resolver] = dns.resolvers;
    assert.ok(resolver !== undefined);
    const asked = kind === "resolver" ? resolver : dns.authoritative("ns.example.test", "127.0.0.1");
    return dns.ask({ name: NAME, type }, asked, { checkingDisabled }, signal ?? new AbortController().signal);
  }

  /** The value of the one CAA record; else the code or the reason. */
  const said = (reply: DnsReply): string => {
    if (reply.kind === "failed") return reply.reason;
    const [record] = reply.records;
    return record?.type === "CAA" ? `"${record.value}"${reply.usedTcp ? " by TCP" : ""}` : reply.code;
  };

  it("is asked with what the reader of the answer needs", async () => {
    const server = await start((asked) => asked.send(answerTo(asked, ANSWER)));
    const table: readonly (readonly [Way, rd: boolean, cd: boolean])[] = [
      [{}, true, false],
      [{ checkingDisabled: true }, true, true],
      [{ kind: "authoritative" }, false, false],
    ];
    for (const [way, rd, cd] of table) {
      assert.equal(said(await ask(server, way)), '""');
      const message = server.asked.at(-1)?.message;
      assert.deepEqual([message?.flag_rd, message?.flag_cd], [rd, cd]);
      const [opt] = message?.additionals ?? [];
      assert.ok(opt?.type === "OPT" && opt.flag_do && opt.udpPayloadSize === 1232);
    }
    assert.equal(server.asked.length, table.length);
  });

  it("is asked over TCP where an answer is cut", async () => {
    const table: readonly (readonly [string, (asked: Asked) => Uint8Array])[] = [
      ["and says so", (asked) => answerTo(asked, [], { flags: TRUNCATED_RESPONSE })],
      [
        "says so, and has half a record",
        (asked) => answerTo(asked, FORGED, { flags: TRUNCATED_RESPONSE }).subarray(0, -4),
      ],
      ["and does not say so", (asked) => answerTo(asked, FORGED).subarray(0, -4)],
    ];
    for (const [what, cut] of table) {
      const server = await start((asked) =>
        asked.send(asked.over === "udp" ? cut(asked) : prefixed(answerTo(asked, ANSWER))),
      );
      assert.equal(said(await ask(server)), '"" by TCP', what);
      await server.idle();
    }
  });

  it("is read from TCP in whatever pieces it comes", async () => {
    const random = new Random(5);
    const long: Answer[] = Array.from({ length: 40 }, (_, index) => ({
      type: "TXT",
      name: NAME,
      ttl: 1,
      data: `${"x".repeat(200)}${index}`,
    }));
    const server = await start((asked) => {
      if (asked.over === "udp") {
        asked.send(answerTo(asked, [], { flags: TRUNCATED_RESPONSE }));
        return;
      }
      // What follows the answer is nobody's.
      let rest = Buffer.concat([prefixed(answerTo(asked, [...ANSWER, ...long])), Buffer.from("more")]);
      const next = () => {
        const size = random.pick([1, 1, 2, 3, 50, 5000]);
        if (rest.length > 0) asked.send(rest.subarray(0, size));
        rest = rest.subarray(size);
        if (rest.length > 0) setImmediate(next);
      };
      next();
    });
    for (let round = 0; round < 10; round++) {
      const reply = await ask(server);
      assert.equal(said(reply), '"" by TCP');
      assert.equal(reply.kind === "answered" && reply.records.length, 41);
    }
  });

  it("that misbehaves over TCP is told", async () => {
    const table: readonly (readonly [string, (asked: Asked) => void, DnsReply])[] = [
      ["silent", () => undefined, { kind: "failed", reason: "timed-out" }],
      ["closes", (asked) => asked.end(), { kind: "failed", reason: "malformed" }],
      [
        "says half",
        (asked) => (asked.send(prefixed(answerTo(asked, ANSWER)).subarray(0, -1)), asked.end()),
        { kind: "failed", reason: "malformed" },
      ],
      [
        "announces more than comes",
        (asked) => (asked.send(Buffer.from([0xff, 0xff, 1, 2])), asked.end()),
        { kind: "failed", reason: "malformed" },
      ],
      [
        "says nothing at length",
        (asked) => asked.send(prefixed(Buffer.alloc(0))),
        { kind: "failed", reason: "malformed" },
      ],
      [
        "cuts again",
        (asked) => asked.send(prefixed(answerTo(asked, [], { flags: TRUNCATED_RESPONSE }))),
        { kind: "failed", reason: "malformed" },
      ],
      [
        "speaks something else",
        (asked) => asked.send(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(1000))),
        { kind: "failed", reason: "malformed" },
      ],
    ];
    for (const [what, behaviour, expected] of table) {
      const server = await start((asked) => {
        if (asked.over === "udp") asked.send(answerTo(asked, [], { flags: TRUNCATED_RESPONSE }));
        else behaviour(asked);
      });
      const way = what === "silent" ? { timeout: PATIENT } : {};
      assert.deepEqual(await ask(server, way), expected, what);
      assert.equal(server.asked.length, 2, what);
      await server.idle();
    }
  });

  it("that never ends over TCP is left", async () => {
    const server = await start((asked) => {
      if (asked.over === "udp") asked.send(answerTo(asked, [], { flags: TRUNCATED_RESPONSE }));
      else {
        const bytes = prefixed(answerTo(asked, ANSWER));
        asked.send(bytes);
        const more = setInterval(() => (server.open === 0 ? clearInterval(more) : asked.send(bytes)), 1);
      }
    });
    assert.equal(said(await ask(server)), '"" by TCP');
    await server.idle();
  });

  it("is not believed when somebody else answers, or nobody asked", async () => {
    const table: readonly (readonly [string, (asked: Asked) => Promise<void> | void])[] = [
      ["from another port", (asked) => asked.sendFromElsewhere(answerTo(asked, FORGED))],
      [
        "with another number",
        (asked) => {
          const forged = answerTo(asked, FORGED);
          forged.writeUInt16BE(forged.readUInt16BE() ^ 1);
          asked.send(forged);
        },
      ],
      [
        "for another name",
        (asked) =>
          asked.send(
            answerTo(
              { ...asked, message: { ...asked.message, questions: [{ name: "other.test", type: "CAA" }] } },
              FORGED,
            ),
          ),
      ],
      ["with garbage", (asked) => asked.send(Buffer.from("garbage"))],
      ["with the question itself", (asked) => asked.send(asked.bytes)],
    ];
    for (const [what, forge] of table) {
      const server = await start((asked) => {
        void Promise.resolve(forge(asked)).then(() => asked.send(answerTo(asked, ANSWER)));
      });
      assert.equal(said(await ask(server)), '""', what);
      // Alone it is not an answer.
      const forger = await start((asked) => void forge(asked));
      assert.equal(said(await ask(forger, { timeout: SHORT })), "timed-out", what);
    }
  });

  it("that only makes noise is given up", async () => {
    const server = await start((asked) => {
      for (let index = 0; index < 200; index++) asked.send(Buffer.from("noise"));
    });
    assert.equal(said(await ask(server)), "malformed");
  });

  it("is asked once more without an answer, and then no more", async () => {
    const deaf = await start((asked, count) => {
      if (count > 1) asked.send(answerTo(asked, ANSWER));
    });
    assert.equal(said(await ask(deaf, { timeout: PATIENT })), '""');
    const silent = await start(() => undefined);
    assert.equal(said(await ask(silent, { timeout: SHORT })), "timed-out");
    const name = ({ message }: Asked) => message.questions?.[0]?.name;
    for (const { asked } of [deaf, silent]) {
      assert.equal(asked.length, 2);
      const [first, second] = asked.map(({ message }) => message.id);
      assert.notEqual(first, second);
      assert.equal(asked[1] && name(asked[1]), NAME);
    }
  });

  it("does not take an answer that comes after its time for that of the next question", async () => {
    let late: Asked | undefined;
    const server = await start((asked, count) => {
      if (count === 1) {
        late = asked;
        return;
      }
      // To the first port, which is closed; and, with the first number, to the second one.
      if (late !== undefined) late.send(answerTo(late, FORGED));
      if (late !== undefined) asked.send(answerTo(late, FORGED));
      asked.send(answerTo(asked, ANSWER));
    });
    assert.equal(said(await ask(server, { timeout: PATIENT })), '""');
  });

  it("is asked in small letters where a server does not repeat the case", async () => {
    const server = await start((asked) => {
      const questions = (asked.message.questions ?? []).map((one) => ({ ...one, name: one.name.toLowerCase() }));
      asked.send(answerTo({ ...asked, message: { ...asked.message, questions } }, ANSWER));
    });
    // Of eleven letters all are small once in 2048 times: then one question is enough.
    assert.equal(said(await ask(server, { kind: "authoritative" })), '""');
    assert.equal(server.asked.at(-1)?.message.questions?.[0]?.name, NAME);
    assert.ok(server.asked.length <= 2);
  });

  it("is asked in random case only where the answer cannot be spoiled by that", async () => {
    const server = await start((asked) => asked.send(answerTo(asked, ANSWER)));
    const names = async (kind: NameServer["kind"]) => {
      const from = server.asked.length;
      for (let round = 0; round < 20; round++) assert.equal(said(await ask(server, { kind })), '""');
      return new Set(server.asked.slice(from).map(({ message }) => message.questions?.[0]?.name));
    };
    assert.deepEqual([...(await names("resolver"))], [NAME]);
    assert.ok((await names("authoritative")).size > 5);
    // Who turns all into capitals has not repeated the question, whoever asked.
    const shouting = await start((asked) => {
      const questions = (asked.message.questions ?? []).map((one) => ({ ...one, name: NAME.toUpperCase() }));
      asked.send(answerTo({ ...asked, message: { ...asked.message, questions } }, ANSWER));
    });
    assert.equal(said(await ask(shouting)), "malformed");
    assert.equal(shouting.asked.length, 2);
  });

  it("is asked without EDNS where a server does not know it", async () => {
    for (const code of [1, 4]) {
      const server = await start((asked) => {
        const knows = (asked.message.additionals ?? []).length === 0;
        asked.send(knows ? answerTo(asked, ANSWER) : answerTo(asked, [], { code }));
      });
      // NOTIMP says something of the type, not of EDNS.
      assert.equal(said(await ask(server)), code === 1 ? '""' : "NOTIMP");
      assert.equal(server.asked.length, code === 1 ? 2 : 1);
    }
    const refusing = await start((asked, count) => {
      if (count === 1) asked.send(answerTo(asked, [], { code: 1 }));
    });
    assert.equal(said(await ask(refusing, { timeout: SHORT })), "FORMERR");
  });

  it("is asked over TCP where the second answer is cut, without EDNS too", async () => {
    const server = await start((asked, count) => {
      if (count === 1) asked.send(answerTo(asked, [], { code: 1 }));
      else if (asked.over === "udp") asked.send(answerTo(asked, [], { flags: TRUNCATED_RESPONSE }));
      else asked.send(prefixed(answerTo(asked, ANSWER)));
    });
    assert.equal(said(await ask(server)), '"" by TCP');
    assert.deepEqual(
      server.asked.map(({ message }) => message.additionals?.length),
      [1, 0, 0],
    );
  });

  it("leaves nothing open, and listens to nobody afterwards", async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((each) => each === "UDPWrap").length;
    const server = await start((asked) => asked.send(answerTo(asked, ANSWER)));
    const { signal } = new AbortController();
    // Handles are let go after the turn in which they are closed, those of the test before this one too.
    const settle = async (): Promise<void> => {
      for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    await settle();
    const before = sockets();
    for (let round = 0; round < 5; round++) assert.equal(said(await ask(server, { signal })), '""');
    await settle();
    assert.ok(sockets() <= before, `${sockets()} sockets, ${before} before`);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  it("is given up between two questions, and no refusal is told then", async () => {
    const controller = new AbortController();
    const server = await start((asked, count) => {
      if (count === 1) asked.send(answerTo(asked, [], { code: 1 }));
      else controller.abort();
    });
    assert.equal(said(await ask(server, { signal: controller.signal })), "cancelled");
  });

  it("says what code a server answers, at the first time", async () => {
    for (const [code, word] of [
      [0, "NOERROR"],
      [2, "SERVFAIL"],
      [3, "NXDOMAIN"],
      [5, "REFUSED"],
    ] as const) {
      const server = await start((asked) => asked.send(answerTo(asked, [], { code })));
      assert.equal(said(await ask(server)), word);
      assert.equal(server.asked.length, 1);
    }
  });

  it("with a damaged record is malformed", async () => {
    const server = await start((asked) => {
      const bytes = answerTo(asked, ANSWER);
      // Length of the tag "issue".
      bytes.writeUInt8(200, bytes.length - 6);
      asked.send(bytes);
    });
    assert.equal(said(await ask(server)), "malformed");
    assert.equal(server.asked.length, 1);
  });

  it("that nobody serves is not reached", async () => {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const { port } = socket.address();
    socket.close();
    await once(socket, "close");
    const reason = said(await ask({ port }, { timeout: SHORT }));
    // Windows does not tell of closed ports.
    assert.ok(reason === "unreachable" || (reason === "timed-out" && process.platform === "win32"), reason);
    const cut = await start((asked) => asked.send(answerTo(asked, [], { flags: TRUNCATED_RESPONSE })));
    await cut.closeTcp();
    assert.equal(said(await ask(cut, { timeout: PATIENT })), "unreachable");
  });

  it("is asked of accepted addresses alone, about names that exist", async () => {
    const server = await start((asked) => asked.send(answerTo(asked, ANSWER)));
    assert.equal(said(await ask(server, { accepts: (address) => address !== "127.0.0.1" })), "unreachable");
    const dns = createResolveDns({ servers: [server.address] });
    const { signal } = new AbortController();
    const table: readonly (readonly [string, Partial<NameServer>, string])[] = [
      [NAME, { address: "localhost" }, "unreachable"],
      [NAME, { port: 0 }, "unreachable"],
      [NAME, { port: 70_000 }, "unreachable"],
      ["x".repeat(64), {}, "malformed"],
      ["a..test", {}, "malformed"],
    ];
    for (const [name, change, reason] of table) {
      const [resolver] = dns.resolvers;
      assert.ok(resolver !== undefined);
      const reply = await dns.ask({ name, type: "A" }, { ...resolver, ...change }, { checkingDisabled: false }, signal);
      assert.equal(said(reply), reason);
    }
    assert.equal(server.asked.length, 0);
  });

  it("is left when its caller gives up", async () => {
    assert.equal(said(await ask({ port: 9 }, { signal: AbortSignal.abort() })), "cancelled");
    for (const over of ["udp", "tcp"] as const) {
      const controller = new AbortController();
      const server = await start((asked) => {
        if (asked.over === over) controller.abort();
        else asked.send(answerTo(asked, [], { flags: TRUNCATED_RESPONSE }));
      });
      assert.equal(said(await ask(server, { signal: controller.signal })), "cancelled", over);
      assert.equal(server.asked.length, over === "udp" ? 1 : 2);
      await server.idle();
    }
  });

  it("is asked over IPv6 too", async function () {
    const socket = createSocket("udp6");
    socket.on("error", () => undefined).bind(0, "::1");
    const listens = await Promise.race([
      once(socket, "listening").then(() => true),
      once(socket, "close"),
      once(socket, "error").then(() => false),
    ]);
    if (listens !== true) this.skip();
    socket.on("message", (bytes, from) => {
      const reply = Buffer.from(bytes);
      reply.writeUInt16BE(0x8003, 2);
      socket.send(reply, from.port, from.address);
    });
    const dns = createResolveDns({ servers: [`[::1]:${socket.address().port}`] });
    const [resolver] = dns.resolvers;
    assert.ok(resolver !== undefined);
    const { signal } = new AbortController();
    assert.equal(
      said(await dns.ask({ name: NAME, type: "CAA" }, resolver, { checkingDisabled: false }, signal)),
      "NXDOMAIN",
    );
    socket.close();
  });
});
