import type { KeyObject } from "node:crypto";
import { phrase } from "../../words/phrase";
import type { Certificate } from "../x509/certificate";
import { ExportError } from "./error";
import { pemKey, publicFile, secretFile, type ExportInput, type ExportedFile } from "./file";
import { baseNameOf, safeBaseName } from "./file-name";
import { secretName, tlsSecret } from "./kubernetes-secret";
import { membersOf, pemOf, type ExportPart } from "./parts";
import { checkKey, writePkcs12 } from "../pkcs12/write";
import { PROFILES, type ProfileId } from "./profiles";

/**
 * The files of a profile, under the names that its manual uses. Pure: nothing is written.
 * @throws ExportError `nothing`; `no-key` where the profile needs the private key; `wrong-key`; `no-password`
 */
export async function profileFiles(id: ProfileId, input: ExportInput): Promise<readonly ExportedFile[]> {
  const { path, key, withRoot = false } = input;
  const [leaf] = membersOf(path, "leaf");
  if (key !== undefined && leaf !== undefined) checkKey(key, leaf);
  const name = nameFor(input);
  const pem = (part: ExportPart): string => pemOf(membersOf(path, part));
  const fullchain = pem(withRoot ? "fullchain-root" : "fullchain");
  const chainFile = (fileName: string): readonly ExportedFile[] => {
    const chain = pem(withRoot ? "chain-root" : "chain");
    return chain === "" ? [] : [publicFile(fileName, chain, "chain")];
  };
  const keyFile = (fileName: string): readonly ExportedFile[] =>
    key === undefined ? [] : [secretFile(fileName, pemKey(key), "private key")];

  switch (id) {
    case "plain":
      return [
        publicFile("certificate.pem", pem("leaf"), "certificate"),
        ...chainFile("chain.pem"),
        publicFile("fullchain.pem", fullchain, "full chain"),
      ];
    case "nginx":
      return [publicFile(`${name}.chained.crt`, fullchain, "full chain"), ...keyFile(`${name}.key`)];
    case "apache":
      return [publicFile(`${name}.cert`, fullchain, "full chain"), ...keyFile(`${name}.key`)];
    case "haproxy":
      return [secretFile(`${name}.pem`, fullchain + pemKey(needed(key, id)), "full chain and private key")];
    case "iis":
      return [await pkcs12File(`${name}.pfx`, { ...input, key: needed(key, id) })];
    case "tomcat": {
      const stem = leaf === undefined ? name : `${name}-${keyKind(leaf.certificate)}`;
      return [
        publicFile(`${stem}-cert.pem`, pem("leaf"), "certificate"),
        ...chainFile(`${stem}-chain.pem`),
        ...keyFile(`${stem}-key.pem`),
      ];
    }
    case "kubernetes": {
      const secret = secretName(name);
      const manifest = tlsSecret(secret, fullchain, pemKey(needed(key, id)));
      return [secretFile(`${secret}.yaml`, manifest, "full chain and private key")];
    }
  }
}

/** What the names of the files begin with. */
export function nameFor({ path, baseName }: ExportInput): string {
  const [leaf] = path;
  if (baseName !== undefined || leaf === undefined) return safeBaseName(baseName ?? "");
  return baseNameOf(leaf.certificate);
}

/**
 * A PKCS #12 file of the whole chain, including the root: importing programs put each certificate where it belongs.
 */
export async function pkcs12File(name: string, input: ExportInput): Promise<ExportedFile> {
  const { path, key, password = "", protection } = input;
  const bytes = await writePkcs12(membersOf(path, "fullchain-root"), {
    password,
    friendlyName: nameFor(input),
    ...(key === undefined ? {} : { key }),
    ...(protection === undefined ? {} : { protection }),
  });
  const part = key === undefined ? "full chain" : "full chain and private key";
  return { name, bytes, secret: key !== undefined, part };
}

function needed(key: KeyObject | undefined, id: ProfileId): KeyObject {
  if (key !== undefined) return key;
  const title = PROFILES.find((profile) => profile.id === id)?.title ?? id;
  throw new ExportError(
    "no-key",
    phrase("The files for {0} contain the private key: choose the key that belongs to the certificate.", title),
  );
}

/** As in Tomcat's manual: named after the type of key. */
const keyKind = ({ publicKey: { key } }: Certificate): string =>
  (key.type === "raw" ? key.name : key.type).toLowerCase();
