import assert from "node:assert/strict";
import { once } from "node:events";
import tls from "node:tls";
import { whyUntrusted } from "../../../src/net/trusted-peer";
import { TestAuthority, type ServerCertificateOptions } from "../../servers/authority";
import { MisbehavingServer } from "../../servers/misbehaving-server";

const NAMES: ServerCertificateOptions = {
  dnsNames: ["ca.example.test", "*.wild.example.test"],
  ipAddresses: [Uint8Array.of(127, 0, 0, 1), Buffer.from("20010db8000000000000000000000001", "hex")],
};

describe("who is at the other end of a socket", () => {
  let authority: TestAuthority;
  let server: MisbehavingServer;
  before(async () => {
    authority = await TestAuthority.create();
    server = await MisbehavingServer.start(await authority.issue(NAMES), () => undefined);
  });
  after(() => server.stop());

  /** A connection that nobody was asked to check, as whatever switches checks off leaves it. */
  async function connect(options: tls.ConnectionOptions = {}): Promise<tls.TLSSocket> {
    const socket = tls.connect({
      host: "127.0.0.1",
      port: server.port,
      servername: "ca.example.test",
      ca: authority.pem,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...options,
    });
    await once(socket, "secureConnect");
    return socket;
  }

  const codeOf = (why: unknown): unknown => (why as { code: string } | undefined)?.code;

  it("is known by its names and addresses", async () => {
    const socket = await connect();
    const table: readonly (readonly [host: string, isCovered: boolean])[] = [
      ["ca.example.test", true],
      ["CA.Example.TEST", true],
      ["ca.example.test.", true],
      ["any.wild.example.test", true],
      ["127.0.0.1", true],
      ["2001:db8::1", true],
      ["example.test", false],
      ["wild.example.test", false],
      ["a.b.wild.example.test", false],
      ["xca.example.test", false],
      ["127.0.0.2", false],
      ["2001:db8::2", false],
      ["", false],
      ["ca\0.example.test", false],
    ];
    for (const [host, isCovered] of table) {
      const expected = isCovered ? undefined : "ERR_TLS_CERT_ALTNAME_INVALID";
      assert.equal(codeOf(whyUntrusted(socket, host)), expected, host);
    }
    socket.destroy();
  });

  it("is nobody without the CA, whatever the connection was told", async () => {
    const socket = await connect({ ca: [] });
    assert.equal(socket.authorized, false);
    assert.equal(codeOf(whyUntrusted(socket, "ca.example.test")), "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    socket.destroy();
  });

  it("is nobody before the handshake", () => {
    const socket = tls.connect({ host: "127.0.0.1", port: server.port, ca: authority.pem });
    assert.equal(codeOf(whyUntrusted(socket, "127.0.0.1")), "CERT_UNTRUSTED");
    socket.on("error", () => undefined).destroy();
  });

  it("is nobody where a session is resumed, of which no certificate is left", async () => {
    const first = await connect({ maxVersion: "TLSv1.2" });
    const session = first.getSession();
    first.destroy();
    const second = await connect({ maxVersion: "TLSv1.2", session });
    assert.deepEqual([second.isSessionReused(), second.authorized], [true, true]);
    const why = codeOf(whyUntrusted(second, "other.example.test"));
    assert.ok(why !== undefined, "a name that nobody compared passes");
    second.destroy();
  });
});
