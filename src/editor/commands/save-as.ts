import * as vscode from "vscode";
import type { ExportPart } from "../../certificates/exports/parts";
import { PROFILES, type ProfileId } from "../../certificates/exports/profiles";
import { readerConcern } from "../../certificates/exports/readers";
import { FIXED_PARTS, FORMS, needsPassword, PARTS, type SaveFormat } from "../../certificates/exports/save-format";
import type { Form } from "../../certificates/exports/single-file";
import { ArgumentError, Arguments } from "../base/arguments";
import { keyReason } from "../saving/key-reason";
import type { SavedAndServed } from "../serving/save-and-serve";
import type { Choice, Heading } from "../base/messages";
import type { Program } from "../window/program";
import { inSentences, localize } from "../base/localize";
import { runMultiStepInput, type InputStep } from "../base/multi-step-input";
import { uriOf } from "./file-argument";
import { savedSubject, type SavedSubject } from "./saved-subject";
import { phrase } from "../../words/phrase";
import { inRow } from "../../words/localize";

/**
 * Saves an order's collected certificate for a server, or as a single file in one form; or the certificates of a
 * `file`. The argument may name `profile`, or `form` and `part`; `folder`; `name`, what file names begin with; `key` or
 * `withoutKey`; `withRoot`, `legacy` and `serialNumber`; `root`, the SHA-256 of the root that the chain is to lead to.
 * Anything it does not name is asked for. The person is always asked before an existing file is replaced, and before a
 * private key is read from or written to a place that the argument names.
 */
export async function saveAs(program: Program, argument: unknown): Promise<SavedAndServed | undefined> {
  const given = new Arguments(argument instanceof vscode.Uri ? undefined : argument);
  const subject = await savedSubject(program, argument);
  if (subject === undefined) return undefined;
  const givenFolder = uriOf(given, "folder");
  const draft: Draft = { ...givenFormat(given), folder: givenFolder };
  const key = uriOf(given, "key");
  const steps = [whatStep(draft, subject.keyKind), partStep(draft), protectionStep(draft), folderStep(draft, subject)];
  // The number of steps depends on the answers, so they are not counted.
  const done = await runMultiStepInput(localize("Save {0}", subject.title), (place) => steps[place]);
  const { format, folder } = draft;
  if (!done || format === undefined || folder === undefined) return undefined;
  const baseName = given.text("name");
  return subject.save({
    format,
    folder,
    ...(baseName !== undefined && { baseName }),
    ...(key !== undefined && { key }),
    ...(!draft.isFormatGiven && { isReaderKnown: true }),
    isNamedByArgument: givenFolder !== undefined || key !== undefined,
    ...(given.flag("withoutKey") === true && { withoutKey: true }),
  });
}

/** What is known, and what the argument set, which is not asked for. */
interface Draft {
  format: SaveFormat | undefined;
  folder: vscode.Uri | undefined;
  /** Whether the argument set the format. */
  readonly isFormatGiven: boolean;
}

/** @throws ArgumentError */
function givenFormat(given: Arguments): Pick<Draft, "format" | "isFormatGiven"> {
  const profile = given.choice(
    "profile",
    PROFILES.map(({ id }) => id),
  );
  const form = given.choice("form", FORMS);
  const part = given.choice("part", PARTS);
  if (profile !== undefined && form !== undefined) {
    throw new ArgumentError(phrase("Set either the field “profile” or the field “form”, but not both."));
  }
  const protection = given.flag("legacy") === true ? ({ protection: "legacy" } as const) : {};
  const withRoot = given.flag("withRoot") === true;
  if (profile !== undefined) {
    return { format: { kind: "profile", profile, ...(withRoot && { withRoot }), ...protection }, isFormatGiven: true };
  }
  if (form === undefined) return { format: undefined, isFormatGiven: false };
  const fixed = FIXED_PARTS[form];
  return {
    format: { kind: "single", form, part: fixed ?? part ?? (withRoot ? "fullchain-root" : "fullchain"), ...protection },
    isFormatGiven: true,
  };
}

/** Why a format needs the private key, and which programs do not read its kind, in small print below a choice. */
function smallPrint(format: SaveFormat, keyKind: string): { readonly detail?: string } {
  const concern = readerConcern(format, keyKind);
  const said = [keyReason(format), ...(concern === undefined ? [] : [localize(concern)])].filter(Boolean);
  return said.length === 0 ? {} : { detail: inSentences(...said) };
}

/** @param keyKind of the certificate's key, see {@link readerConcern} */
function whatStep(draft: Draft, keyKind: string): InputStep {
  return async (input) => {
    if (draft.isFormatGiven) return;
    const ofProfile = (profile: ProfileId): SaveFormat => ({ kind: "profile", profile });
    const ofForm = (form: Form): SaveFormat => ({ kind: "single", form, part: FIXED_PARTS[form] ?? "fullchain" });
    const choices: readonly (Choice<SaveFormat> | Heading)[] = [
      { heading: localize("Files for") },
      ...PROFILES.map((profile) => ({
        label: localize(profile.title),
        description: inRow(
          [profileWords(profile.id), ...(profile.key === "needed" ? [localize("with the private key")] : [])],
          localize,
        ),
        ...smallPrint(ofProfile(profile.id), keyKind),
        value: ofProfile(profile.id),
      })),
      { heading: localize("One file") },
      ...FORMS.map((form) => ({
        ...formWords(form),
        ...smallPrint(ofForm(form), keyKind),
        value: ofForm(form),
      })),
    ];
    draft.format = await input.pick({ placeholder: localize("What do you want to save it for?"), choices });
  };
}

