import type { Phrase } from "../../../src/words/phrase";
import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import type { LookupAddress } from "node:dns";
import tls from "node:tls";
import type { ServedChain, StartTls } from "../../../src/certificates/checks/live-host";
import { pemText } from "../../../src/certificates/pem-text";
import { createFindHostAddresses, createLookAtHost } from "../../../src/net/live-host";
import { Random } from "../../fuzz/random";
import { SCRIPTS, startTlsServer, type Script, type Sending } from "../../servers/start-tls-server";
import { threeLevels } from "../certificates/checks/hierarchy";

const PROTOCOLS = Object.keys(SCRIPTS) as readonly StartTls[];
const signal = new AbortController().signal;

/** Milliseconds; only a server that says nothing more is waited for, and these tests have none that must answer. */
const PATIENCE = 5_000;

/** Why a host has no addresses. */
const reasonIn = (found: readonly string[] | Phrase): string => ("text" in found ? inEnglish(found) : found.join());

describe("a server that begins TLS when it is asked to", () => {
  let secure: { cert: string; key: string };
  let leaf: Uint8Array;
  const opened: Server[] = [];

  before(async () => {
    const made = await threeLevels({ ca: false, dnsNames: ["mail.example.test"] });
    leaf = made.leaf.der;
    const key = made.holders.leaf.keys.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    secure = { key, cert: [made.leaf, made.ca].map(({ der }) => pemText(der)).join("") };
  });

  afterEach(async () => {
    for (const one of opened.splice(0)) {
      const closed = once(one, "close");
      one.close();
      await closed;
    }
  });

  async function look(
    startTls: StartTls,
    script: Script,
    sending?: Sending,
    patience = PATIENCE,
  ): Promise<ServedChain> {
    const server = startTlsServer(script, () => secure, sending);
    opened.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return createLookAtHost(patience)({ host: "127.0.0.1", port, serverName: "mail.example.test", startTls }, signal);
  }

  async function failure(protocol: StartTls, script: Script, sending?: Sending, patience?: number): Promise<string> {
    const served = await look(protocol, script, sending, patience);
    assert.equal(served.kind, "failed", `${protocol} ${JSON.stringify(script)}`);
    return served.kind === "failed" ? inEnglish(served.message) : "";
  }

  it("is told to have failed where the engine throws instead of beginning", async () => {
    const { connect } = tls;
    tls.connect = () => {
      throw new Error("Not with this name.");
    };
    try {
      assert.doesNotMatch(await failure("smtp", SCRIPTS.smtp), /in time/);
    } finally {
      tls.connect = connect;
    }
  });

  for (const protocol of PROTOCOLS) {
    it(`shows its certificates after ${protocol}, however its answers are cut`, async () => {
      const random = new Random(protocol.length);
      const slices = [undefined, () => 1, ...Array.from({ length: 6 }, () => () => 1 + random.below(20))];
      for (const slice of slices) {
        const served = await look(protocol, SCRIPTS[protocol], slice && { slice });
        assert.ok(served.kind === "served", JSON.stringify(served));
        assert.equal(served.certificates.length, 2);
        assert.deepEqual(Buffer.from(served.certificates[0] ?? []), Buffer.from(leaf));
        assert.equal(served.address, "127.0.0.1");
      }
    });

    it(`is refused where more than the answer of ${protocol} comes before TLS`, async () => {
      const inTurn = await failure(protocol, SCRIPTS[protocol], { extra: "220 injected\r\n" });
      assert.match(inTurn, /said more after it agreed to TLS/);
      // In a packet of its own it reaches the TLS engine, which does not take it.
      const apart = await failure(protocol, SCRIPTS[protocol], { extra: "x\r\n", slice: () => 1 });
      assert.match(apart, /said more|did not agree on TLS|closed the connection/);
    });

    it(`that says without end what is not ${protocol} is given up`, async () => {
      const { answers } = SCRIPTS[protocol];
      const script = { greeting: Buffer.alloc(200_000, "* 220-"), answers };
      assert.match(await failure(protocol, script), /otherwise than its protocol|does not begin TLS/);
    });

    it(`that closes, or says nothing, after ${protocol} began`, async () => {
      assert.match(
        await failure(protocol, { answers: [] }, { slice: () => 1 }, 50),
        // An engine that wants TLS may answer plain text with an alert.
        /did not answer in time|closed|TLS|otherwise than its protocol/,
      );
    });
  }

  it("is told from one that does not begin TLS, and from one of another protocol", async () => {
    const answered = (protocol: StartTls, says: string | Buffer): Script => {
      const { greeting, answers } = SCRIPTS[protocol];
      return {
        ...(greeting !== undefined && { greeting }),
        answers: answers.map((each, place) => (place === answers.length - 1 ? { ...each, says } : each)),
      };
    };
    const ldap = (hex: string): Script => answered("ldap", Buffer.from(hex, "hex"));
    const [no, odd] = [/does not begin TLS/, /otherwise than its protocol/];
    const table: readonly (readonly [StartTls, Script, RegExp])[] = [
      ["smtp", answered("smtp", "454 4.7.0 TLS not available\r\n"), no],
      ["smtp", answered("smtp", "250 fine\r\n"), no],
      ["smtp", { greeting: "554 no service\r\n", answers: [] }, no],
      ["smtp", { greeting: "HTTP/1.1 400 Bad Request\r\n", answers: [] }, odd],
      ["smtp", { greeting: "220-ready\r\n2200\r\n", answers: [] }, odd],
      ["imap", answered("imap", "a NO not now\r\n"), no],
      ["imap", answered("imap", "a BAD unknown\r\n"), no],
      ["imap", answered("imap", "b OK Begin\r\n"), odd],
      ["imap", { greeting: "* PREAUTH welcome\r\n", answers: [] }, no],
      ["imap", { greeting: "* BYE full\r\n", answers: [] }, no],
      ["imap", { greeting: "220 mail ESMTP\r\n", answers: [] }, odd],
      // unavailable (52); a notice of disconnection; another message; not a response
      ["ldap", ldap("300c02010178070a013404000400"), no],
      ["ldap", ldap("300c02010078070a013404000400"), odd],
      ["ldap", ldap("300c02010278070a010004000400"), odd],
      ["ldap", ldap("300c02010165070a010004000400"), odd],
      // A length that goes beyond; an indefinite one; one of five bytes; a result that lacks its texts; two controls
      ["ldap", ldap("300c02010178080a010004000400"), odd],
      ["ldap", ldap("308002010178070a0100040004000000"), odd],
      ["ldap", ldap("3085000000000c02010178070a010004000400"), odd],
      ["ldap", ldap("300802010178030a0100"), odd],
      ["ldap", ldap("301002010178070a010004000400a000a000"), odd],
      ["ldap", ldap("30847fffffff"), odd],
      ["postgresql", answered("postgresql", "N"), no],
      ["postgresql", answered("postgresql", "E"), no],
      ["postgresql", answered("postgresql", "R"), odd],
    ];
    for (const [protocol, script, message] of table) assert.match(await failure(protocol, script), message);
  });

  it("of a directory that writes lengths in four bytes is understood", async () => {
    const says = Buffer.from("30840000001002010178840000000" + "70a010004000400", "hex");
    const [answer] = SCRIPTS.ldap.answers;
    assert.ok(answer !== undefined);
    assert.equal((await look("ldap", { answers: [{ ...answer, says }] })).kind, "served");
  });
});

describe("the addresses of a host", () => {
  const finding = (...found: readonly string[]) =>
    createFindHostAddresses(1_000, (_, __, give) =>
      give(
        null,
        found.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 })),
      ),
    );

  it("are all that its name has, each once; an address is its own", async () => {
    const both = ["192.0.2.1", "2001:db8::1", "192.0.2.1"];
    assert.deepEqual(await finding(...both)("www.example.test", signal), ["192.0.2.1", "2001:db8::1"]);
    assert.deepEqual(await finding()("[2001:db8::2]", signal), ["2001:db8::2"]);
    assert.match(reasonIn(await finding()("www.example.test", signal)), /not found in DNS/);
  });

  it("that are not found, or not in time, are told in one sentence", async () => {
    const failing = createFindHostAddresses(1_000, (_, __, give) =>
      give(Object.assign(new Error("no"), { code: "ENOTFOUND" }), undefined as never),
    );
    assert.match(reasonIn(await failing("www.example.test", signal)), /not found in DNS/);
    const silent = createFindHostAddresses(10, () => undefined);
    assert.match(reasonIn(await silent("www.example.test", signal)), /in time/);
    assert.match(reasonIn(await silent("www.example.test", AbortSignal.abort())), /cancelled/);
  });
});
