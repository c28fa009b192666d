import assert from "node:assert/strict";
import type { TransportCode } from "../../../src/api/transport";
import { explainFailure } from "../../../src/net/failures";

const coded = (code: string, message = "secret words") => Object.assign(new Error(message), { code });
const fetchFailed = (cause: unknown) => new TypeError("fetch failed", { cause });

const TABLE: readonly [string, unknown, TransportCode][] = [
  ["a cause of fetch", fetchFailed(coded("ECONNREFUSED")), "refused"],
  ["several attempts", fetchFailed(new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")])), "refused"],
  ["a cause of a cause", fetchFailed(new Error("x", { cause: coded("ENOTFOUND") })), "unresolved"],
  ["DNS for the moment", coded("EAI_AGAIN"), "unresolved"],
  ["no way there", coded("EHOSTUNREACH"), "unreachable"],
  ["connecting too slow", coded("UND_ERR_CONNECT_TIMEOUT"), "timed-out"],
  ["closed by the other side", coded("UND_ERR_SOCKET"), "reset"],
  ["expired", coded("CERT_HAS_EXPIRED"), "certificate-expired"],
  ["another name", coded("ERR_TLS_CERT_ALTNAME_INVALID"), "certificate-name"],
  ["self-signed in the chain", coded("SELF_SIGNED_CERT_IN_CHAIN"), "certificate-untrusted"],
  ["issuer unknown", coded("UNABLE_TO_GET_ISSUER_CERT_LOCALLY"), "certificate-untrusted"],
  ["leaf alone", coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), "certificate-untrusted"],
  ["no TLS there", coded("EPROTO"), "tls"],
  ["OpenSSL's own words", coded("ERR_SSL_WRONG_VERSION_NUMBER"), "tls"],
  ["parser", coded("HPE_INVALID_CONSTANT"), "damaged"],
  ["parser without a code", Object.assign(new Error("x"), { name: "HTTPParserError" }), "damaged"],
  ["compression", coded("Z_DATA_ERROR"), "damaged"],
  [
    "a proxy that wants a sign-in",
    fetchFailed(coded("UND_ERR_ABORTED", "Proxy response (407) !== 200 when HTTP Tunneling")),
    "proxy",
  ],
  ["a 407 that fetch hides", fetchFailed(new Error()), "proxy"],
  ["Chromium: name", new Error("net::ERR_NAME_NOT_RESOLVED"), "unresolved"],
  ["Chromium: CA", new Error("net::ERR_CERT_AUTHORITY_INVALID"), "certificate-untrusted"],
  ["Chromium: another certificate error", new Error("net::ERR_CERT_WEAK_KEY"), "certificate-untrusted"],
  ["Chromium: proxy", new Error("net::ERR_TUNNEL_CONNECTION_FAILED"), "proxy"],
  ["anything else", new Error("what?"), "failed"],
  ["no error at all", "what?", "failed"],
  ["nothing", undefined, "failed"],
];

describe("failures", () => {
  for (const [name, error, code] of TABLE) {
    it(`${name}: ${code}`, () => {
      const explained = explainFailure(error, "ca.example.test");
      assert.equal(explained.code, code);
      assert.match(explained.message, /^The server ca\.example\.test .*\.$/);
      assert(!explained.message.includes("secret words") && !JSON.stringify(explained.facts).includes("secret words"));
    });
  }

  it("names the status with which a proxy refused", () => {
    const refused = coded("UND_ERR_ABORTED", "Proxy response (403) !== 200 when HTTP Tunneling");
    assert.deepEqual(explainFailure(fetchFailed(refused), "ca.example.test").facts, { cause: "HTTP 403" });
  });

  it("ends with causes that go in a circle", () => {
    const circle = new Error("circle");
    circle.cause = circle;
    assert.equal(explainFailure(circle, "ca.example.test").code, "failed");
  });
});
