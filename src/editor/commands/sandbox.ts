import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { Arguments, ArgumentError } from "../base/arguments";
import { commandId } from "../base/contributions";
import { findSandboxKey } from "../saving/sandbox-key";
import { certificateFor, chooseOrder, noCertificate } from "./choices";
import { chooseSandboxFolder } from "./sandbox-records";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { showInformation, withQuietProgress } from "../base/messages";
import { localize } from "../base/localize";
import { phrase } from "../../words/phrase";

/** Starts the sandbox and tracks its sample orders, so that there is something to watch. */
export async function startSandbox({ collector }: Program): Promise<{ url: string }> {
  const { url } = await withQuietProgress(localize("Starting the sandbox"), () => collector.sandbox.start());
  const account = await demoAccount(collector);
  for (const entry of await collector.sandbox.samples()) {
    const reference = { kind: "orderNumber", value: entry.orderNumber } as const;
    const name = { ca: "sandbox", product: entry.product, reference } as const;
    await collector.track(name, account);
  }
  await vscode.commands.executeCommand("certificateCollector.orders.focus");
  return { url };
}

/** Stops the sandbox of this window; one that runs elsewhere is stopped there, which a person is told. */
export async function stopSandbox({ collector }: Program): Promise<{ stopped: boolean }> {
  const stopped = await collector.sandbox.stop();
  if (!stopped && (await collector.sandbox.address()) !== undefined) {
    void showInformation(localize("The sandbox runs outside this window: stop it where it was started."));
  }
  return { stopped };
}

/**
 * Saves the private key of a certificate of the sandbox, so that saving for servers that want one can be tried: into
 * the only folder of the workspace, or one that the person chooses.
 */
export async function saveKeyOfSandbox(
  { collector }: Program,
  argument: unknown,
): Promise<{ key: string } | undefined> {
  const given = new Arguments(argument);
  const placeholder = localize("Whose private key do you want to save?");
  const id = await chooseOrder(
    collector,
    given,
    placeholder,
    ({ ca, certificates }) => {
      return ca === "sandbox" && certificates.length > 0;
    },
    { ...noCertificate(), words: localize("No certificate of the sandbox is here yet.") },
  );
  const collected = id === undefined ? undefined : collector.collected(id, certificateFor(collector, given, id));
  if (id === undefined || collected === undefined) return undefined;
  if (collector.book.get(id)?.ca !== "sandbox")
    throw new ArgumentError(phrase("Only the sandbox gives out private keys."));
  const folder = await chooseSandboxFolder(localize("Choose a folder for the private key"));
  const key = folder && (await findSandboxKey(collector, collected, folder));
  if (key === undefined) return undefined;
  await key.save();
  void offerSaving(key.uri, id);
  return { key: key.uri.toString() };
}

async function offerSaving(key: vscode.Uri, order: OrderId): Promise<void> {
  const save = localize("Save As…");
  const name = vscode.workspace.asRelativePath(key);
  const words = localize("{0} was saved: public test material, which protects nothing.", name);
  if ((await showInformation(words, save)) === save)
    await vscode.commands.executeCommand(commandId("saveAs"), { order });
}

async function demoAccount(collector: Collector): Promise<string> {
  const { loginName } = await collector.sandbox.demoAccount();
  const found = collector.book.accounts().find((each) => each.ca === "sandbox" && each.loginName === loginName);
  if (found !== undefined) return found.id;
  const account = { label: localize("Sandbox"), loginName, host: "", ca: "sandbox" } as const;
  return (await collector.accounts.set(account)).id;
}
