import * as vscode from "vscode";
import { KNOWLEDGE_SLOTS, type KeptRenewal, type KnowledgeSlot } from "../../certificates/knowledge/in-use";
import type { KnowledgeFile, KnowledgeOffer } from "../../reading/knowledge-file";
import { askModally, showError, showInformation, showPick, withProgress } from "../base/messages";
import { isRegularFile, readRegularFile, readUpTo, statFile } from "../base/regular-file";
import { knowledgeTitle, unusableWords } from "../pages/knowledge-words";
import type { Program } from "../window/program";
import { offerUndo } from "./offer-undo";
import { localize, localized } from "../base/localize";
import { inRow } from "../../words/localize";

/** Bytes of the largest file: CCADB's report of all certificates with PEM has about 20 MB. */
const MAX_KNOWLEDGE = 48 * 1024 * 1024;
/** Bytes of a signature, with room for Base64. */
const MAX_SIGNATURE = 4096;
/** Lines of changes that are asked about without a document. */
const MAX_LINES = 20;

/** The result of {@link updateKnowledge}. */
export interface KnowledgeOutcome {
  readonly slot: KnowledgeSlot;
  /** The date of the file; absent where what ships is in use again. */
  readonly asOf?: string;
  readonly signed?: boolean;
}

/**
 * Takes a CT log list or CA certificates from a file that a person chooses, in place of what ships, or goes back to
 * that. No argument and no setting names the file.
 */
export async function updateKnowledge(program: Program): Promise<KnowledgeOutcome | undefined> {
  const chosen = await chooseTask(program);
  if (chosen === undefined) return undefined;
  if (chosen !== "file") {
    await takeRenewalBack(program, chosen);
    return { slot: chosen };
  }
  const offer = await chooseOffer(program);
  if (offer === undefined || !(await agrees(program, offer))) return undefined;
  const { slot, asOf, isSigned, renewed } = offer;
  await program.knowledge.keep(slot, renewed);
  program.reports.refresh();
  void offerUndo(
    program.collector,
    localize("{0}: the file of {1} is in use now.", knowledgeTitle(slot), dateOf(asOf, isSigned)),
    () => takeRenewalBack(program, slot),
    localize("Take It Back"),
  );
  return { slot, asOf, signed: isSigned };
}

/** What to do: where something was renewed, it can be taken back with one click. */
async function chooseTask({ collector, knowledge }: Program): Promise<"file" | KnowledgeSlot | undefined> {
  // A file that cannot even be looked at can be taken back.
  const there = await Promise.all(KNOWLEDGE_SLOTS.map((slot) => knowledge.version(slot).catch(() => "")));
  if (there.every((version) => version === undefined)) return "file";
  const { logs, authorities, kept } = await collector.reading.run("knowledgeState", undefined);
  return showPick<"file" | KnowledgeSlot>({
    title: TITLE(),
    placeholder: localize("In use: CT logs of {0}, CA certificates of {1}", logs, authorities),
    choices: [
      ...kept.map((renewal) => ({
        label: localize("Take Back {0}", knowledgeTitle(renewal.slot)),
        detail: renewalWords(renewal),
        value: renewal.slot,
      })),
      { label: localize("Choose a File…"), value: "file" as const },
    ],
  });
}

function renewalWords(renewal: KeptRenewal): string {
  const { asOf = "", origin, unusable } = renewal;
  if (origin === undefined || unusable !== undefined) return unusableWords(renewal);
  const read = new Date(origin.readOn).toISOString().slice(0, 10);
  return localize("{0}, renewed on {1} from {2}", dateOf(asOf, origin.signed === "google"), read, origin.file);
}

async function takeRenewalBack({ knowledge, reports }: Program, slot: KnowledgeSlot): Promise<void> {
  await knowledge.takeBack(slot);
  reports.refresh();
  void showInformation(localize("{0}: what ships with the extension is in use again.", knowledgeTitle(slot)));
}

