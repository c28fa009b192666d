import assert from "node:assert/strict";
import { once } from "node:events";
import { request as plainRequest } from "node:http";
import { request } from "node:https";
import { connect } from "node:tls";
import { DEMO_ACCOUNT, startSandboxServer } from "../../../src/sandbox/server";
import { PATHS, PATIENCE, Trial } from "./client";

const REFUSED = "-16\nIncorrect login details, account is locked, password has expired or your source IP is blocked.";
const QUESTION = { orderNumber: "1000017", queryType: "0" };

describe("signing in", function () {
  this.timeout(PATIENCE);

  it("takes names and passwords with case, awkward characters included", async () => {
    const trial = await Trial.start();
    assert.equal((await trial.ask("ssl", QUESTION)).text, "0");
    assert.equal((await trial.ask("ssl", { ...QUESTION, loginName: "Sandbox" })).text, REFUSED);
    const lower = DEMO_ACCOUNT.loginPassword.toUpperCase();
    assert.equal((await trial.ask("ssl", { ...QUESTION, loginPassword: lower })).text, REFUSED);
    assert.equal(trial.sandbox.requests.failedLogins, 2);
    await trial.stop();
  });

  it("locks an account after wrong passwords in a row, and says nothing else then", async () => {
    const trial = await Trial.start({ lockAfter: 3 });
    const wrong = { ...QUESTION, loginPassword: "wrong" };
    for (let count = 0; count < 2; count++) assert.equal((await trial.ask("ssl", wrong)).text, REFUSED);
    assert.equal((await trial.ask("ssl", QUESTION)).text, "0");
    for (let count = 0; count < 3; count++) assert.equal((await trial.ask("ssl", wrong)).text, REFUSED);
    assert.equal((await trial.ask("ssl", QUESTION)).text, REFUSED);
    assert.equal(trial.sandbox.requests.failedLogins, 6);
    trial.sandbox.unlock(DEMO_ACCOUNT.loginName);
    assert.equal((await trial.ask("ssl", QUESTION)).text, "0");
    await trial.stop();
  });

  it("knows several accounts, and some that are locked from the start", async () => {
    const accounts = [
      { loginName: "one", loginPassword: "1" },
      { loginName: "two", loginPassword: "2", locked: true },
    ];
    const trial = await Trial.start({ accounts });
    assert.equal((await trial.ask("ssl", { ...QUESTION, ...accounts[0], locked: undefined })).text, "0");
    assert.equal((await trial.ask("ssl", { ...QUESTION, loginName: "two", loginPassword: "2" })).text, REFUSED);
    assert.equal((await trial.ask("ssl", QUESTION)).text, REFUSED);
    await trial.stop();
  });

  it("answers -16 in the form asked for, on every endpoint", async () => {
    const trial = await Trial.start();
    const wrong = { loginPassword: "wrong", orderNumber: "1", queryType: "1" };
    const url = await trial.ask("ssl", { ...wrong, responseFormat: "1" });
    assert.equal(new URLSearchParams(url.text).get("errorCode"), "-16");
    assert.match((await trial.ask("ccc", wrong)).text, /^\{'errorCode': -16, 'errorMessage': "Incorrect login details/);
    assert.match((await trial.ask("ccc", { ...wrong, responseEncoding: "2" })).text, /\nvar g_errorCode=-16;\n/);
    for (const product of ["smime", "pac"] as const) assert.equal((await trial.ask(product, wrong)).text, REFUSED);
    assert.equal((await trial.ask("mc", { ...wrong, queryType: undefined })).text, REFUSED);
    await trial.stop();
  });
});

describe("HTTP", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => (trial = await Trial.start({ plainPort: 0 })));
  after(() => trial.stop());
  const form = new URLSearchParams({ ...DEMO_ACCOUNT, ...QUESTION }).toString();

  it("GET is -17 on every endpoint, other methods are 405, other paths 404", async () => {
    for (const path of Object.values(PATHS)) {
      const reply = await trial.send(path, "", { method: "GET" });
      assert.match(reply.text, /^-17\nRequest used GET rather than POST!$/);
      assert.equal((await trial.send(path, "", { method: "PUT" })).status, 405);
    }
    for (const path of [
      "/",
      "/products/download/collectssl",
      "/products/download/CollectSSL/",
      "/../CollectSSL",
      "/ocsp",
    ]) {
      assert.equal((await trial.send(path, form)).status, 404, path);
    }
  });

  it("does not take arguments from the query string", async () => {
    const reply = await trial.send(`${PATHS.ssl}?${form}`, "");
    assert.equal(reply.text, "-3\nThe 'loginName' argument is missing!");
  });

  it("takes a form and nothing else", async () => {
    for (const [type, answer] of [
      ["application/x-www-form-urlencoded; charset=UTF-8", "0"],
      ["Application/X-WWW-Form-Urlencoded", "0"],
      ["application/json", "-3\nThe 'loginName' argument is missing!"],
      ["multipart/form-data; boundary=x", "-3\nThe 'loginName' argument is missing!"],
    ] as const) {
      assert.equal((await trial.send(PATHS.ssl, form, { headers: { "Content-Type": type } })).text, answer, type);
    }
  });

  it("never repeats what it was sent", async () => {
    const canary = "canary0password";
    const careless = [
      `loginName=${canary}&loginPassword=${canary}`,
      `loginName=sandbox&loginPassword=open&${canary}=1`,
      `${form}&${canary}`,
      `collectionCode=${canary}&queryType=1`,
      `${form}&responseMimeType=${canary}&callbackFunctionName=${canary}`,
      `${form}&responseFormat=1&${canary}=${canary}`,
    ];
    for (const path of [...Object.values(PATHS), `/${canary}`]) {
      for (const body of careless) {
        const reply = await trial.send(path, body);
        assert.ok(!`${reply.contentType}${reply.text}`.includes(canary), `${path} ${body}`);
      }
    }
  });

  it("bounds forms and headers", async () => {
    assert.equal((await trial.send(PATHS.ssl, "x".repeat(64 * 1024))).status, 200);
    assert.equal((await trial.send(PATHS.ssl, "x".repeat(64 * 1024 + 1))).status, 413);
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-Filler": "x".repeat(20_000) };
    assert.equal((await trial.send(PATHS.ssl, form, { headers })).status, 431);
  });

  it("plain HTTP is -1, but for a collection code", async () => {
    const plain = (path: string, body: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const headers = { "Content-Type": "application/x-www-form-urlencoded" };
        const outgoing = plainRequest(`${trial.sandbox.plainUrl}${path}`, { method: "POST", headers }, (incoming) => {
          let text = "";
          incoming.on("data", (chunk: Buffer) => (text += chunk.toString()));
          incoming.on("end", () => resolve(text));
        });
        outgoing.on("error", reject);
        outgoing.end(body);
      });
    for (const path of Object.values(PATHS)) {
      assert.match(await plain(path, form), /^-1\nRequest was not made over https!$/, path);
    }
    assert.equal(await plain(PATHS.ccc, "collectionCode=toy-ccc-17&queryType=0"), "0");
    assert.equal(await plain(PATHS.pac, "collectionCode=toy-pac-17&queryType=0"), "0");
    assert.match(await plain(PATHS.ssl, "collectionCode=toy-ccc-17&queryType=0"), /^-1\n/);
  });
});

