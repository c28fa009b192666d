import { readFileSync } from "node:fs";
import path from "node:path";
import type { CallContext } from "../../../src/api/response";
import type { HttpReply } from "../../../src/api/transport";

export const fixture = (name: string): Buffer => readFileSync(path.join("test", "fixtures", "api", name));

/** Root first, leaf last, as the CA sends them. */
export const CHAIN_PEM = fixture("chain.pem").toString("latin1");

/** The same chain, one bare base64 each. */
export const CHAIN_BASE64 = [...CHAIN_PEM.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)].map((match) =>
  (match[1] ?? "").replaceAll("\n", ""),
);

export const CHAIN_DER = CHAIN_BASE64.map((text) => Buffer.from(text, "base64"));

/** Lines of 64 columns, as PEM and MIME have them. */
export const wrap = (base64: string): string => base64.replace(/.{64}(?=.)/g, "$&\n");

export function reply(body: string | Uint8Array, status = 200, headers: Record<string, string> = {}): HttpReply {
  return { status, headers, body: typeof body === "string" ? Buffer.from(body) : body };
}

export const PASSWORD = "s3cret & + % = \"'é";

/** A question for everything about an order of CollectSSL. */
export const SSL_ASKED: CallContext = {
  product: "ssl",
  values: { loginName: "someone", loginPassword: PASSWORD, orderNumber: "123", queryType: "1", responseType: "3" },
};

export const hexOf = (certificates: readonly Uint8Array[]): string[] =>
  certificates.map((der) => Buffer.from(der).toString("hex"));
