import * as vscode from "vscode";
import type { Order } from "../../orders/model/order";
import { inventoryRow } from "../../orders/presentation/inventory-row";
import type { InventoryFile } from "../../orders/presentation/inventory";
import { titleOf } from "../../orders/presentation/state";
import { dateWords } from "../../orders/presentation/time-words";
import { Arguments } from "../base/arguments";
import { systemClock } from "../base/clock";
import { commandId, INVENTORY_VIEW } from "../base/contributions";
import { inertText } from "../base/inert-text";
import { localize, locale } from "../base/localize";
import { showInformation, showInStatusBar, showPick, type Choice } from "../base/messages";
import { readCertificateFile } from "../pages/certificate-file";
import { drawnSelection } from "../view/drawn-selection";
import type { Program } from "../window/program";
import { namedFile, uriOf } from "./file-argument";

/** ms for which the status bar says what was copied. */
const STATUS_MESSAGE = 4_000;

/** Files that are offered for a comparison. */
const MAX_OFFERED = 200;

interface Listed {
  /** Files that were looked at, and how many of them had to be read. */
  readonly looked: number;
  readonly read: number;
  readonly files: readonly { readonly file: string; readonly section: string; readonly words: string }[];
}

/** Shows the list of files; what it looks for is found once it shows. */
async function showInventory(): Promise<{ shown: boolean }> {
  await vscode.commands.executeCommand(`${INVENTORY_VIEW}.focus`);
  return { shown: true };
}

/** Looks for certificates in all folders, as a person asked, and shows the list. */
async function lookForFiles({ inventory }: Program): Promise<Listed | undefined> {
  const tree = await inventory.tree();
  const [looked] = await Promise.all([tree.ask(), showInventory()]);
  if (looked === undefined) return undefined;
  const files = [...tree.found].flatMap(([section, some]) =>
    some.map((file) => {
      const { title, description } = inventoryRow(file, Date.now(), locale);
      return { file: file.uri, section, words: `${title} ${description}` };
    }),
  );
  return { looked: looked.files.length, read: looked.read, files };
}

/** What a row runs when it is clicked, or chosen by Enter: shows the details of its file. */
async function openFileRow({ inventory }: Program, argument: unknown): Promise<OfFile | undefined> {
  const rows = argument === undefined ? await drawnSelection(() => inventory.view.selection, systemClock) : [argument];
  return about(rows.length === 1 ? rows[0] : undefined, (uri) =>
    vscode.commands.executeCommand(commandId("showFileDetails"), { file: uri.toString() }),
  );
}

/** Opens a file as the editor does. */
async function openFile(_: Program, argument: unknown): Promise<OfFile | undefined> {
  return about(argument, (uri) => vscode.commands.executeCommand("vscode.open", uri));
}

/** Shows a file in the editor's list of files. */
async function revealFile(_: Program, argument: unknown): Promise<OfFile | undefined> {
  return about(argument, (uri) => vscode.commands.executeCommand("revealInExplorer", uri));
}

/** Shows the order that a file belongs to: its row, and its details. */
async function showOrderOfFile({ panels, reveal }: Program, argument: unknown): Promise<{ order: string } | undefined> {
  const order = new Arguments(argument).text("order");
  if (order === undefined) return undefined;
  await reveal(order, true);
  panels.showOrder(order, vscode.ViewColumn.Active);
  return { order };
}

async function copyFilePath(_: Program, argument: unknown): Promise<OfFile | undefined> {
  return about(argument, async (uri) => {
    const path = uri.scheme === "file" ? uri.fsPath : uri.toString();
    await vscode.env.clipboard.writeText(path);
    showInStatusBar(localize("Copied: {0}", path), STATUS_MESSAGE);
  });
}

/** A certificate to compare with. */
interface Other {
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array | undefined>;
}

/**
 * Shows the differences between the certificate of a file and another one: the newest of its order, or that of another
 * file, which a person chooses, or the argument names as `with`.
 */
