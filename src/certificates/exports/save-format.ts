import type { ExportInput, ExportedFile } from "./file";
import type { ExportPart } from "./parts";
import type { Pkcs12Protection } from "../pkcs12/write";
import { profileFiles } from "./profile-files";
import { PROFILES, type Profile, type ProfileId } from "./profiles";
import { singleFile, type Form } from "./single-file";

/**
 * What a person chose to save: the files for a server, or one file in a form. Nothing else is remembered, see {@link
 * formatSaveFormat}.
 */
export type SaveFormat = {
  /** Of PKCS #12; `modern` where absent. */
  readonly protection?: Pkcs12Protection;
} & (
  | { readonly kind: "profile"; readonly profile: ProfileId; readonly withRoot?: boolean }
  | { readonly kind: "single"; readonly form: Form; readonly part: ExportPart }
);

export const PARTS: readonly ExportPart[] = [
  "leaf",
  "chain",
  "chain-root",
  "fullchain",
  "fullchain-root",
  "root-first",
];

export const FORMS: readonly Form[] = ["pem", "der", "pkcs7", "pkcs7-pem", "pkcs12", "json", "text"];

/**
 * The certificates in forms that do not let a person choose: DER has room for one, and programs that import PKCS #12
 * put each certificate where it belongs.
 */
export const FIXED_PARTS: Readonly<Partial<Record<Form, ExportPart>>> = { der: "leaf", pkcs12: "fullchain-root" };

/** A format in one word, for the journal: "nginx", "nginx+root", "iis+legacy", "pem:fullchain". */
export function formatSaveFormat(format: SaveFormat): string {
  const name = format.kind === "profile" ? format.profile : `${format.form}:${format.part}`;
  const root = format.kind === "profile" && format.withRoot === true ? "+root" : "";
  return name + root + (format.protection === "legacy" ? "+legacy" : "");
}

/** The inverse of {@link formatSaveFormat}; `undefined` for anything else. */
export function parseSaveFormat(text: string): SaveFormat | undefined {
  const [name = "", ...flags] = text.split("+");
  if (flags.some((flag) => flag !== "root" && flag !== "legacy")) return undefined;
  const protection = flags.includes("legacy") ? ({ protection: "legacy" } as const) : {};
  const profile = PROFILES.find(({ id }) => id === name);
  if (profile !== undefined) {
    return { kind: "profile", profile: profile.id, ...(flags.includes("root") && { withRoot: true }), ...protection };
  }
  const [formName, partName] = name.split(":");
  const form = FORMS.find((each) => each === formName);
  const part = PARTS.find((each) => each === partName);
  return form === undefined || part === undefined ? undefined : { kind: "single", form, part, ...protection };
}

/** Whether the private key goes into the files; see {@link Profile.key}. */
export function keyUse(format: SaveFormat): Profile["key"] {
  if (format.kind === "single") return format.form === "pkcs12" ? "useful" : "unused";
  return PROFILES.find(({ id }) => id === format.profile)?.key ?? "unused";
}

/** Whether the files are protected with a password. */
export function needsPassword(format: SaveFormat): boolean {
  if (format.kind === "single") return format.form === "pkcs12";
  return PROFILES.find(({ id }) => id === format.profile)?.password === true;
}

/**
 * The files of a format. Pure: nothing is written.
 * @throws ExportError as {@link profileFiles} and {@link singleFile} do
 */
export async function exportFiles(format: SaveFormat, input: ExportInput): Promise<readonly ExportedFile[]> {
  const { protection } = format;
  const given = { ...input, ...(protection !== undefined && { protection }) };
  if (format.kind === "single") return [await singleFile(format.form, format.part, given)];
  return profileFiles(format.profile, { ...given, ...(format.withRoot === true && { withRoot: true }) });
}
