import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { callValues } from "../../../src/api/client";
import { curlLine, type CurlCall } from "../../../src/api/curl-line";
import { buildRequest } from "../../../src/api/request";
import { readCurl } from "../../../src/orders/import/curl";

const PASSWORD = `p'a"s$s \`w\` !&%+\\ü`;
const CODE = "co'de$&";

/** Writes its arguments, then what each option with a file reads, as curl would. */
const FAKE = `#!/bin/sh
for each in "$@"; do printf 'argument\\037%s\\036' "$each"; done
for each in "$@"; do case $each in
  *@-) printf '%s\\037' "\${each%@-}"; cat; printf '\\036';;
  *@/dev/fd/3) printf '%s\\037' "\${each%@*}"; cat <&3; printf '\\036';;
esac; done
`;

interface Called {
  readonly argv: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
}

const HOST = "secure.sectigo.com";
const number = { kind: "orderNumber", value: "1234567" } as const;

/** Calls, and which secrets they read. */
const CALLS: readonly [what: string, call: CurlCall, secrets: Readonly<Record<string, string>>][] = [
  [
    "SSL",
    { host: HOST, product: "ssl", reference: number, loginName: "shop", hasCode: false },
    { loginPassword: PASSWORD },
  ],
  [
    "S/MIME at a port, with a login name that a shell would run",
    {
      ...{ host: "[2001:db8::1]:8443", product: "smime", reference: number, hasCode: false },
      loginName: `'; touch HERE; $(touch HERE) \`touch HERE\` "&|> @~!*`,
    },
    { loginPassword: PASSWORD },
  ],
  [
    "MC",
    { host: HOST, product: "mc", reference: number, loginName: "@file", hasCode: false },
    { loginPassword: PASSWORD },
  ],
  [
    "SSL, whose number may be any text",
    {
      ...{ host: HOST, product: "ssl", loginName: "shop", hasCode: false },
      reference: { kind: "orderNumber", value: "'; touch HERE; '$(touch HERE)&loginName=x" },
    },
    { loginPassword: PASSWORD },
  ],
  [
    "a code alone",
    { host: HOST, product: "ccc", reference: { kind: "collectionCode" }, hasCode: true },
    { collectionCode: CODE },
  ],
  [
    "a code beside the login",
    { host: HOST, product: "pac", reference: number, loginName: "shop", hasCode: true },
    { loginPassword: PASSWORD, collectionCode: CODE },
  ],
  [
    "an authority of its own, in a folder with a quote",
    {
      host: "127.0.0.1:1",
      product: "ssl",
      reference: number,
      loginName: "shop",
      hasCode: false,
      authority: "/it's $HOME/ca.pem",
    },
    { loginPassword: PASSWORD },
  ],
];

describe("the curl line of an order", function () {
  if (process.platform === "win32") return;
  let folder = "";
  before("put a curl into a folder", () => {
    folder = mkdtempSync(path.join(tmpdir(), "curl-"));
    writeFileSync(path.join(folder, "curl"), FAKE);
    chmodSync(path.join(folder, "curl"), 0o755);
  });
  after("remove it", () => rmSync(folder, { recursive: true }));

  const paste = (line: string, variables: Readonly<Record<string, string>>): Called => {
    const env = { PATH: `${folder}:${process.env.PATH ?? ""}`, ...variables };
    const stdio = ["ignore", "pipe", "pipe"] as const;
    const out = execFileSync("/bin/sh", ["-c", line], { cwd: folder, env, encoding: "utf8", stdio: [...stdio] });
    const pairs = out
      .split("\x1e")
      .slice(0, -1)
      .map((each) => each.split("\x1f") as [string, string]);
    return {
      argv: pairs.flatMap(([kind, value]) => (kind === "argument" ? value : [])),
      secrets: Object.fromEntries(pairs.filter(([kind]) => kind !== "argument")),
    };
  };
  const both = { SECTIGO_PASSWORD: PASSWORD, SECTIGO_CODE: CODE };

  for (const [what, call, secrets] of CALLS) {
    it(`calls curl with the request that the program sends: ${what}`, () => {
      const { line } = curlLine(call);
      const called = paste(line, both);
      const { host, product, reference, loginName, hasCode, authority } = call;
      const sent = buildRequest(
        host,
        product,
        callValues({
          ...{ host, product, reference },
          ...(loginName !== undefined && { credentials: { loginName, loginPassword: PASSWORD } }),
          ...(hasCode && { collectionCode: CODE }),
        }),
      );
      const form = new URLSearchParams(sent.body);
      for (const name of ["loginPassword", "collectionCode"]) form.delete(name);
      assert.deepEqual(called.argv, [
        ...["--silent", "--show-error"],
        ...(authority === undefined ? [] : ["--cacert", authority]),
        ...["--data", form.toString()],
        ...(hasCode && loginName !== undefined ? ["--data-urlencode", "collectionCode@/dev/fd/3"] : []),
        ...["--data-urlencode", loginName === undefined ? "collectionCode@-" : "loginPassword@-"],
        sent.url,
      ]);
      assert.deepEqual(called.secrets, secrets);
      const whole = new URLSearchParams([...form, ...Object.entries(called.secrets)]);
      assert.deepEqual([...whole].sort(), [...new URLSearchParams(sent.body)].sort());
    });

    it(`calls nothing while a variable is missing or empty: ${what}`, () => {
      const { line, variables } = curlLine(call);
      assert.equal(variables.length, Object.keys(secrets).length);
      for (const missing of variables) {
        for (const given of [{ [missing]: "" }, {}]) {
          const others = Object.fromEntries(Object.entries(both).filter(([name]) => name !== missing));
          assert.throws(() => paste(`${line}; echo called`, { ...others, ...given }), { stdout: "" });
        }
      }
    });
  }

  it("is one line in printable ASCII, with the number as the CA knows it, and is read as the order that it is of", () => {
    for (const [what, call] of CALLS) {
      const { line } = curlLine(call);
      assert.match(line, /^[\x20-\x7e]+$/, what);
      if (call.reference.kind === "collectionCode" || !/^\d+$/.test(call.reference.value)) continue;
      const [order] = readCurl(line).orders;
      const { product, reference, loginName: account } = call;
      assert.deepEqual([order?.product, order?.reference, order?.account], [product, reference, account], what);
    }
  });

  it("refuses what the CA's page does not allow, as a call does", () => {
    const call = { host: HOST, product: "smime", reference: number, loginName: "shop", hasCode: false } as const;
    const hostile = { ...number, value: "1; rm -rf /" };
    assert.throws(() => curlLine({ ...call, reference: hostile }), { code: "not-integer" });
    assert.throws(() => curlLine({ ...call, host: "evil.test/'" }), { code: "host" });
  });
});
