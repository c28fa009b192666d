import type { RequestToken } from "../../../src/validation/request-token";

/** Lines of a request for www.example.test, example.test and *.svc.example.test, P-256, 299 bytes of DER. */
const LINES = [
  "-----BEGIN CERTIFICATE REQUEST-----",
  "MIIBJzCBzQIBADAbMRkwFwYDVQQDDBB3d3cuZXhhbXBsZS50ZXN0MFkwEwYHKoZI",
  "zj0CAQYIKoZIzj0DAQcDQgAEeodhj3mZdj7o4wDctGQtiMc6g4CYLRrmE5E8I1H4",
  "0FR+VkJbWuWJOXD3KCHzX3HCHkEXAKJO4s6wLYWwifH4LKBQME4GCSqGSIb3DQEJ",
  "DjFBMD8wPQYDVR0RBDYwNIIQd3d3LmV4YW1wbGUudGVzdIIMZXhhbXBsZS50ZXN0",
  "ghIqLnN2Yy5leGFtcGxlLnRlc3QwCgYIKoZIzj0EAwIDSQAwRgIhAIG8F41xG6KR",
  "JbsX9HJoQeg4q9t8nnmeoMhES1i3652YAiEA/XdZ/bOlT1Y3ecjwE2DN06SycJ/a",
  "gTQI0XZS2Yj/oy0=",
  "-----END CERTIFICATE REQUEST-----",
  "",
];

/** A request whose hashes OpenSSL computed. */
export const VECTOR = {
  pem: LINES.join("\n"),
  pemWithCrlf: LINES.join("\r\n"),
  der: Buffer.from(LINES.slice(1, 8).join(""), "base64"),
  names: ["www.example.test", "example.test", "*.svc.example.test"],
  token: {
    md5: "5db0d3483e94b1fea194bb49200266e9",
    sha256: "ad9686962576e56ea8e4eecfa266afdc3c91da5cd4fff48f267f0dbc4be5e703",
  } satisfies RequestToken,
  /** MD5 of the text, with LF and with CRLF. */
  textMd5: ["cc3916e9684e7ad1cd239f3e8afe134f", "3832fe8fdb3b3311d8824ce422d4bbe1"],
} as const;

/** The CA's own running example, of which no request is known. */
export const EXAMPLE: RequestToken = {
  md5: "c7fbc2039e400c8ef74129ec7db1842c",
  sha256: "c9c863405fe7675a3988b97664ea6baf442019e4e52fa335f406f7c5f26cf14f",
};
