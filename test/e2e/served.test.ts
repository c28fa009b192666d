import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describeWith } from "../programs/program";
import { freePort, Server } from "../programs/server";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";

const ORDER = "1000008";
const CHAIN = "renewed.sandbox.example.chained.crt";
const KEY = "renewed.sandbox.example.key";

/** The server of a person, as the distribution has it: it serves two files of the folder. */
async function configure(folder: string, port: number, state: string): Promise<string> {
  const file = path.join(state, "nginx.conf");
  await writeFile(
    file,
    `daemon off; error_log stderr; pid ${state}/pid; events {}
    http { access_log off; client_body_temp_path ${state}/1; proxy_temp_path ${state}/2;
    fastcgi_temp_path ${state}/3; uwsgi_temp_path ${state}/4; scgi_temp_path ${state}/5;
    server { listen 127.0.0.1:${port} ssl; server_name renewed.sandbox.example;
    ssl_certificate ${folder}/${CHAIN}; ssl_certificate_key ${folder}/${KEY}; } }`,
  );
  return file;
}

describe("a person whose server reads what was saved", () => {
  describeWith("nginx", (nginx) => {
    const editor = useEditor();
    /** ms by which the sandbox's orders are ahead of the clock. */
    let ahead = 0;
    const sandbox = useSandbox(editor, { clock: { now: () => Date.now() + ahead } });
    let state: TemporaryFolder | undefined;
    let server: Server | undefined;
    let configuration = "";
    let port = 0;

    before("make room for the server", async () => {
      state = await TemporaryFolder.make("nginx");
      port = await freePort();
      configuration = await configure(editor().folder, port, state.path);
    });
    after("stop the server", async () => {
      await server?.stop();
      await state?.remove();
    });
  });
});
