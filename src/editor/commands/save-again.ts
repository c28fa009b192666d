import * as vscode from "vscode";
import { parseSaveFormat } from "../../certificates/exports/save-format";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import { commandId } from "../base/contributions";
import { saveAndServe, type SavedAndServed } from "../serving/save-and-serve";
import type { Program } from "../window/program";
import { chooseOrder } from "./choices";
import { showInformation } from "../base/messages";
import { localize } from "../base/localize";

/** Saves the newest certificate of an order where the previous one went, after showing the differences. */
export async function saveAgain(program: Program, argument: unknown): Promise<SavedAndServed | undefined> {
  const { collector } = program;
  const given = new Arguments(argument);
  const id = await chooseOrder(
    collector,
    given,
    localize("Choose a certificate to save again"),
    ({ saved }) => saved !== undefined,
    {
      words: localize("No certificate was saved before."),
      next: { label: localize("Save As…"), command: "saveAs" },
    },
  );
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  const { saved } = order;
  const format = saved && parseSaveFormat(saved.profile);
  const [first] = saved?.files ?? [];
  if (saved === undefined || format === undefined || first === undefined) {
    const save = localize("Save As…");
    const chosen = await showInformation(
      localize("{0} has not been saved before, so there is nowhere to save it again.", titleOf(order, localize)),
      save,
    );
    if (chosen === save) await vscode.commands.executeCommand(commandId("saveAs"), { order: id });
    return undefined;
  }
  return saveAndServe(program, id, {
    format,
    folder: vscode.Uri.joinPath(vscode.Uri.parse(first.uri), ".."),
    parts: saved.files.map(({ part }) => part),
    places: Object.fromEntries(saved.files.map(({ part, uri }) => [part, vscode.Uri.parse(uri)])),
    ...(saved.key === undefined ? { withoutKey: true } : { rememberedKey: vscode.Uri.parse(saved.key) }),
    showsDifferences: true,
  });
}