/** What a profile's files are, in its users' words. */
function profileWords(id: ProfileId): string {
  switch (id) {
    case "plain":
      return "certificate.pem, chain.pem, fullchain.pem";
    case "nginx":
      return localize("the full chain as .chained.crt");
    case "apache":
      return localize("the full chain as .cert");
    case "haproxy":
      return localize("all in one .pem");
    case "iis":
      return localize("PKCS #12 as .pfx");
    case "tomcat":
      return localize("certificate and chain as .pem");
    case "kubernetes":
      return localize("a manifest of type kubernetes.io/tls");
  }
}

function formWords(form: Form): vscode.QuickPickItem {
  switch (form) {
    case "pem":
      return { label: "PEM", description: localize("the certificates you choose") };
    case "der":
      return { label: "DER", description: localize("the certificate alone, binary") };
    case "pkcs7":
      return { label: "PKCS #7", description: localize("binary, as .p7b") };
    case "pkcs7-pem":
      return { label: localize("PKCS #7 in PEM"), description: localize("as .p7b") };
    case "pkcs12":
      return {
        label: "PKCS #12",
        description: localize("password-protected, as .p12; optionally with the private key"),
      };
    case "json":
      return { label: "JSON", description: localize("every field, for programs") };
    case "text":
      return { label: localize("Text"), description: localize("every field, in the style of OpenSSL") };
  }
}

function partStep(draft: Draft): InputStep {
  return async (input) => {
    const { format } = draft;
    if (draft.isFormatGiven || format?.kind !== "single" || FIXED_PARTS[format.form] !== undefined) return;
    const choices = PART_ORDER.map((part) => ({ ...partWords(part), value: part }));
    const part = await input.pick({ placeholder: localize("Which certificates do you want to save?"), choices });
    draft.format = { ...format, part };
  };
}

/** The most wanted part comes first. */
const PART_ORDER: readonly ExportPart[] = ["fullchain", "leaf", "chain", "fullchain-root", "chain-root", "root-first"];

function partWords(part: ExportPart): vscode.QuickPickItem {
  switch (part) {
    case "leaf":
      return { label: localize("The certificate alone") };
    case "chain":
      return { label: localize("Its CA certificates"), description: localize("without the root") };
    case "chain-root":
      return { label: localize("Its CA certificates and the root") };
    case "fullchain":
      return {
        label: localize("Full chain"),
        description: localize("the certificate first, without the root: what servers send"),
      };
    case "fullchain-root":
      return { label: localize("Full chain and the root"), description: localize("the certificate first") };
    case "root-first":
      return { label: localize("Full chain, the root first"), description: localize("the certificate last") };
  }
}

function protectionStep(draft: Draft): InputStep {
  return async (input) => {
    const { format } = draft;
    if (draft.isFormatGiven || format === undefined || !needsPassword(format)) return;
    const protection = await input.pick({
      placeholder: localize("Which programs will open it?"),
      choices: [
        {
          label: localize("Current programs"),
          description: localize(
            "AES-256 and SHA-256: Windows since Server 2019, Java 17, OpenSSL 3; not every version of Apple’s Keychain",
          ),
          value: "modern",
        },
        {
          label: localize("Legacy programs"),
          description: localize(
            "triple DES and SHA-1, both weak: older Windows and Java, and Apple’s Keychain (macOS, iOS) if it says that the password is wrong",
          ),
          value: "legacy",
        },
      ] as const,
    });
    draft.format = { ...format, protection };
  };
}

function folderStep(draft: Draft, { folder: likely }: SavedSubject): InputStep {
  const { folder } = draft;
  return async (input) => {
    if (folder !== undefined) return;
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    const choices: readonly Choice<vscode.Uri | undefined>[] = [
      ...(likely === undefined ? [] : [{ label: nameOf(likely.uri), description: likely.why, value: likely.uri }]),
      ...folders
        .filter((uri) => uri.toString() !== likely?.uri.toString())
        .map((uri) => ({ label: nameOf(uri), description: localize("workspace folder"), value: uri })),
      { label: localize("Another Folder…"), value: undefined },
    ];
    const chosen = await input.pick({ placeholder: localize("Choose a folder to save in"), choices });
    draft.folder = chosen ?? (await askFolder());
  };
}

/** A workspace folder by its name, a folder inside one by its path there, any other by its whole path. */
function nameOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder?.uri.toString() === uri.toString() ? folder.name : vscode.workspace.asRelativePath(uri);
}

async function askFolder(): Promise<vscode.Uri | undefined> {
  const openLabel = localize("Save Here");
  const title = localize("Choose a folder to save in");
  const options = { title, openLabel, canSelectFiles: false, canSelectFolders: true, canSelectMany: false };
  return (await vscode.window.showOpenDialog(options))?.[0];
}
