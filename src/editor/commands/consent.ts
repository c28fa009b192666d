import * as vscode from "vscode";
import type { Contact } from "../../certificates/checks/status-service";
import { askModally } from "../messages";

/**
 * Tells whom a check would call and what each of them learns, and asks whether it may.
 * @param question one sentence
 */
export async function mayCall(question: string, contacts: readonly Contact[]): Promise<boolean> {
  return agrees(question, contactWords(contacts), vscode.l10n.t("Ask"));
}

/** A question that nothing is sent before. */
export async function agrees(question: string, detail: readonly string[], yes: string): Promise<boolean> {
  return (await askModally(question, detail, yes)) === yes;
}

/** One paragraph for each thing that is sent, with the servers that it is sent to. */
function contactWords(contacts: readonly Contact[]): readonly string[] {
  const byPurpose = new Map<string, { readonly sends: string; readonly servers: Set<string> }>();
  for (const { purpose, host, port, sends } of contacts) {
    const entry = byPurpose.get(purpose) ?? { sends, servers: new Set<string>() };
    byPurpose.set(purpose, entry);
    entry.servers.add(port === 80 ? host : `${host.includes(":") ? `[${host}]` : host}:${port}`);
  }
  const paragraphs = [...byPurpose.values()].map(({ sends, servers }) => [[...servers].join(", "), sends]);
  const cautions = new Set(contacts.flatMap(({ caution }) => caution ?? []));
  return [
    ...paragraphs,
    ...[...cautions].map((caution) => [caution]),
    [
      vscode.l10n.t(
        "The calls go over plain HTTP, as these services have it, through the proxy of the editor if it has one.",
      ),
    ],
  ].flatMap((paragraph, place) => (place === 0 ? paragraph : ["", ...paragraph]));
}
