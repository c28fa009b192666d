import * as vscode from "vscode";
import { extensionOf, type Certificate } from "../../certificates/certificate";
import { isCa, type ChainMember } from "../../certificates/chain";
import { endOf } from "../../certificates/checks/issuers";
import { revocableOf, revocationContacts } from "../../certificates/checks/path-revocation";
import type { KnownAuthorities } from "../../certificates/known-authorities";
import type { Action } from "../../webview/protocol";

/** id-kp-serverAuth (RFC 5280 section 4.2.1.12). */
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

/** What the page offers to ask about certificates: only what there is somebody to ask about. @param path leaf first */
export async function certificateActions(
  path: readonly ChainMember[],
  authorities: KnownAuthorities,
): Promise<readonly Action[]> {
  const leaf = path[0]?.certificate;
  if (leaf === undefined) return [];
  const end = endOf(path, authorities);
  const actions: readonly (Action & { readonly when: boolean })[] = [
    {
      id: "checkRevocation",
      label: vscode.l10n.t("Check Revocation…"),
      when: revocationContacts(await revocableOf(path, authorities)).length > 0,
    },
    {
      id: "compareWithHost",
      label: vscode.l10n.t("Compare with Live Host…"),
      when: isForServers(leaf),
    },
    {
      id: "findIssuers",
      label: vscode.l10n.t("Find Missing Issuers…"),
      when: end?.kind === "missing" && end.contacts.length > 0,
    },
  ];
  return actions.filter(({ when }) => when).map(({ id, label }) => ({ id, label }));
}

function isForServers(certificate: Certificate): boolean {
  if (isCa(certificate)) return false;
  const purposes = extensionOf(certificate, "extKeyUsage")?.purposes;
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  return (
    (purposes === undefined || purposes.includes(SERVER_AUTH)) &&
    names.some(({ type }) => type === "dNSName" || type === "iPAddress")
  );
}
