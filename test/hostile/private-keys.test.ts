import assert from "node:assert/strict";
import { callEndpoint } from "../../src/api/client";
import { maskOf, shownText } from "../../src/api/masking";
import { readSaved } from "../../src/api/saved";
import { orderChain } from "../../src/certificates/x509/chain";
import { diagnosticsOf } from "../../src/certificates/checks/diagnostics";
import { findingsOf } from "../../src/certificates/checks/findings";
import { DerError } from "../../src/certificates/asn1/der-error";
import { readContainers } from "../../src/certificates/containers/read";
import { decodeCertificates } from "../../src/certificates/decode";
import { describePage } from "../unit/certificates/details-page";
import { certificatesJson } from "../../src/certificates/exports/json";
import { exportPublic } from "../../src/certificates/exports/public-export";
import { chainText } from "../../src/certificates/exports/text";
import { loadKnownAuthorities } from "../../src/certificates/x509/known-authorities";
import { pemText } from "../../src/certificates/pem-text";
import { shownFile } from "../../src/certificates/shown-file";
import { bytesOfText, readTextBlocks } from "../../src/certificates/text-blocks";
import { KnownSecrets } from "../../src/editor/base/known-secrets";
import { parseOrders } from "../../src/orders/import/parse-orders";
import { CHAIN_PEM } from "../unit/api/answers";
import { freshKeys, LAYOUTS, type TestKey } from "./key-layouts";
import { KEYS_INSIDE } from "./keys-inside";
import { KeySearch } from "./key-search";

const NOW = Date.UTC(2027, 0, 1);

/** What is not for eyes: bytes for files that the person names, and certificates as they are. */
const told = (value: unknown): string =>
  JSON.stringify(value, (key, field: unknown) => (key === "raw" || key === "certificates" ? "" : field));

/** Everything that comes out of a file or an answer with these bytes, by where it is shown. */
async function outputsOf(bytes: Buffer): Promise<Readonly<Record<string, string>>> {
  const contents = readContainers(bytes);
  const given = contents.objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
  const chain = orderChain(given);
  const authorities = await loadKnownAuthorities();
  const findings = await findingsOf(chain, { now: NOW, authorities, given });
  const text = bytes.toString("utf8");
  const certificates = chain.path.map(({ certificate }) => certificate);
  const answer = { status: 200, headers: {}, body: bytes };
  const result = await callEndpoint(
    () => Promise.resolve(answer),
    {
      host: "ca.example.test",
      product: "ssl",
      reference: { kind: "orderNumber", value: "1" },
      credentials: { loginName: "a", loginPassword: "nothing-secret-1" },
    },
    new AbortController().signal,
  );
  return {
    page: told(describePage(contents, { now: NOW, findings, structure: true })),
    problems: told(await diagnosticsOf(contents, { now: NOW, authorities })),
    hover: told(readTextBlocks(text)),
    "hover in latin1": told(readTextBlocks(bytes.toString("latin1"))),
    "problems of the text": told(await diagnosticsOf(readContainers(bytesOfText(text)), { now: NOW, authorities })),
    JSON: certificatesJson(certificates),
    text: chainText(certificates),
    decoded: JSON.stringify(decoded(bytes)),
    "difference of files": shownFile(bytes) ?? "",
    "saved response": told(readSaved(bytes)),
    answer: told(result),
    parsed: told(parseOrders(text)),
    "one line": shownText(text, maskOf([]), 500),
    log: await new KnownSecrets().line("It failed.", `Error: ${text}`),
  };
}

function decoded(bytes: Buffer): unknown {
  try {
    return decodeCertificates(bytes);
  } catch (error) {
    if (error instanceof DerError) return error.message;
    throw error;
  }
}

/** Files that hold the certificates byte for byte. */
async function filesOf(bytes: Buffer): Promise<readonly Uint8Array[]> {
  const ders = readContainers(bytes).objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
  if (ders.length === 0) return [];
  return Promise.all(
    ["pem", "der", "pkcs7", "pkcs7-pem", "json", "text"].map((form) => exportPublic(ders, form, "leaf")),
  );
}

