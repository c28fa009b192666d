import assert from "node:assert/strict";
import { once } from "node:events";
import { cp, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { TestAuthority } from "../servers/authority";
import { mustRun } from "../workbench/command";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { Editor } from "./editor";

const root = path.resolve(__dirname, "..", "..", "..");

/** What a package is built from. */
const SOURCES = ["src", "build", "media", "l10n", "dist", "package.json", "package.nls.json", "package.nls.de.json"];
const REST = ["telemetry.json", "README.md", "CHANGELOG.md", "LICENSE", ".vscodeignore", "esbuild.js", "tsconfig.json"];

const BUILD_LIMIT_MS = 120_000;

describe("telemetry, in a package that was built with somewhere to send it", () => {
  /** The bodies that arrived. */
  const received: string[] = [];
  let work: TemporaryFolder;
  let server: Server;
  let editor: Editor;

  before("build such a package, and listen", async () => {
    work = await TemporaryFolder.make("telemetry");
    const authority = await TestAuthority.create();
    const ca = path.join(work.path, "ca.pem");
    await writeFile(ca, authority.pem);
    server = createServer(await authority.issue(), (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const body = Buffer.concat(parts);
        received.push((request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString("utf8"));
        response.writeHead(200, { "content-type": "application/json" }).end("{}");
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;

    const project = path.join(work.path, "project");
    for (const name of [...SOURCES.filter((each) => each !== "dist"), ...REST]) {
      await cp(path.join(root, name), path.join(project, name), { recursive: true });
    }
    await symlink(path.join(root, "node_modules"), path.join(project, "node_modules"));
    const vsix = path.join(work.path, "telemetry.vsix");
    const connection = `InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=https://127.0.0.1:${port}`;
    const vsce = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
    const flags = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", vsix];
    await mustRun(process.execPath, [vsce, "package", ...flags], BUILD_LIMIT_MS, {
      cwd: project,
      env: { ...process.env, CERTIFICATE_COLLECTOR_TELEMETRY: connection },
    });
    editor = await Editor.start({
      extension: { vsix },
      env: { NODE_EXTRA_CA_CERTS: ca },
      settings: { "telemetry.telemetryLevel": "all", "certificateCollector.telemetry.enabled": true },
    });
  });

  after("end it all", async () => {
    await editor.stop();
    server.close();
    server.closeAllConnections();
    await work.remove();
  });

  // That nothing is sent, nor even loaded, without both the build's address and the user's wish: test/host/privacy.
  it("sends counts and codes alone, and no words of the user's", async () => {
    const window = await editor.open();
    await window.command("Certificates: Track Order…");
    await window.quickSays("collection code");
    await window.quickInput().fill("a-secret-code");
    await window.page.keyboard.press("Escape");
    // It is sent in batches.
    while (received.length === 0) await wait(500);
    const sent = received.join("\n");
    assert.match(sent, /"command":"trackOrder","outcome":"cancelled"/);
    assert.doesNotMatch(sent, /secret-code/);
  });
});
