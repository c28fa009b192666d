import assert from "node:assert/strict";
import fc from "fast-check";
import { shownProxySettings } from "../../../src/net/proxy-settings";
import { anyCharacter } from "../any-character";

const shown = (proxy: string) => shownProxySettings({ proxy, support: "", environment: {} }).proxy;
const exceptions = (value: string) =>
  shownProxySettings({ proxy: "", support: "", environment: { NO_PROXY: value } }).environment.NO_PROXY;

const PROXIES: readonly (readonly [setting: string, shown: string | null])[] = [
  ["", ""],
  ["http://proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://proxy.example.test:3128/", "http://proxy.example.test:3128"],
  ["HTTPS://Proxy.Example.Test", "https://Proxy.Example.Test"],
  ["proxy.example.test:3128", "proxy.example.test:3128"],
  ["  proxy:3128 ", "proxy:3128"],
  ["socks5h://10.0.0.1:1080", "socks5h://10.0.0.1:1080"],
  ["http://[2001:db8::1]:3128", "http://[2001:db8::1]:3128"],
  ["http://bücher.example:3128", "http://bücher.example:3128"],
  ["http://someone:p4ssword@proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://someone@proxy.example.test", "http://proxy.example.test"],
  ["someone:p4ssword@proxy.example.test:3128", "proxy.example.test:3128"],
  ["http://some@one:p4ss@word@proxy.example.test", "http://proxy.example.test"],
  ["http://someone:p4ss/word@proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://someone:p4ss//word@proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://someone:p4ss?word@proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://someone:p4ss#word@proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://someone:p4ss\\word@proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://someone:p4ss word@proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://someone:p4ss%40%2Fword%@proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://someone:p4ss:3128@proxy.example.test:3128", "http://proxy.example.test:3128"],
  ["http://someone:p4ss\nword@[::1]:3128/x?y#z", "http://[::1]:3128"],
  // A login name that looks like a scheme.
  ["someone://p4ssword@proxy.example.test:3128", "proxy.example.test:3128"],
  ["http://someone:p4ssword", null],
  ["http://someone:p4ssword@", null],
  ["someone p4ssword proxy.example.test", null],
  ["http://", null],
  ["PROXY someone:p4ssword@proxy.example.test:3128; DIRECT", null],
];

const EXCEPTIONS: readonly (readonly [value: string, shown: string | null])[] = [
  ["", ""],
  ["*", "*"],
  ["localhost, .example.test;10.0.0.0/8 intranet", "localhost,.example.test,10.0.0.0/8,intranet"],
  ["*.example.test,[::1],::1,fd00::/8,host:8080", "*.example.test,[::1],::1,fd00::/8,host:8080"],
  ["localhost,http://someone:p4ssword@proxy.example.test", null],
  ["localhost,someone:p4ss,word@proxy.example.test", null],
];

/** Parts of names and passwords that parsers trip over, beside anything else. */
const awkward = fc
  .array(
    fc.oneof(
      fc.constantFrom("/", "//", "@", "#", "?", "%", "%40", "\\", " ", ":", ";", ",", "[", "]", "http://", "::1", "\n"),
      fc.string({ unit: anyCharacter, maxLength: 6 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe("proxy settings in a report", () => {
  for (const [setting, expected] of PROXIES) {
    it(`${JSON.stringify(setting)} as ${expected ?? "what is not shown"}`, () => {
      assert.equal(shown(setting), expected);
    });
  }

  for (const [value, expected] of EXCEPTIONS) {
    it(`exceptions ${JSON.stringify(value)} as ${expected ?? "what is not shown"}`, () => {
      assert.equal(exceptions(value), expected);
    });
  }

  it("http.proxySupport by the words that it has", () => {
    const support = (text: string) => shownProxySettings({ proxy: "", support: text, environment: {} }).support;
    assert.deepEqual(["override", "off", "", "p4ssword"].map(support), ["override", "off", "", null]);
  });

  it("never hold four characters of a name or a password, whatever these are", () => {
    const plain = ["http://", "https://", "socks5://", ""];
    const hosts = ["proxy.example.test", "[2001:db8::1]", "10.1.2.3"];
    fc.assert(
      fc.property(
        fc.tuple(awkward, awkward, fc.constantFrom(...plain), fc.constantFrom(...hosts), fc.boolean()),
        ([user, password, scheme, host, hasPassword]) => {
          const credentials = hasPassword ? `${user}:${password}` : user;
          const text = `${scheme}${credentials}@${host}:3128`;
          const settings = { proxy: text, support: text, environment: { HTTPS_PROXY: text, no_proxy: text } };
          const report = JSON.stringify(Object.values(shownProxySettings(settings)));
          const known = JSON.stringify(["null", ...plain.map((each) => `${each}${host}:3128`)]);
          for (const secret of [user, password]) {
            for (let at = 0; at + 4 <= secret.length; at++) {
              const run = secret.slice(at, at + 4);
              assert.ok(
                !report.includes(run) || known.includes(run),
                `${JSON.stringify(run)} of ${JSON.stringify(text)}`,
              );
            }
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
