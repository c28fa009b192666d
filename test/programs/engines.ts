import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Engine } from "../../src/certificates/checks/refusers";
import { pemText } from "../../src/certificates/pem-text";
import { PRIVATE_KEY } from "../unit/strangers/written-certificate";
import { findBun } from "../workbench/bun";
import { findProgram, run } from "./program";

/** `unread`: it does not read the certificate; `unused`: it reads it, and verifies no chain with it or takes no key. */
type Answer = "unread" | "unused" | "taken";

/** A certificate, and the root that signed it. */
export interface Case {
  readonly der: Buffer;
  readonly issuer: Buffer;
  /** Whether it has the key of `written-certificate.ts`, so that a server can use it. */
  readonly ours: boolean;
}

interface Said {
  readonly answer: Answer;
  /** In the engine's words. */
  readonly why: string;
}

/** What an engine makes of each case. */
type Ask = (cases: readonly Case[], folder: string) => readonly Said[];

interface Asked {
  /** Of the engine, on this machine; `undefined` where it lacks it. */
  readonly program: string | undefined;
  readonly ask: Ask;
}

const ASK = path.resolve("test/programs/ask");

const file = (folder: string, number: number, part = "") => path.join(folder, `${number}${part}.pem`);

/** What certificate and root are called in the folder, for programs that read files. */
export function writeCases(cases: readonly Case[], folder: string): void {
  for (const [number, { der, issuer }] of cases.entries()) {
    writeFileSync(file(folder, number), pemText(der));
    writeFileSync(file(folder, number, "-issuer"), pemText(issuer));
  }
}

/** For programs that are started for each case: whether it is read, then whether it is used. */
const oneByOne =
  (reads: (name: string, issuer: string) => Outcome, uses: (name: string, issuer: string) => Outcome): Ask =>
  (cases, folder) =>
    cases.map((_, number) => {
      const files = [file(folder, number), file(folder, number, "-issuer")] as const;
      const read = reads(...files);
      if (!read.ok) return { answer: "unread", why: read.output };
      const used = uses(...files);
      return { answer: used.ok ? "taken" : "unused", why: used.output };
    });

type Outcome = ReturnType<typeof run>;

/** For programs of ours, which print a line for each case. */
const allAtOnce =
  (program: string | undefined, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ask =>
  (cases, folder) => {
    const { stdout, stderr } = spawnSync(program ?? "", [...args, folder, String(cases.length)], {
      encoding: "utf8",
      timeout: 120_000,
      env: { ...process.env, ...env },
    });
    const lines = stdout.trim().split("\n");
    if (lines.length !== cases.length) throw new Error(`${program ?? ""} ended early: ${stderr}`);
    return lines.map((line) => {
      const [answer = "", ...why] = line.split(" ");
      return { answer: answer as Answer, why: why.join(" ") };
    });
  };

const openssl = findProgram("openssl");
const certtool = findProgram("certtool");
const certutil = findProgram("certutil");
const java = findProgram("java");
const go = findProgram("go");

const bun = findBun();

export const ENGINES: Readonly<Record<Engine, Asked>> = {
  OpenSSL: {
    program: openssl,
    ask: oneByOne(
      (name) => run(openssl ?? "", "x509", "-in", name, "-noout"),
      (name, issuer) => run(openssl ?? "", "verify", "-CAfile", issuer, name),
    ),
  },
  BoringSSL: {
    program: bun,
    ask: (cases, folder) => {
      const all = cases.map(({ der, issuer, ours }) => ({ pem: pemText(der), issuer: pemText(issuer), ours }));
      const input = path.join(folder, "cases.json");
      writeFileSync(input, JSON.stringify({ key: PRIVATE_KEY, cases: all }));
      const { ok, output } = run(bun ?? "", path.join(ASK, "boringssl.mjs"), input);
      if (!ok) throw new Error(output);
      return JSON.parse(output) as Said[];
    },
  },
  Go: { program: go, ask: allAtOnce(go, ["run", path.join(ASK, "ask.go")]) },
  GnuTLS: {
    program: certtool,
    ask: oneByOne(
      (name) => run(certtool ?? "", "--certificate-info", "--infile", name),
      (name, issuer) => run(certtool ?? "", "--verify", "--load-ca-certificate", issuer, "--infile", name),
    ),
  },
  // Reading alone: of its verifier there is no program that takes a root from a file.
  NSS: {
    program: certutil,
    ask: (cases, folder) =>
      cases.map((_, number) => {
        const database = `sql:${mkdtempSync(path.join(folder, "nss-"))}`;
        run(certutil ?? "", "-N", "-d", database, "--empty-password");
        const name = file(folder, number);
        const { ok, output } = run(certutil ?? "", "-A", "-d", database, "-n", "x", "-t", ",,", "-a", "-i", name);
        return { answer: ok ? "taken" : "unread", why: output };
      }),
  },
  Java: { program: java, ask: allAtOnce(java, [path.join(ASK, "Ask.java")]) },
};
