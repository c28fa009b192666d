import { readdirSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { findProgram, run } from "./program";
import { freePort, Server } from "./server";

/** Where each server answers; all on one port, on which BIND also asks others. */
export const ADDRESSES = { resolver: "127.0.0.1", parent: "127.0.0.2", child: "127.0.0.3", nobody: "127.0.0.4" };

const START = "$TTL 60\n@ SOA ns hostmaster 1 60 60 600 30\n@ NS ns\n";

/** Zones of the first server, signed ones first. "broken" is signed, and then changed. */
const SIGNED = {
  "signed.test": `
@ A 192.0.2.1
@ CAA 0 issue "sectigo.com; validationmethods=http-01"
@ CAA 128 tbs "Unknown"
@ MX 10 Mail
nobody CAA 0 issue ""
nul CAA 0 issue "sectigo.com\\000evil"
_5DB0 CNAME AD96.3C91.Ab12.sectigo.com.
www CNAME Host.plain.test.
doubled CNAME ad96.3c91.sectigo.com
*.wild CNAME anything.test.
text TXT "one " "two"
dotted CNAME a\\.b.test.
${Array.from({ length: 20 }, (_, index) => `many TXT "${String(index).repeat(100)}"`).join("\n")}
`,
  "broken.test": `
@ CAA 0 issue "sectigo.com"
@ A 192.0.2.1
`,
};

const UNSIGNED = {
  "plain.test": `
host CAA 0 issue "ca.example"
child NS ns.child
ns.child A ${ADDRESSES.child}
lame NS ns.lame
ns.lame A ${ADDRESSES.nobody}
`,
};

/** On the second server, to which the first one delegates. */
const CHILD = { "child.plain.test": `@ CAA 0 iodef "mailto:a@child.plain.test"\n_x CNAME Here.sectigo.com.\n` };

const ALL = [...Object.keys(SIGNED), ...Object.keys(UNSIGNED)];

type Where = keyof typeof ADDRESSES;

/**
 * On the loopback: a root of our own and two servers of zones, by Knot, and a resolver that validates, by BIND, which
 * would listen only on addresses that the system lists.
 */
export class NameServers {
  private constructor(
    readonly port: number,
    private readonly folder: TemporaryFolder,
    private readonly servers: readonly Server[],
  ) {}

  /** @throws Error with what a program printed */
  static async start(named: string, knotd: string): Promise<NameServers> {
    const folder = await TemporaryFolder.make("names");
    const port = await freePort();
    const servers: Server[] = [];
    try {
      const zones = new Zones(folder.path);
      for (const [zone, records] of Object.entries(SIGNED)) await zones.sign(zone, addressed(zone, "parent") + records);
      await zones.change("broken.test", '"sectigo.com"', '"sectigo.net"');
      for (const [zone, records] of Object.entries(UNSIGNED))
        await zones.write(zone, addressed(zone, "parent") + records);
      const key = await zones.sign(".", rootOf(await zones.delegations()));
      for (const [zone, records] of Object.entries(CHILD)) await zones.write(zone, addressed(zone, "child") + records);
      await zones.write("hints", `. 60 NS ns.\nns. 60 A ${ADDRESSES.parent}\n`);
      const serve = async (name: Where, text: (own: string) => string, command: readonly string[], ready: string) => {
        const own = path.join(folder.path, name);
        await mkdir(own);
        const file = path.join(own, "configuration");
        await writeFile(file, text(own));
        const [first = "", ...others] = command;
        servers.push(await Server.start({ command: [first, ...others, "-c", file], port, ready }));
      };
      for (const [name, served] of [
        ["parent", [...ALL, "."]],
        ["child", Object.keys(CHILD)],
      ] as const) {
        await serve(name, (own) => zones.knot(own, `${ADDRESSES[name]}@${port}`, served), [knotd], "server started");
      }
      await serve("resolver", (own) => zones.bind(own, port, key), [named, "-g", "-n", "1"], "running");
      return new NameServers(port, folder, servers);
    } catch (error) {
      for (const server of servers) await server.stop();
      await folder.remove();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
    await this.folder.remove();
  }
}

/** The address of a zone's one server. */
const addressed = (zone: string, where: "parent" | "child"): string =>
  `$ORIGIN ${zone}.\n${START}ns A ${ADDRESSES[where]}\n`;

/** The root zone, which delegates every other zone of the first server, with the digests of the keys of signed ones. */
function rootOf(digests: string): string {
  const delegations = ALL.map((zone) => `${zone}. NS ns.${zone}.\nns.${zone}. A ${ADDRESSES.parent}\n`);
  return `$ORIGIN .\n${START}ns A ${ADDRESSES.parent}\n${delegations.join("")}${digests}`;
}

/** Files of zones in one folder. */
class Zones {
  constructor(private readonly folder: string) {}

  file(zone: string): string {
    return path.join(this.folder, `zone-${zone}`);
  }

  /** A server of zones. */
  knot(own: string, listen: string, zones: readonly string[]): string {
    const served = zones.map(
      (zone) =>
        `  - domain: "${zone}"\n    file: "${this.file(zone)}"\n    journal-content: none\n    zonefile-sync: -1\n`,
    );
    return `server:
  rundir: "${own}"
  listen: ${listen}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "${own}"
log:
  - target: stderr
    any: info
zone:
${served.join("")}`;
  }

  /** A resolver that trusts one key of the root. */
  bind(own: string, port: number, key: string): string {
    return `options { directory "${own}"; port ${port}; listen-on { ${ADDRESSES.resolver}; }; listen-on-v6 { none; };
pid-file none; session-keyfile none; lock-file none; empty-zones-enable no; servfail-ttl 0;
recursion yes; dnssec-validation yes; };
controls { };
trust-anchors { "." static-key ${key}; };
zone "." { type hint; file "${this.file("hints")}"; };
`;
  }

  async write(zone: string, records: string): Promise<void> {
    await writeFile(this.file(zone), `${records}\n`);
  }

  /** Writes it signed with a new key. @returns the key, as a trust anchor has it */
  async sign(zone: string, records: string): Promise<string> {
    const plain = `${this.file(zone)}.plain`;
    await writeFile(plain, `${records}\n`);
    const keys = ["-K", this.folder];
    const name = mustRun("dnssec-keygen", ...keys, "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", zone).trim();
    const signing = ["-S", "-z", "-q", ...keys, "-d", this.folder, "-o", zone, "-f", this.file(zone), plain];
    mustRun("dnssec-signzone", ...signing);
    const key = await readFile(path.join(this.folder, `${name}.key`), "utf8");
    const [, numbers = "", base64 = ""] = /DNSKEY\s+(\d+ \d+ \d+)\s+(\S[^\n]*)/.exec(key) ?? [];
    return `${numbers} "${base64.replaceAll(" ", "")}"`;
  }

  /** Changes a zone after it was signed. */
  async change(zone: string, from: string, to: string): Promise<void> {
    const signed = await readFile(this.file(zone), "utf8");
    if (!signed.includes(from)) throw new Error(`${zone} has no ${from}`);
    await writeFile(this.file(zone), signed.replace(from, to));
  }

  /** DS records of what was signed so far. */
  async delegations(): Promise<string> {
    const files = readdirSync(this.folder).filter((name) => name.startsWith("dsset-"));
    const texts = await Promise.all(files.map((name) => readFile(path.join(this.folder, name), "utf8")));
    return texts.join("");
  }
}

/** @returns what it printed. @throws Error with it */
function mustRun(name: string, ...args: readonly string[]): string {
  const { ok, output } = run(findProgram(name) ?? name, ...args);
  if (!ok) throw new Error(`${name}: ${output}`);
  return output;
}
