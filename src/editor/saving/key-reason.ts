import type { SaveFormat } from "../../certificates/exports/save-format";
import { localize } from "../base/localize";

/** Why the files of a format cannot be made without the private key, a sentence; empty if they can. */
export function keyReason(format: SaveFormat): string {
  if (format.kind === "single") return "";
  switch (format.profile) {
    case "haproxy":
      return localize("HAProxy reads the certificate and its private key from one file.");
    case "iis":
      return localize("Windows imports the certificate and its private key from one file.");
    case "kubernetes":
      return localize("A secret of type kubernetes.io/tls contains the certificate and its private key.");
    case "plain":
    case "nginx":
    case "apache":
    case "tomcat":
      return "";
  }
}
