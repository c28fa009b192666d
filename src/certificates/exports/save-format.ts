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

/** A shape in one word, for the journal: "nginx", "nginx+root", "iis+legacy", "pem:fullchain". */
export function formatSaveFormat(shape: SaveFormat): string {
  const name = shape.kind === "profile" ? shape.profile : `${shape.form}:${shape.part}`;
  const root = shape.kind === "profile" && shape.withRoot === true ? "+root" : "";
  return name + root + (shape.protection === "legacy" ? "+legacy" : "");
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
export function keyUse(shape: SaveFormat): Profile["key"] {
  if (shape.kind === "single") return shape.form === "pkcs12" ? "useful" : "unused";
  return PROFILES.find(({ id }) => id === shape.profile)?.key ?? "unused";
}

/** Whether the files are protected with a password. */
export function needsPassword(shape: SaveFormat): boolean {
  if (shape.kind === "single") return shape.form === "pkcs12";
  return PROFILES.find(({ id }) => id === shape.profile)?.password === true;
}

/**
 * The files of a shape. Pure: nothing is written.
 * @throws ExportError as {@link profileFiles} and {@link singleFile} do
 */
export async function exportFiles(shape: SaveFormat, input: ExportInput): Promise<readonly ExportedFile[]> {
  const { protection } = shape;
  const given = { ...input, ...(protection !== undefined && { protection }) };
  if (shape.kind === "single") return [await singleFile(shape.form, shape.part, given)];
  return profileFiles(shape.profile, { ...given, ...(shape.withRoot === true && { withRoot: true }) });
}
