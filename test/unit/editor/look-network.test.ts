import assert from "node:assert/strict";
import { NotAgreedError, noteAgreed } from "../../../src/editor/window/look-consent";
import { lookNetwork, type LookSurroundings } from "../../../src/editor/window/look-network";
import { english } from "../../../src/words/localize";

const SERVERS = ["192.0.2.53", "[2001:db8::53]:5353"];
const SANDBOX = { url: "https://127.0.0.1:1", caPem: "", dnsPort: 5301, webPort: 8001, webTlsPort: 8002, pid: 1 };

/** A computer with servers set, whose person agreed to some. */
class Surroundings {
  readonly stored = new Map<string, unknown>();
  servers: readonly string[] = SERVERS;
  machine: string | undefined;
  /** Calls of the sandbox for its address. */
  sandboxes = 0;

  async agreeTo(servers: readonly string[]): Promise<void> {
    const update = (key: string, value: unknown) => Promise.resolve(void this.stored.set(key, value));
    await noteAgreed({ update }, servers);
  }

  get parts(): LookSurroundings {
    const settings = { get: () => this.servers } as unknown as LookSurroundings["settings"];
    const everywhere = { get: (key: string) => this.stored.get(key) } as LookSurroundings["everywhere"];
    const runningAddress = () => Promise.resolve((this.sandboxes++, SANDBOX));
    const { machine } = this;
    return { settings, everywhere, sandbox: { runningAddress }, machine, localize: english };
  }
}

describe("whom a look asks", () => {
  let computer: Surroundings;
  beforeEach(() => {
    computer = new Surroundings();
  });

  const refused: readonly (readonly [string, readonly string[] | undefined, readonly string[]])[] = [
    ["a person was never asked", undefined, SERVERS],
    ["a person was never asked, and no servers are set", undefined, []],
    ["a person agreed to the computer's own", [], SERVERS],
    ["a person agreed to others", ["192.0.2.1"], SERVERS],
    ["a person agreed to fewer", SERVERS.slice(0, 1), SERVERS],
    ["servers are set no longer", SERVERS, []],
  ];
  for (const [title, agreed, set] of refused) {
    it(`is nobody where ${title}, and says what to do`, async () => {
      computer.servers = set;
      if (agreed !== undefined) await computer.agreeTo(agreed);
      for (const ca of ["sectigo", undefined] as const) {
        await assert.rejects(lookNetwork(ca, computer.parts), (error: unknown) => {
          assert.ok(error instanceof NotAgreedError);
          assert.match(error.message, /Check the records again/);
          return true;
        });
      }
      assert.equal(computer.sandboxes, 0);
    });
  }

  it("is the servers that are set, once a person agreed to them", async () => {
    await computer.agreeTo(SERVERS);
    const { ports, asked } = await lookNetwork(undefined, computer.parts);
    assert.deepEqual(
      ports.dns.resolvers.map(({ address, port }) => [address, port]),
      [
        ["192.0.2.53", 53],
        ["2001:db8::53", 5353],
      ],
    );
    assert.equal(asked, "192.0.2.53, 2001:db8::53 and the name servers of the domains, from this computer");
    assert.deepEqual(["127.0.0.1", "10.0.0.1", "8.8.8.8"].map(ports.isPublic), [false, false, true]);
  });

  it("is said with the machine that asks", async () => {
    computer.machine = "SSH";
    await computer.agreeTo(SERVERS);
    assert.match((await lookNetwork("sectigo", computer.parts)).asked, /from the remote machine \(SSH\)$/);
  });

  it("is the sandbox alone for its orders, without consent and whatever is set", async () => {
    const { ports, asked } = await lookNetwork("sandbox", computer.parts);
    assert.deepEqual(ports.dns.resolvers, [{ kind: "resolver", address: "127.0.0.1", port: SANDBOX.dnsPort }]);
    assert.equal(ports.isPublic("127.0.0.1"), true);
    assert.equal(asked, "The sandbox's own servers on this computer");
    const { signal } = new AbortController();
    const server = ports.dns.authoritative("ns.example", "192.0.2.1");
    const question = { name: "b.example", type: "A" } as const;
    assert.deepEqual(await ports.dns.ask(question, server, { checkingDisabled: false }, signal), {
      kind: "failed",
      reason: "unreachable",
    });
    const file = await ports.fetchFile({ url: "http://b.example/", address: "192.0.2.1" }, signal);
    assert.deepEqual(file, { kind: "failed", reason: "unreachable" });
  });
});
