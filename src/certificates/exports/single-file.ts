import { phrase } from "../../words/phrase";
import { pemText } from "../pem-text";
import { ExportError } from "./error";
import type { ExportInput, ExportedFile, PartName } from "./file";
import { certificatesJson } from "./json";
import { membersOf, pemOf, type ExportPart } from "./parts";
import { writePkcs7 } from "./pkcs7";
import { nameFor, pkcs12File } from "./profile-files";
import { chainText } from "./text";

/**
 * One file, by its form. DER contains only the leaf; PKCS #12 the whole chain, with the private key if there is one.
 */
export type Form = "pem" | "der" | "pkcs7" | "pkcs7-pem" | "pkcs12" | "json" | "text";

/** Usual endings of file names. */
const ENDINGS: Readonly<Record<Form, string>> = {
  pem: ".pem",
  der: ".der",
  pkcs7: ".p7b",
  "pkcs7-pem": ".p7b",
  pkcs12: ".p12",
  json: ".json",
  text: ".txt",
};

const TITLES: Readonly<Record<ExportPart, PartName>> = {
  leaf: "certificate",
  chain: "chain",
  "chain-root": "chain with the root",
  fullchain: "full chain",
  "fullchain-root": "full chain with the root",
  "root-first": "full chain, the root first",
};

/**
 * One file in the form and with the certificates that a person chose.
 * @throws ExportError `nothing`, also for an empty part; `wrong-key` and `no-password` for PKCS #12
 */
export async function singleFile(form: Form, part: ExportPart, input: ExportInput): Promise<ExportedFile> {
  const name = `${nameFor(input)}${ENDINGS[form]}`;
  if (form === "pkcs12") return pkcs12File(name, input);
  const members = membersOf(input.path, form === "der" ? "leaf" : part);
  const title = TITLES[form === "der" ? "leaf" : part];
  if (members.length === 0)
    throw new ExportError("nothing", phrase("The certificate came without CA certificates: there are none to write."));
  const certificates = members.map(({ certificate }) => certificate);
  const ders = members.map(({ der }) => der);
  switch (form) {
    case "pem":
      return { name, bytes: Buffer.from(pemOf(members)), secret: false, part: title };
    case "der":
      return { name, bytes: Buffer.concat(ders), secret: false, part: title };
    case "pkcs7":
      return { name, bytes: writePkcs7(ders), secret: false, part: title };
    case "pkcs7-pem":
      return { name, bytes: Buffer.from(pemText(writePkcs7(ders), "PKCS7")), secret: false, part: title };
    case "json":
      return { name, bytes: Buffer.from(certificatesJson(certificates)), secret: false, part: title };
    case "text":
      return { name, bytes: Buffer.from(chainText(certificates)), secret: false, part: title };
  }
}
