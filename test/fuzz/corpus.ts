import { readFileSync } from "node:fs";
import path from "node:path";
import { derOf, zipOf } from "../wire/answer-bodies";

const fixture = (name: string): Buffer => readFileSync(path.join("test", "fixtures", "api", name));

export const wrap = (base64: string): string => base64.replace(/.{64}(?=.)/g, "$&\n");

/** The secret that is sent with every fuzzed call, and echoed by some answers. */
export const CANARY = "c4nary & + % = \"' é";

/** DER structures to start from. */
export function structures(): Uint8Array[] {
  const chain =
    fixture("chain.pem")
      .toString("latin1")
      .match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g) ?? [];
  return [
    ...chain.map(derOf),
    fixture("pkcs7-certs-only.der"),
    fixture("pkcs7-signed.der"),
    fixture("pkcs7-signed-ber.der"),
    fixture("netscape-sequence.der"),
  ];
}

/** An answer of every form to start from. */
export function answers(): Uint8Array[] {
  const chain = fixture("chain.pem").toString("latin1");
  const pems = chain.match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g) ?? [];
  const base64 = pems.map((pem) => derOf(pem).toString("base64"));
  const pkcs7 = fixture("pkcs7-signed.der").toString("base64");
  const form = (pairs: readonly (readonly [string, string])[]) =>
    new URLSearchParams(pairs.map(([...pair]) => pair)).toString();
  const texts = [
    `2\nwww.example.test\n01/01/2026 31/12/2026\n${chain}\nIssued\nComplete`,
    `2\n${wrap(pkcs7)}\n\nIssued\nAwaiting Legal Documents`,
    `-----BEGIN PKCS7-----\n${wrap(pkcs7)}\n-----END PKCS7-----\n`,
    `2\n${base64.join("\n")}`,
    "0\nwww.example.test\ndcvStatus=0\na.example VALIDATED, b.example NOTVALIDATED\nNot Authorized",
    "1\n1761696000 1793232000",
    `-4\nThe value of the 'orderNumber' argument is invalid! ${CANARY}`,
    `Request is rejected.\n-4\nThe value of the 'collectionCode' argument is invalid!`,
    form([["errorCode", "2"], ["fqdn", "www.example.test"], ...base64.map((one) => ["caCertificate", one] as const)]),
    form([
      ["errorCode", "2"],
      ["pkcs7", pkcs7],
      ["notBefore", "1761696000"],
    ]),
    form([
      ["errorCode", "0"],
      ["dcvStatus", "2"],
      ["mdcDomainDetails2", "a.example VALIDATED, b.example AWAITINGBRAND"],
      ["caaStatus", "Error 12"],
      ["what", CANARY],
    ]),
    form([
      ["errorCode", "-4"],
      ["errorMessage", `bad ${CANARY}`],
      ["errorItem", "loginName"],
    ]),
    `var g_ccc = "${pkcs7}";\nvar g_errorCode = 2;\nvar g_errorMessage = "";\ndone(g_ccc, "x");`,
    `var g_errorCode = -16; var g_errorMessage = ${JSON.stringify(`no \\x41 ${CANARY}`)};`,
    `{'errorCode': -16, 'errorMessage': "Incorrect login details ${CANARY.replaceAll('"', '\\"')}"}`,
    `{"errorCode":-16,"errorMessage":${JSON.stringify(CANARY)},"more":{"list":[1,2,{"a":null}]}}`,
    `<!DOCTYPE html><html><title>${CANARY}</title></html>`,
    `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n2\r\n${chain.replaceAll("\n", "\r\n")}`,
  ];
  return [
    ...texts.map((text) => Buffer.from(text)),
    Buffer.from(`\ufeff2\n${chain}`, "utf16le"),
    ...structures(),
    zipOf(pems),
  ];
}
