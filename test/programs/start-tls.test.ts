import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import type { StartTls } from "../../src/certificates/checks/live-host";
import { pemText } from "../../src/certificates/pem-text";
import { SCRIPTS, startTlsServer, type Script } from "../servers/start-tls-server";
import { describeWith } from "./program";
import { collected } from "./saved";

/** OpenSSL's client asks an IMAP server what it can do first; ours does not. */
const OTHERS: Readonly<Partial<Record<StartTls, Script>>> = {
  imap: {
    ...SCRIPTS.imap,
    answers: [
      { to: /^(\S+) CAPABILITY\r\n/, says: "* CAPABILITY IMAP4rev2 STARTTLS\r\n$1 OK\r\n" },
      ...SCRIPTS.imap.answers,
    ],
  },
};

/** Its name of a protocol. */
const NAMES: Readonly<Record<StartTls, string>> = { smtp: "smtp", imap: "imap", ldap: "ldap", postgresql: "postgres" };

describe("The servers of our tests begin TLS as clients of others know it:", () => {
  describeWith("openssl", (program) => {
    for (const protocol of Object.keys(SCRIPTS) as readonly StartTls[]) {
      it(protocol, async () => {
        const { key, path } = await collected("P-256");
        const secure = {
          key: key.export({ format: "pem", type: "pkcs8" }),
          cert: path.map(({ der }) => pemText(der)).join(""),
        };
        const server = startTlsServer(OTHERS[protocol] ?? SCRIPTS[protocol], () => secure);
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        const client = promisify(execFile)(program, [
          ...["s_client", "-connect", `127.0.0.1:${port}`, "-starttls", NAMES[protocol], "-showcerts"],
        ]);
        client.child.stdin?.end();
        const { stdout } = await client;
        server.close();
        const [leaf] = path;
        assert.ok(leaf !== undefined && stdout.includes(pemText(leaf.der).trim()), stdout);
      });
    }
  });
});
