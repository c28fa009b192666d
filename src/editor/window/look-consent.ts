import type { Memento } from "vscode";
import type { EditorSettings } from "../base/settings";
import { SaidError } from "../../words/said-error";
import { list, record, text } from "../../shape/shape";

const KEY = "recordsConsent";

/** Servers of the setting that are used, and characters of each: those that are longer are not addresses. */
const MAX_SERVERS = 8;
const MAX_SERVER = 101;

/** What a person agreed to: the looks, and whom the setting had them ask then. */
interface Agreed {
  readonly servers: readonly string[];
}

const isAgreed = record<Agreed>({ servers: list(text(MAX_SERVER), MAX_SERVERS) });

/** The DNS servers that are set, as many as are used; none for the computer's own. */
export const lookServers = (settings: Pick<EditorSettings, "get">): readonly string[] =>
  settings
    .get("validation.dnsServers")
    .slice(0, MAX_SERVERS)
    .map((server) => server.slice(0, MAX_SERVER));

/** Whether a person agreed that these servers are asked. @param servers of the setting; none for the computer's own */
export function hasAgreed(everywhere: Pick<Memento, "get">, servers: readonly string[]): boolean {
  const agreed: unknown = everywhere.get(KEY);
  return isAgreed(agreed) && JSON.stringify(agreed.servers) === JSON.stringify(servers);
}

/** No person agreed that these servers are asked: nobody is. A watch ends so when the setting names others. */
export class NotAgreedError extends SaidError {
  override readonly name = "NotAgreedError";
  readonly code = "not-agreed";
}

/** Notes that a person agreed. */
export async function noteAgreed(everywhere: Pick<Memento, "update">, servers: readonly string[]): Promise<void> {
  await everywhere.update(KEY, { servers } satisfies Agreed);
}