async function compareFile(program: Program, argument: unknown): Promise<OfFile | undefined> {
  const { collector } = program;
  return about(argument, async (uri) => {
    const named = uriOf(new Arguments(argument), "with");
    const other = named === undefined ? await chooseOther(program, uri) : ofFile(named);
    const bytes = await other?.bytes();
    if (other === undefined || bytes === undefined) return;
    const name = vscode.workspace.asRelativePath(uri);
    const before = await readCertificateFile(uri);
    const words = await collector.reading.run("compareFiles", { before, after: bytes });
    if (words === undefined) {
      void showInformation(
        localize("{0} and {1} hold the same certificate, or one of them holds none.", name, other.name),
      );
      return;
    }
    const { texts } = collector;
    const sides = [texts.add(name, words.before), texts.add(other.name, words.after)];
    await vscode.commands.executeCommand("vscode.diff", ...sides, inertText(`${name} ↔ ${other.name}`));
  });
}

async function chooseOther(program: Program, uri: vscode.Uri): Promise<Other | undefined> {
  const tree = await program.inventory.tree();
  const file = tree.file(uri.toString());
  const order = file !== undefined && "order" in file.standing ? file.standing.order : undefined;
  const held = order === undefined ? [] : ofOrder(program, order);
  const others = [...tree.found.values()].flat().filter((each) => each.uri !== uri.toString());
  const isTwin = ({ facts }: InventoryFile): boolean =>
    facts.kind === "certificate" && file?.facts.kind === "certificate" && facts.name === file.facts.name;
  // Those of the same name are what a person most likely means.
  const listed = [...others.filter(isTwin), ...others.filter((each) => !isTwin(each))]
    .filter(({ facts }) => facts.kind === "certificate")
    .slice(0, MAX_OFFERED);
  const chosen = await showPick<Other | "choose">({
    title: vscode.workspace.asRelativePath(uri),
    placeholder: localize("Choose a certificate to compare with"),
    choices: [
      ...held,
      ...listed.map((each) => {
        const { title, description } = inventoryRow(each, Date.now(), locale);
        return { label: title, description, value: ofFile(vscode.Uri.parse(each.uri)) };
      }),
      { label: localize("Choose a File…"), value: "choose" },
    ],
  });
  if (chosen !== "choose") return chosen;
  const openLabel = localize("Compare");
  const [picked] = (await vscode.window.showOpenDialog({ openLabel })) ?? [];
  return picked && ofFile(picked);
}

const ofFile = (uri: vscode.Uri): Other => ({
  name: vscode.workspace.asRelativePath(uri),
  bytes: () => readCertificateFile(uri),
});

/** The newest certificate of an order, as a choice; nothing without one. */
function ofOrder({ collector }: Program, order: Order): readonly Choice<Other>[] {
  const [newest] = order.certificates;
  if (newest === undefined) return [];
  const name = titleOf(order, localize);
  const path = { order: order.id, serialNumber: newest.serialNumber, name: "fullchain.pem" } as const;
  return [
    {
      label: name,
      description: localize("newest of the order, until {0}", dateWords(newest.notAfter, locale)),
      value: { name, bytes: () => collector.document(path) },
    },
  ];
}

/** What the command was about: a URI. */
interface OfFile {
  readonly file: string;
}

/** Does something with the file that the argument names. @returns `undefined` if it names none */
async function about(argument: unknown, action: (uri: vscode.Uri) => Thenable<unknown>): Promise<OfFile | undefined> {
  const uri = namedFile(argument);
  if (uri === undefined) return undefined;
  await action(uri);
  return { file: uri.toString() };
}

/** The commands of the list of files, loaded with the first of them. */
export const INVENTORY_COMMANDS = {
  showInventory,
  lookForFiles,
  openFileRow,
  openFile,
  compareFile,
  showOrderOfFile,
  revealFile,
  copyFilePath,
};
