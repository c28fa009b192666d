/** Why tests cannot run, or fail, under Wine, although they are right on Windows. */
export interface Difference {
  /** What of Wine, or of how we start it, keeps them from passing. */
  readonly reason: string;
  /** `fails`: must fail; `may fail`: as it happens; `left out`: would end the run, and is skipped. */
  readonly how: "fails" | "may fail" | "left out";
  /** Their titles, as an outcome has them. */
  readonly titles: readonly string[];
}

/** Files of tests that are not loaded under Wine. */
export const LEFT_OUT_FILES: readonly (readonly [file: string, reason: string])[] = [
  ["unit/words/pack-languages.test.js", "esbuild is a program of the system that installed it"],
  ["unit/workbench/joined-modules.test.js", "esbuild is a program of the system that installed it"],
];

/** Under Wine, each test that does not pass, with its reason. Any other one that fails, fails the lane. */
export const DIFFERENCES: readonly Difference[] = [
  {
    reason: "`fetch` of Node connects to nothing under Wine (connect UNKNOWN); the program itself uses node:http",
    how: "fails",
    titles: [
      "transport, when the process is told to trust everybody, by › the variable, for fetch › nothing is sent to a server with a CA that nobody trusts",
      "transport, when the process is told to trust everybody, by › the variable, for fetch › nothing is sent to a server with another name",
      "transport, when the process is told to trust everybody, by › the variable, for fetch › nothing is sent to a server with a certificate that is over",
      "transport, when the process is told to trust everybody, by › the process-wide dispatcher of undici › nothing is sent to a server with a CA that nobody trusts",
      "transport, when the process is told to trust everybody, by › the process-wide dispatcher of undici › nothing is sent to a server with another name",
      "transport, when the process is told to trust everybody, by › the process-wide dispatcher of undici › nothing is sent to a server with a certificate that is over",
      "the calls to publish › a form is taken, over TLS and without",
      "status services › certificates name the sandbox, which serves their issuer",
      "status services › OCSP says good, then revoked, since when the order is; with SHA-1 and SHA-256, by POST and by GET",
      "status services › OCSP repeats a nonce",
      "status services › the revocation list of the issuing CA holds the revoked certificate alone, under its signature",
      "status services › what nothing was issued from is not there",
    ],
  },
  {
    reason: "under Wine, a UDP port that is taken at 127.0.0.1 is taken at 127.0.0.2, too",
    how: "fails",
    titles: ["the DNS of the sandbox › is there for this computer's own address alone, as its web is"],
  },
];
