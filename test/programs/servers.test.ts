import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ProfileId } from "../../src/certificates/exports/profiles";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { ALL_PROGRAMS, describeWith } from "./program";
import { collected, KEY_KINDS, PASSWORD, save, SERVER_NAME, type Collected, type KindOfKey } from "./saved";
import { freePort, Server, type ServerStart } from "./server";

/** Where Debian puts Tomcat. */
const TOMCAT = "/usr/share/tomcat10";
const BOOTSTRAP = "org.apache.catalina.startup.Bootstrap";

/** A server program started with what was saved for it. */
interface Start {
  /** Path of the one saved file whose name ends so. */
  readonly file: (ending: string) => string;
  readonly folder: string;
  readonly port: number;
}

type Command = ServerStart["command"];

const KINDS = Object.keys(KEY_KINDS) as KindOfKey[];

/** Starts servers with saved files, and stops them and removes the files after each test. */
function fixture() {
  let folder: TemporaryFolder;
  let server: Server | undefined;
  beforeEach(async () => {
    folder = await TemporaryFolder.make("served");
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    await folder.remove();
  });
  return async (profile: ProfileId, certificate: Collected, start: (start: Start) => Command | Promise<Command>) => {
    const file = await save({ kind: "profile", profile }, certificate, folder.path);
    const port = await freePort();
    const command = await start({ file, folder: folder.path, port });
    // Tomcat takes connections before it has looked at the certificate.
    const ready = command.includes(BOOTSTRAP) ? { ready: "Server startup in" } : {};
    server = await Server.start({ command, port, ...ready });
    return server;
  };
}

const text = async (folder: string, name: string, content: string): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
};

/** What a client that knows the root alone has to get. */
const CHAIN = [SERVER_NAME, "CA", "Root"];

