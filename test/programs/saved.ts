import { generateKeyPair, type KeyObject } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { orderChain } from "../../src/certificates/x509/chain";
import type { ChainMember } from "../../src/certificates/x509/issuing";
import { MS_PER_DAY } from "../../src/certificates/x509/lifetime";
import { exportFiles, type SaveFormat } from "../../src/certificates/exports/save-format";
import { pemText } from "../../src/certificates/pem-text";
import { keyIdentifier, newSerialNumber, signCertificate } from "../../src/sandbox/certificate";
import * as extensions from "../../src/sandbox/extensions";
import { newKeyPair, type KeyPair } from "../../src/sandbox/keys";
import { distinguishedName } from "../../src/sandbox/names";

/** The name of every server here. */
export const SERVER_NAME = "www.example.test";

export const PASSWORD = "toy password";

/** Kinds of keys that people have their certificates issued for, as `node:crypto` makes them. */
export const KEY_KINDS = {
  RSA: () => generate("rsa", { modulusLength: 2048 }),
  "P-256": () => generate("ec", { namedCurve: "P-256" }),
  "P-384": () => generate("ec", { namedCurve: "P-384" }),
  Ed25519: () => generate("ed25519"),
};

export type KindOfKey = keyof typeof KEY_KINDS;

const generate = promisify(generateKeyPair);

/** A collected certificate of one kind of key, in force today. */
export interface Collected {
  readonly key: KeyObject;
  /** Leaf first, root last. */
  readonly path: readonly ChainMember[];
  /** The root in PEM, for clients. */
  readonly root: string;
}

interface Party {
  readonly name: string;
  readonly keys: Pick<KeyPair, "publicKeyInfo">;
}

/** A leaf for {@link SERVER_NAME} with a key of the kind, by a CA below a root. */
export async function collected(kind: KindOfKey): Promise<Collected> {
  const { publicKey, privateKey } = await KEY_KINDS[kind]();
  const leaf = { name: SERVER_NAME, keys: { publicKeyInfo: publicKey.export({ type: "spki", format: "der" }) } };
  const [root, ca] = await Promise.all(
    ["Root", "CA"].map(async (name) => ({ name, keys: await newKeyPair(kind === "RSA" ? "rsa-2048" : "p-256") })),
  );
  if (root === undefined || ca === undefined) throw new Error("no CA was made");
  const chain = [issue(root, root), issue(ca, root), issue(leaf, ca, [SERVER_NAME])];
  return { key: privateKey, path: orderChain(chain).path, root: pemText(issue(root, root)) };
}

function issue(subject: Party, issuer: Party & { readonly keys: KeyPair }, dnsNames?: string[]): Uint8Array {
  const nameOf = ({ name }: Party) => distinguishedName([["commonName", name]]);
  const isCa = dnsNames === undefined;
  return signCertificate({
    subject: nameOf(subject),
    keys: subject.keys,
    issuer: { name: nameOf(issuer), keys: issuer.keys },
    notBefore: Date.now() - MS_PER_DAY,
    notAfter: Date.now() + 30 * MS_PER_DAY,
    serialNumber: newSerialNumber(),
    extensions: [
      extensions.basicConstraints({ cA: isCa }),
      extensions.keyUsage(
        isCa
          ? extensions.KeyUsageBit.keyCertSign | extensions.KeyUsageBit.cRLSign
          : extensions.KeyUsageBit.digitalSignature,
      ),
      extensions.subjectKeyIdentifier(keyIdentifier(subject.keys)),
      extensions.authorityKeyIdentifier(keyIdentifier(issuer.keys)),
      ...(isCa ? [] : [extensions.subjectAlternativeName({ dnsNames })]),
    ],
  });
}

/**
 * What "Save As" writes of it, in a folder.
 * @returns the files' paths, by the ends of their names: ".key", "-chain.pem"
 */
export async function save(
  format: SaveFormat,
  { path: members, key }: Collected,
  folder: string,
  password = PASSWORD,
): Promise<(ending: string) => string> {
  const files = await exportFiles(format, { path: members, key, password });
  for (const { name, bytes } of files) await writeFile(path.join(folder, name), bytes, { mode: 0o600 });
  return (ending) => {
    const [found, ...more] = files.filter(({ name }) => name.endsWith(ending));
    if (found === undefined || more.length > 0) throw new Error(`not one file ends with ${ending}`);
    return path.join(folder, found.name);
  };
}
