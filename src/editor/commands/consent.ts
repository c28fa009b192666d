import type { Contact } from "../../certificates/revocation/status-service";
import { askingMachineLines } from "../base/asking-machine";
import { askModally } from "../base/messages";
import { localize, localized } from "../base/localize";
import { allOf } from "../../words/phrase";

/** Addresses of one kind that are shown, and characters of each; the rest are shown by their host. */
const MAX_SHOWN = 6;
const MAX_URL = 240;

/**
 * Says which servers a check would call and what each of them learns, and asks for consent.
 * @param question one sentence
 */
export async function mayCall(question: string, contacts: readonly Contact[]): Promise<boolean> {
  return agrees(question, contactWords(contacts), localize("Ask"));
}

/** Asks again before calling a host whose name turned out to resolve into a private network. */
export async function mayCallAddresses(host: string, addresses: readonly string[]): Promise<boolean> {
  const question = localize("{0} resolves to {1}, in a private network. Call it?", host, allOf(addresses));
  const detail = localize(
    "Its name looks like a public host. Whoever wrote it into the certificate or link could use it to reach into your network. Nothing has been sent to it yet.",
  );
  return agrees(question, [detail], localize("Call It"));
}

/** Asks for consent; nothing is sent before the person agrees. */
export async function agrees(question: string, detail: readonly string[], yes: string): Promise<boolean> {
  return (await askModally(question, detail, yes)) === yes;
}

/** What deserves a second look, then a paragraph for each thing that is sent, with the addresses it is sent to. */
function contactWords(contacts: readonly Contact[]): readonly string[] {
  const byPurpose = new Map<string, { readonly sends: string; readonly urls: Set<string> }>();
  for (const { purpose, url, sends } of contacts) {
    const entry = byPurpose.get(purpose) ?? { sends: localized(sends), urls: new Set<string>() };
    byPurpose.set(purpose, entry);
    // As it will be called: with the host in its canonical form, however the certificate spells it.
    entry.urls.add(new URL(url).href);
  }
  const paragraphs = [...byPurpose.values()].map(({ sends, urls }) => [...urlLines([...urls]), sends]);
  const cautions = new Set(contacts.flatMap(({ caution }) => (caution === undefined ? [] : localized(caution))));
  return [
    ...[...cautions].map((caution) => [caution]),
    ...paragraphs,
    [
      localize(
        "These services are called over plain HTTP, as is usual, and through the editor's proxy if there is one. The proxy then resolves the names itself.",
      ),
      ...askingMachineLines(),
    ],
  ].flatMap((paragraph, place) => (place === 0 ? paragraph : ["", ...paragraph]));
}

function urlLines(urls: readonly string[]): readonly string[] {
  const hosts = [...new Set(urls.slice(MAX_SHOWN).map((url) => new URL(url).host))];
  return [
    ...urls.slice(0, MAX_SHOWN).map(shownUrl),
    ...(hosts.length === 0 ? [] : [localize("and {0} more at {1}", urls.length - MAX_SHOWN, allOf(hosts))]),
  ];
}

/** The whole address, or its beginning and end. */
function shownUrl(url: string): string {
  if (url.length <= MAX_URL) return url;
  const half = MAX_URL / 2;
  return localize("{0} … {1} ({2} characters)", url.slice(0, half), url.slice(-half), url.length);
}
