import assert from "node:assert/strict";
import type { TransportCode } from "../../../src/api/transport";
import { explainFailure, proxyFailure } from "../../../src/net/failures";
import { addressesRefused, shortFailure } from "../../../src/net/short-failure";
import { inEnglish } from "../../../src/words/localize";
import { untranslated } from "../words/pseudo";

const coded = (code: string, message = "secret words") => Object.assign(new Error(message), { code });

const TABLE: readonly [string, unknown, TransportCode][] = [
  ["nobody there", coded("ECONNREFUSED"), "refused"],
  ["several attempts", new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]), "refused"],
  ["a cause of a cause", new Error("x", { cause: new Error("x", { cause: coded("ENOTFOUND") }) }), "unresolved"],
  ["DNS for the moment", coded("EAI_AGAIN"), "unresolved"],
  ["no way there", coded("EHOSTUNREACH"), "unreachable"],
  ["connecting too slow", coded("ETIMEDOUT"), "timed-out"],
  ["closed by the other side", coded("ECONNRESET"), "reset"],
  ["expired", coded("CERT_HAS_EXPIRED"), "certificate-expired"],
  ["another name", coded("ERR_TLS_CERT_ALTNAME_INVALID"), "certificate-name"],
  ["self-signed in the chain", coded("SELF_SIGNED_CERT_IN_CHAIN"), "certificate-untrusted"],
  ["issuer unknown", coded("UNABLE_TO_GET_ISSUER_CERT_LOCALLY"), "certificate-untrusted"],
  ["leaf alone", coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), "certificate-untrusted"],
  ["no TLS there", coded("EPROTO"), "tls"],
  ["OpenSSL's own words", coded("ERR_SSL_WRONG_VERSION_NUMBER"), "tls"],
  ["parser", coded("HPE_INVALID_CONSTANT"), "damaged"],
  ["compression", coded("Z_DATA_ERROR"), "damaged"],
  ["compression that makes too much", coded("ERR_BUFFER_TOO_LARGE"), "too-large"],
  [
    "no proxy that lets it through",
    new Error("Failed to establish a socket connection to proxies: PROXY proxy.example.test:3128"),
    "proxy",
  ],
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
      assert.equal(explained.message, inEnglish(explained.said));
      assert.deepEqual([...untranslated(explained.said), ...untranslated(shortFailure(error))], []);
      assert(!explained.message.includes("secret words") && !JSON.stringify(explained.facts).includes("secret words"));
    });
  }

  it("are never said to have come before the request where it was on its way", () => {
    const onItsWay = TABLE.map(([, error]) => explainFailure(error, "ca.example.test", { isSent: true }));
    assert.deepEqual([...new Set(onItsWay.map(({ code }) => code))].sort(), [
      "damaged",
      "failed",
      "reset",
      "timed-out",
      "too-large",
    ]);
  });

  it("names the status with which a proxy refused", () => {
    assert.deepEqual(proxyFailure("ca.example.test", 403).facts, { cause: "HTTP 403" });
  });

  it("names the addresses that were refused as a language lists them", () => {
    const said = addressesRefused(["10.0.0.1", "10.0.0.2"]);
    assert.match(inEnglish(said), /\(10\.0\.0\.1 and 10\.0\.0\.2\)/);
    assert.deepEqual(untranslated(said), []);
  });

  it("ends with causes that go in a circle", () => {
    const circle = new Error("circle");
    circle.cause = circle;
    assert.equal(explainFailure(circle, "ca.example.test").code, "failed");
  });
});
