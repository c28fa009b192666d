import type { DomainLook, LookPlan } from "../../../src/validation/look";
import { lookAtDomain } from "../../../src/validation/look-domain";
import { paperPorts, type PaperPage, type PaperPorts, type PaperWorld, type PaperZone } from "./paper-zone";

/** Vector 4 of the facts about validation: a CSR for www.example.test. */
export const TOKEN = {
  md5: "5db0d3483e94b1fea194bb49200266e9",
  sha256: "ad9686962576e56ea8e4eecfa266afdc3c91da5cd4fff48f267f0dbc4be5e703",
};
/** The MD5 of its PEM text, with a SHA-256 that stands for the text's. */
export const TEXT = { md5: "cc3916e9684e7ad1cd239f3e8afe134f", sha256: "7e".repeat(32) };
export const OTHER = { md5: "0d".repeat(16), sha256: "3f".repeat(32), name: "old.csr" };

export const TARGET = "ad9686962576e56ea8e4eecfa266afdc.3c91da5cd4fff48f267f0dbc4be5e703.sectigo.com";
export const HOST = `_${TOKEN.md5}`;
export const FILE_NAME = `${TOKEN.md5.toUpperCase()}.txt`;
export const FILE = `${TOKEN.sha256}\nsectigo.com\n`;
export const fileUrl = (host: string, scheme = "http", name = FILE_NAME): string =>
  `${scheme}://${host}/.well-known/pki-validation/${name}`;

/** A zone example.test with an address at www and the apex, and what a row adds. */
export const zone = (lines: readonly string[], over: Partial<PaperZone> = {}): PaperZone => ({
  apex: "example.test",
  lines: ["@ A 203.0.113.7", "www A 203.0.113.7", ...lines],
  ...over,
});

/** The zone above it, so that it can be asked whom it delegates to. */
export const parent = (lines: readonly string[] = []): PaperZone => ({
  apex: "test",
  lines,
  servers: [{ name: "a.nic.test", address: "198.51.200.1" }],
});

export const plan = (over: Partial<LookPlan> = {}): LookPlan => ({
  domain: "www.example.test",
  purpose: "tls",
  token: TOKEN,
  ...over,
});

export interface Looked {
  readonly look: DomainLook;
  readonly ports: PaperPorts;
}

export async function lookOnPaper(world: PaperWorld, over: Partial<LookPlan> = {}): Promise<Looked> {
  const ports = paperPorts(world);
  return { look: await lookAtDomain(plan(over), ports, new AbortController().signal), ports };
}

/** The findings of a look, as "weight id". */
export const ids = ({ findings }: DomainLook): readonly string[] => findings.map(({ weight, id }) => `${weight} ${id}`);

export const site = (pages: Readonly<Record<string, PaperPage>> = {}): Readonly<Record<string, PaperPage>> => ({
  "http://www.example.test/": { body: "<html>", type: "text/html" },
  ...pages,
});
