import * as vscode from "vscode";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { showInformation, withQuietProgress } from "../base/messages";

/** Starts the sandbox and tracks one sample order of each product, so that there is something to watch. */
export async function startSandbox({ collector }: Program): Promise<{ url: string }> {
  const { url } = await withQuietProgress(vscode.l10n.t("Starting the sandbox"), () => collector.sandbox.start());
  const account = await demoAccount(collector);
  for (const entry of await collector.sandbox.samples()) {
    await collector.track(
      { ca: "sandbox", product: entry.product, reference: { kind: "orderNumber", value: entry.orderNumber } },
      account,
    );
  }
  await vscode.commands.executeCommand("certificateCollector.orders.focus");
  return { url };
}

export async function stopSandbox({ collector }: Program): Promise<{ stopped: boolean }> {
  const stopped = await collector.sandbox.stop();
  if (!stopped && (await collector.sandbox.address()) !== undefined) {
    void showInformation(vscode.l10n.t("The sandbox is running outside this window. Stop it where it was started."));
  }
  return { stopped };
}

async function demoAccount(collector: Collector): Promise<string> {
  const { loginName } = await collector.sandbox.demoAccount();
  const found = collector.book.accounts().find((each) => each.ca === "sandbox" && each.loginName === loginName);
  if (found !== undefined) return found.id;
  const account = { label: vscode.l10n.t("Sandbox"), loginName, host: "", ca: "sandbox" } as const;
  return (await collector.accounts.set(account)).id;
}
