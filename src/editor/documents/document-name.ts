import type { CollectedCertificate } from "../../orders/model/order";
import { notDevice } from "../../shape/windows-name";

/** Characters of a name without its ending: more would not fit on a tab, and file systems allow 255 bytes. */
const MAX_NAME = 80;

/**
 * What a tab is named after, as a file name that every file system accepts and that does not lead elsewhere: letters of
 * the Latin script, digits, and `._@-`, and spaces if they are allowed. Other scripts are left out since some are
 * written from right to left, and would change what is seen of the ending.
 */
function safeName(name: string, others: RegExp): string {
  return name
    .slice(0, 4 * MAX_NAME)
    .normalize("NFC")
    .replace(/^\*\./, "wildcard.")
    .replace(others, "_")
    .replace(/\.{2,}/g, ".")
    .slice(0, MAX_NAME)
    .replace(/^[._ -]+/, "")
    .replace(/[._ -]{1,80}$/, "");
}

/** "www.example.org", "wildcard.example.org", "ada@example.org": the first name of a collected certificate. */
export function certificateName({ names, subject }: Pick<CollectedCertificate, "names" | "subject">): string {
  const name = names[0] ?? /(?:^|[,+] ?)CN=([^,+]+)/.exec(subject)?.[1] ?? "";
  const safe = safeName(name, /[^\p{Script=Latin}0-9._@-]+/gu);
  return safe === "" ? "certificate" : notDevice(safe, "certificate");
}

/** The name of a report's tab, without its ending: words of ours, around names of others. */
export function reportName(words: string): string {
  const safe = safeName(words, /[^\p{Script=Latin}0-9._@ (),-]+/gu);
  return safe === "" ? "report" : notDevice(safe, "report");
}