describe("What is saved for a server is served by it:", () => {
  const serve = fixture();

  describeWith("nginx", (program) => {
    for (const kind of KINDS)
      it(`with a key of ${kind}`, async () => {
        const certificate = await collected(kind);
        const server = await serve("nginx", certificate, async ({ file, folder, port }) => {
          const configuration = await text(
            folder,
            "nginx.conf",
            `daemon off; master_process off; error_log stderr; pid ${folder}/pid; events {}
            http { access_log off; client_body_temp_path ${folder}/1; proxy_temp_path ${folder}/2;
            fastcgi_temp_path ${folder}/3; uwsgi_temp_path ${folder}/4; scgi_temp_path ${folder}/5;
            server { listen 127.0.0.1:${port} ssl;
            ssl_certificate ${file(".chained.crt")}; ssl_certificate_key ${file(".key")}; } }`,
          );
          return [program, "-p", folder, "-c", configuration];
        });
        assert.deepEqual(await server.handshake(certificate.root), CHAIN);
      });
  });

  describeWith("haproxy", (program) => {
    for (const kind of KINDS)
      it(`with a key of ${kind}`, async () => {
        const certificate = await collected(kind);
        const server = await serve("haproxy", certificate, async ({ file, folder, port }) => {
          const configuration = await text(
            folder,
            "haproxy.cfg",
            `defaults\n mode http\n timeout client 5s\n timeout connect 5s\n timeout server 5s\nfrontend f\n bind 127.0.0.1:${port} ssl crt ${file(".pem")}\n`,
          );
          return [program, "-db", "-f", configuration];
        });
        assert.deepEqual(await server.handshake(certificate.root), CHAIN);
      });
  });

  describeWith("apache2", (program) => {
    for (const kind of KINDS)
      it(`with a key of ${kind}`, async () => {
        const certificate = await collected(kind);
        const server = await serve("apache", certificate, async ({ file, folder, port }) => {
          const modules = ["mpm_event", "authz_core", "socache_shmcb", "ssl"].map(
            (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
          );
          const configuration = await text(
            folder,
            "httpd.conf",
            `ServerRoot ${folder}\n${modules.join("\n")}\nServerName ${SERVER_NAME}\nErrorLog ${folder}/error.log
            DefaultRuntimeDir ${folder}\nPidFile ${folder}/pid\nListen 127.0.0.1:${port}\nSSLEngine on
            SSLCertificateFile ${file(".cert")}\nSSLCertificateKeyFile ${file(".key")}\n`,
          );
          return [program, "-D", "FOREGROUND", "-f", configuration];
        });
        assert.deepEqual(await server.handshake(certificate.root), CHAIN);
      });
  });

  // Its own reader of PEM files over Java's TLS; Debian's packages without the service.
  describeWith("java", (program) => {
    const tomcat = async (folder: string, port: number, attributes: string): Promise<Command> => {
      await mkdir(path.join(folder, "conf"));
      await text(
        folder,
        "conf/server.xml",
        `<Server port="-1"><Service name="Catalina">
        <Connector port="${port}" address="127.0.0.1" SSLEnabled="true"
          sslImplementationName="org.apache.tomcat.util.net.jsse.JSSEImplementation">
          <SSLHostConfig><Certificate ${attributes}/></SSLHostConfig></Connector>
        <Engine name="Catalina" defaultHost="localhost"><Host name="localhost"/></Engine></Service></Server>`,
      );
      return [
        program,
        ...["-cp", `${TOMCAT}/bin/bootstrap.jar:${TOMCAT}/bin/tomcat-juli.jar`],
        ...[`-Dcatalina.home=${TOMCAT}`, `-Dcatalina.base=${folder}`],
        ...["-Dorg.apache.catalina.startup.EXIT_ON_INIT_FAILURE=true", BOOTSTRAP],
      ];
    };
    const servePem = (certificate: Collected) =>
      serve("tomcat", certificate, ({ file, folder, port }) => {
        const files = `certificateFile="${file("-cert.pem")}" certificateChainFile="${file("-chain.pem")}"`;
        return tomcat(folder, port, `${files} certificateKeyFile="${file("-key.pem")}"`);
      });
    const servePkcs12 = (certificate: Collected) =>
      serve("iis", certificate, ({ file, folder, port }) =>
        tomcat(
          folder,
          port,
          `certificateKeystoreFile="${file(".pfx")}" certificateKeystorePassword="${PASSWORD}" certificateKeystoreType="PKCS12"`,
        ),
      );

    before(function () {
      if (existsSync(TOMCAT)) return;
      assert.ok(!ALL_PROGRAMS, `${TOMCAT} is missing`);
      this.skip();
    });

    for (const kind of KINDS) {
      it(`with a key of ${kind} in PKCS #12, by Tomcat`, async () => {
        const certificate = await collected(kind);
        assert.deepEqual(await (await servePkcs12(certificate)).handshake(certificate.root), CHAIN);
      });
      if (kind !== "Ed25519")
        it(`with a key of ${kind} in PEM, by Tomcat`, async () => {
          const certificate = await collected(kind);
          assert.deepEqual(await (await servePem(certificate)).handshake(certificate.root), CHAIN);
        });
    }

    it("but not with one of Ed25519 in PEM, by Tomcat, as is said when it is chosen", async () => {
      await assert.rejects(servePem(await collected("Ed25519")), /org\.apache\.tomcat\.util\.net\.jsse\.PEMFile/);
    });
  });

  describeWith("openssl", (program) => {
    for (const kind of KINDS)
      it(`with a key of ${kind}`, async () => {
        const certificate = await collected(kind);
        const server = await serve("nginx", certificate, ({ file, port }) => [
          program,
          ...["s_server", "-accept", `127.0.0.1:${port}`, "-cert", file(".chained.crt")],
          ...["-key", file(".key"), "-cert_chain", file(".chained.crt"), "-quiet", "-naccept", "100"],
        ]);
        assert.deepEqual(await server.handshake(certificate.root), CHAIN);
      });
  });
});
