import * as vscode from "vscode";
import type { FileOrder, FilePart, FileTarget } from "../../orders/import/order-file";
import { titleOf } from "../../orders/presentation/state";
import { ArgumentError, Arguments } from "../base/arguments";
import { ORDER_FILE } from "../base/contributions";
import { readListedOrders, trackedOrder } from "../languages/listed-orders";
import { saveAndServe, type SavedAndServed } from "../serving/save-and-serve";
import { checkTarget, targetUris } from "../languages/order-file-targets";
import { mayReadOrders } from "../languages/order-file-trust";
import { productName, referenceWords } from "../../orders/presentation/order-words";
import { locale } from "../base/localize";
import type { Program } from "../window/program";
import type { OrderFacts } from "../view/tree-elements";
import { tellDeadEnd } from "./choices";
import { namedFile } from "./file-argument";
import { collectIfNeeded } from "./open-certificate";
import { findOrderFiles, isWithoutFolder, tellWithoutFolder } from "./order-files-here";
import { showInformation, showPick } from "../base/messages";

/** The names of the parts in exports. */
const PART_NAMES: Readonly<Record<FilePart, string>> = {
  certificate: "certificate",
  chain: "chain",
  fullchain: "full chain",
};

const TITLE = () => vscode.l10n.t("Collect to These Files");

/**
 * Writes the certificate of an order to the files that an order file of the workspace names for it, after checking at
 * the CA if nothing has been collected. The argument names the order file (`file`, a URI) and one of its orders
 * (`order`); anything it does not name is asked for.
 * @throws ArgumentError when the file may not be read, or does not name a file that may be written
 */
export async function collectToFiles(program: Program, argument: unknown): Promise<SavedAndServed | undefined> {
  const { collector } = program;
  const file = namedFile(argument) ?? (await chooseFile());
  if (file === undefined) return undefined;
  if (!mayReadOrders(file) || !file.path.endsWith(`/${ORDER_FILE}`)) {
    throw new ArgumentError(
      vscode.l10n.t(
        "Orders are read from {0} only in a trusted workspace. To trust this one, run “Workspaces: Manage Workspace Trust”.",
        ORDER_FILE,
      ),
    );
  }
  const text = (await vscode.workspace.openTextDocument(file)).getText();
  const { orders } = await readListedOrders(collector.reading, text);
  const listed = orders.flatMap((order): Listed[] => {
    const facts = trackedOrder(collector, order);
    return facts === undefined || order.save === undefined ? [] : [{ order, save: order.save, facts }];
  });
  const chosen = await chooseListed(file, listed, new Arguments(argument).text("order"));
  if (chosen === undefined) return undefined;
  const { save, facts } = chosen;
  const { id } = facts.order;
  const targets = targetUris(file, save);
  const check = (uri: vscode.Uri): Promise<void> => checkTarget(file, uri);
  for (const { uri } of targets) await check(uri);
  if (!(await collectIfNeeded(program, id))) return undefined;
  const target = {
    format: { kind: "profile", profile: save.profile } as const,
    folder: vscode.Uri.joinPath(file, ".."),
    parts: targets.map(({ part }) => PART_NAMES[part]),
    places: Object.fromEntries(targets.map(({ part, uri }) => [PART_NAMES[part], uri])),
    withoutKey: true,
    // Checked again after the call, which takes a while, since a link may have been put there. A later change is
    // detected by the place.
    check,
  };
  return saveAndServe(program, id, target, file);
}

/** An order of a file that is tracked and has files. */
interface Listed {
  readonly order: FileOrder;
  readonly save: FileTarget;
  readonly facts: OrderFacts;
}

/** The order file of the workspace: the one that is open, the only one, or the one a person picks. */
async function chooseFile(): Promise<vscode.Uri | undefined> {
  const found = await findOrderFiles();
  if (found.length === 0 && isWithoutFolder()) void tellWithoutFolder();
  else if (found.length === 0) {
    void tellDeadEnd({
      words: vscode.l10n.t("No {0} here.", ORDER_FILE),
      next: { label: vscode.l10n.t("Create It"), command: "addToOrderFile" },
    });
  }
  if (found.length <= 1) return found[0];
  const choices = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), value: uri }));
  const title = vscode.l10n.t("Choose the file that lists the order");
  return showPick({ title, placeholder: vscode.l10n.t("Folder"), choices });
}

/** @throws ArgumentError when the argument does not name one of them */
async function chooseListed(
  file: vscode.Uri,
  listed: readonly Listed[],
  named: string | undefined,
): Promise<Listed | undefined> {
  if (named !== undefined) {
    const found = listed.find(({ facts }) => facts.order.id === named);
    if (found === undefined)
      throw new ArgumentError(vscode.l10n.t("This file does not list any files for the order {0}.", named));
    return found;
  }
  if (listed.length === 0) {
    void tellNoneListed(file);
    return undefined;
  }
  const choices = listed.map((each) => ({
    label: titleOf(each.facts.order),
    description: `${productName(each.order.product, locale)}, ${referenceWords(each.order, locale)}`,
    detail: Object.values(each.save.files).join(", "),
    value: each,
  }));
  return showPick({ title: TITLE(), placeholder: vscode.l10n.t("Name, number or state"), choices });
}

/** Opened, the file offers to track each of its orders. */
async function tellNoneListed(file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t("Open It");
  const words = vscode.l10n.t("No order that lists files in {0} is tracked.", vscode.workspace.asRelativePath(file));
  if ((await showInformation(words, open)) === open) await vscode.commands.executeCommand("vscode.open", file);
}
