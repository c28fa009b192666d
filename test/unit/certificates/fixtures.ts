import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { readPem } from "../../../src/certificates/containers/pem";

const FOLDER = path.join("test", "fixtures", "certificates");

export const fixture = (name: string): Buffer => readFileSync(path.join(FOLDER, name));

/** Names of the files of a folder that end so. */
export const fixtureNames = (folder: string, ending: string): readonly string[] =>
  readdirSync(path.join(FOLDER, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

/** DER of the first PEM block of a file. */
export function pemFixture(name: string): Buffer {
  const [block] = readPem(fixture(name).toString("latin1")).blocks;
  if (block === undefined) throw new Error(`${name} has no PEM block`);
  return block.bytes;
}

export interface CaFixture {
  readonly subject: string;
  readonly der: Buffer;
  /** SHA-256 of what OpenSSL prints, white space left out. */
  readonly text: string;
}

/** Real CA certificates, see the README beside them. */
export function caFixtures(): readonly CaFixture[] {
  const entries = JSON.parse(fixture("ca-certificates.json").toString()) as {
    subject: string;
    der: string;
    text: string;
  }[];
  return entries.map(({ subject, der, text }) => ({ subject, der: Buffer.from(der, "base64"), text }));
}
