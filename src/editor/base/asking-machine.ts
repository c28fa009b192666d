import * as vscode from "vscode";
import { EXTENSION_ID } from "./contributions";
import { localize } from "./localize";
import { remoteMachine } from "./remote-name";

/** The remote machine that runs this extension, in a person's words; undefined on the person's own computer. */
export function askingMachine(): string | undefined {
  const kind = vscode.extensions.getExtension(EXTENSION_ID)?.extensionKind;
  return remoteMachine(
    { remoteName: vscode.env.remoteName, isBesideWindow: kind === vscode.ExtensionKind.UI },
    localize,
  );
}

/** A line below a question about what goes out: that the remote machine asks. None on the person's own computer. */
export function askingMachineLines(): readonly string[] {
  const machine = askingMachine();
  return machine === undefined
    ? []
    : [localize("The remote machine ({0}) asks, not the computer before you.", machine)];
}

/** For a report on a page: from which machine was asked. Nothing on the person's own computer. */
export function askedFrom(): { readonly from?: string } {
  const machine = askingMachine();
  return machine === undefined ? {} : { from: localize("from the remote machine ({0})", machine) };
}