interface Page {
  readonly objects: readonly { readonly kind: string; readonly heading: readonly { readonly text: string }[] }[];
}

/** RSA, whose keys are long, and one of the short ones. */
const someOf = ([rsa, ec, ed]: readonly TestKey[], index: number): readonly TestKey[] =>
  [rsa, index % 2 === 0 ? ec : ed].flatMap((key) => key ?? []);

describe("a private key never comes out", () => {
  const keys = freshKeys();
  const [pem = ""] = CHAIN_PEM.match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g)?.slice(-1) ?? [];

  for (const [index, layout] of LAYOUTS.entries()) {
    it(layout.name, async () => {
      for (const key of someOf(keys, index)) {
        const written = layout.write(key, pem);
        const bytes = typeof written === "string" ? Buffer.from(written) : written;
        const search = new KeySearch(key.secrets);
        assert.notDeepEqual(search.in(bytes), [], `${key.name} is not found in the input`);
        const outputs = await outputsOf(bytes);
        for (const [where, output] of Object.entries(outputs)) {
          assert.deepEqual(search.in(output), [], `${key.name} in ${where}: ${output.slice(0, 5000)}`);
        }
        for (const file of await filesOf(bytes)) assert.deepEqual(search.in(file), [], `${key.name} in a file`);
        const { objects } = JSON.parse(outputs.page ?? "") as Page;
        const kinds = objects.map(({ kind }) => kind);
        assert.equal(kinds.includes("Certificate"), layout.hasCertificate, `${key.name}: ${kinds.join()}`);
        if (layout.tellsKey === true) assert.ok(kinds.includes("Private key"), `${key.name}: ${kinds.join()}`);
      }
    });
  }

  for (const [index, [place, kind, der]] of KEYS_INSIDE.entries()) {
    it(`out of ${place} of a public object`, async () => {
      for (const key of someOf(keys, index)) {
        const object = der(key);
        const search = new KeySearch(key.secrets);
        for (const bytes of [object, Buffer.from(pemText(object)), Buffer.from(object.toString("base64"))]) {
          assert.notDeepEqual(search.in(bytes), [], `${key.name} is not found in the input`);
          const outputs = await outputsOf(bytes);
          for (const [where, output] of Object.entries(outputs)) {
            assert.deepEqual(search.in(output), [], `${key.name} in ${where}: ${output.slice(0, 5000)}`);
          }
          const { objects } = JSON.parse(outputs.page ?? "") as Page;
          assert.deepEqual(
            objects.map((told) => told.kind),
            [kind],
            key.name,
          );
        }
      }
    });
  }
});

describe("the search for private keys", () => {
  const [key = assert.fail()] = freshKeys();
  const search = new KeySearch(key.secrets);
  const d = key.secrets.d ?? assert.fail();

  it("finds any twelve bytes in a row, in every form", () => {
    for (let at = 0; at + 12 <= d.length; at += 5) {
      const row = d.subarray(at, at + 12);
      const padded = Buffer.concat([Buffer.alloc(at % 3, 1), row]);
      const written: readonly (string | Buffer)[] = [
        row,
        Buffer.from(row.toString("latin1"), "utf16le"),
        `of ${row.toString("hex")} it`,
        row.toString("hex").toUpperCase().replace(/../g, "$&:"),
        padded.toString("base64"),
        `{"a":"${padded.toString("base64url")}"}`,
        Buffer.from(`twelve bytes: ${padded.toString("base64")}`).toString("base64"),
        JSON.stringify([...row]),
      ];
      for (const output of written) assert.deepEqual(search.in(output), ["d"], String(output));
    }
  });

  it("finds nothing in what is public", () => {
    const { n = "" } = key.jwk;
    for (const output of [n, Buffer.from(n, "base64url"), CHAIN_PEM, Buffer.from(n, "base64url").toString("hex")]) {
      assert.deepEqual(search.in(output), []);
    }
  });
});