/** Reads a file that a person chooses, with its signature. @returns undefined when they leave, or it is refused */
async function chooseOffer(program: Program): Promise<KnowledgeOffer | undefined> {
  const uri = await chooseFile(localize("Choose a CT log list (JSON) or CA certificates of CCADB (CSV)"), [
    "json",
    "csv",
  ]);
  const file = uri && (await readFile(uri));
  if (file === undefined) return undefined;
  const beside =
    uri?.path.endsWith(".json") === true ? uri.with({ path: uri.path.replace(/json$/, "sig") }) : undefined;
  const found = beside && (await readRegularFile(beside, MAX_SIGNATURE));
  const offer = await offerOf(program, file, found);
  if (offer?.slot !== "ct-logs-chrome" || offer.isSigned) return offer;
  const choose = localize("Choose the Signature File…");
  const unsigned = localize("Use It Unsigned");
  const answer = await askModally(
    localize("Nothing shows that {0} comes from Google: its signature is not beside it.", file.name),
    [
      localize("Whoever made the file decides which timestamps count. Pages will say that it is unsigned."),
      localize("Google publishes the signature with the list, as log_list.sig."),
    ],
    choose,
    unsigned,
  );
  if (answer === unsigned) return offer;
  const signature = answer === choose ? await chooseFile(localize("Choose the signature file"), ["sig"]) : undefined;
  if (signature === undefined) return undefined;
  return offerOf(program, file, (await readRegularFile(signature, MAX_SIGNATURE)) ?? new Uint8Array());
}

async function chooseFile(title: string, endings: readonly string[]): Promise<vscode.Uri | undefined> {
  const filters = { [inRow(endings, localize)]: [...endings], [localize("All files")]: ["*"] };
  return (await vscode.window.showOpenDialog({ title, openLabel: localize("Choose"), filters }))?.[0];
}

async function readFile(uri: vscode.Uri): Promise<Omit<KnowledgeFile, "now"> | undefined> {
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const stat = await statFile(uri);
  const isFit = isRegularFile(stat) && stat.size <= MAX_KNOWLEDGE;
  const bytes = isFit ? await readUpTo(uri, MAX_KNOWLEDGE) : undefined;
  if (bytes !== undefined) return { name, bytes, modified: stat.mtime };
  const megabytes = MAX_KNOWLEDGE / (1024 * 1024);
  void showError(localize("{0} is not a file of at most {1} MB. Nothing was changed.", name, megabytes));
  return undefined;
}

async function offerOf(
  { collector }: Program,
  file: Omit<KnowledgeFile, "now">,
  signature: Uint8Array | undefined,
): Promise<KnowledgeOffer | undefined> {
  const input = { ...file, now: Date.now(), ...(signature !== undefined && { signature }) };
  const read = await withProgress(localize("Reading {0}", file.name), (signal) =>
    collector.reading.runApart("knowledgeFile", input, signal),
  );
  if (read.kind === "offer") return read;
  void showError(
    localize(
      "{0} was not taken, and nothing was changed. {1} {2}",
      file.name,
      localized(read.what),
      localized(read.next),
    ),
  );
  return undefined;
}

/** Shows what changes, and asks. */
async function agrees(
  { collector }: Program,
  { slot, asOf, isSigned, changes: said }: KnowledgeOffer,
): Promise<boolean> {
  const changes = said.map(localized);
  const use = localize("Use This File");
  const show = localize("Show All Changes");
  const title = localize("{0}: what the file of {1} changes", knowledgeTitle(slot), dateOf(asOf, isSigned));
  const isLong = changes.length > MAX_LINES;
  const detail = isLong ? [...changes.slice(0, MAX_LINES - 1), "…"] : changes;
  const isCsv = slot.startsWith("ca-");
  const warning = localize("CCADB does not sign its files. CAs that the file adds will count as known public ones.");
  const answer = await askModally(title, isCsv ? [...detail, "", warning] : detail, use, ...(isLong ? [show] : []));
  if (answer === show) {
    await collector.texts.open(title, `${changes.join("\n")}\n`);
    return (await askModally(title, isCsv ? [warning] : [], use)) === use;
  }
  return answer === use;
}

const TITLE = (): string => localize("Update Knowledge");

/** A date with who vouches for it. */
function dateOf(asOf: string, isSigned: boolean): string {
  return isSigned ? localize("{0} (signed by Google)", asOf) : localize("{0} (unsigned)", asOf);
}
