import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Whether this machine has OpenSSL's program, which is another hand than ours and Node.js's. */
export const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

/** Whether tests run in Bun, and with it on BoringSSL, the desktop editor's engine. */
export const IS_BORINGSSL = process.versions.bun !== undefined;

/** Whether OpenSSL reads a certificate: asked in Node.js, whose engine it is, since programs take long to start. */
export const isOpenedByOpenssl = (der: Uint8Array): boolean =>
  IS_BORINGSSL ? openssl(der, ...READ, "-noout").ok : succeeds(() => new X509Certificate(der));

/** Whether it also reads the public key in it. */
export const hasReadableKey = (der: Uint8Array): boolean =>
  IS_BORINGSSL
    ? !openssl(der, ...READ, "-noout", "-text").output.includes("Unable to load Public Key")
    : succeeds(() => new X509Certificate(der).publicKey);

const READ = ["x509", "-inform", "DER", "-in", "FILE"];

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs `openssl`, the file's name in the place of the argument "FILE".
 * @returns what it printed, errors included
 */
export function openssl(file: Uint8Array, ...args: readonly string[]): { ok: boolean; output: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "exports-"));
  try {
    const name = path.join(folder, "file");
    writeFileSync(name, file, { mode: 0o600 });
    const { status, stdout, stderr } = spawnSync(
      "openssl",
      args.map((arg) => (arg === "FILE" ? name : arg)),
    );
    return { ok: status === 0, output: `${stdout.toString()}${stderr.toString()}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
