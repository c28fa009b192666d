import * as vscode from "vscode";
import type { SaveFormat } from "../../certificates/exports/save-format";

/** Why the files of a format cannot be made without the private key, a sentence; empty if they can. */
export function keyReason(format: SaveFormat): string {
  if (format.kind === "single") return "";
  switch (format.profile) {
    case "haproxy":
      return vscode.l10n.t("HAProxy reads the certificate and its private key from one file.");
    case "iis":
      return vscode.l10n.t("Windows imports the certificate and its private key from one file.");
    case "kubernetes":
      return vscode.l10n.t("A secret of type kubernetes.io/tls contains the certificate and its private key.");
    case "plain":
    case "nginx":
    case "apache":
    case "tomcat":
      return "";
  }
}