describe("counting", function () {
  this.timeout(PATIENCE);

  it("sees calls overlap, and answers -42 to them if told to", async () => {
    const trial = await Trial.start({ hold: 400, refuseOverlaps: true });
    const { requests } = trial.sandbox;
    const answers = await Promise.all([1, 2, 3].map(() => trial.ask("ssl", QUESTION)));
    assert.deepEqual(answers.map(({ text }) => text.split("\n")[0]).sort(), ["-42", "-42", "0"]);
    assert.deepEqual([requests.total, requests.maxInFlight, requests.overlaps], [3, 3, 2]);
    assert.equal(requests.inFlight, 0);
    await trial.stop();
  });

  it("sees none where calls follow each other, and when each order was asked for", async () => {
    const trial = await Trial.start();
    const began = trial.clock.time;
    for (let call = 0; call < 3; call++) {
      await trial.ask("ssl", QUESTION);
      trial.clock.time += 500;
    }
    await trial.ask("ccc", {
      loginName: undefined,
      loginPassword: undefined,
      collectionCode: "toy-ccc-17",
      queryType: "0",
    });
    const { requests } = trial.sandbox;
    assert.deepEqual([requests.total, requests.maxInFlight, requests.overlaps], [4, 1, 0]);
    assert.deepEqual(
      [...requests.byOrder],
      [
        ["ssl:1000017", [began, began + 500, began + 1000]],
        ["ccc:3000017", [began + 1500]],
      ],
    );
    await trial.stop();
  });
});

describe("starting and stopping", function () {
  this.timeout(PATIENCE);

  it("stops while an answer is held back, and may be told so again", async () => {
    const trial = await Trial.start({ hold: 600_000 });
    const collected = trial.ask("ssl", QUESTION);
    const broken = assert.rejects(collected, { code: "ECONNRESET" });
    while (trial.sandbox.requests.inFlight === 0) await new Promise(setImmediate);
    await trial.stop();
    await broken;
    await trial.sandbox.stop();
    assert.equal(trial.sandbox.requests.inFlight, 0);
    await assert.rejects(trial.ask("ssl", QUESTION), { code: "ECONNREFUSED" });
  });

  it("says when its port is in use, and leaves nothing open then", async () => {
    const first = await startSandboxServer();
    await assert.rejects(startSandboxServer({ port: first.port }), { code: "port-in-use", name: "SandboxError" });
    const free = await startSandboxServer();
    await free.stop();
    const error = assert.rejects(startSandboxServer({ port: first.port, plainPort: free.port }), {
      code: "port-in-use",
    });
    await error;
    const again = await startSandboxServer({ port: free.port });
    await Promise.all([first.stop(), again.stop()]);
  });

  it("listens on loopback alone, and is trusted by its names alone", async () => {
    const sandbox = await startSandboxServer({ names: ["ca.test"] });
    assert.equal(sandbox.url, `https://127.0.0.1:${sandbox.port}`);
    for (const [servername, code] of [
      ["localhost", undefined],
      ["ca.test", undefined],
      ["other.test", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ] as const) {
      const socket = connect({ host: "127.0.0.1", port: sandbox.port, servername, ca: sandbox.caPem });
      if (code === undefined) await once(socket, "secureConnect");
      else await assert.rejects(once(socket, "secureConnect"), { code });
      socket.destroy();
    }
    const stranger = request(`${sandbox.url}${PATHS.ssl}`);
    const [error] = (await once(stranger, "error")) as [Error & { code: string }];
    assert.equal(error.code, "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    await sandbox.stop();
  });
});
