import { askingMachineLines } from "../base/asking-machine";
import { hasAgreed, lookServers, noteAgreed } from "../window/look-consent";
import type { Program } from "../window/program";
import { agrees } from "./consent";
import type { RecordsSubject } from "./records-subject";
import { localize } from "../base/localize";
import { inRow } from "../../words/localize";

/**
 * Says once on each computer, and again when other DNS servers are set, what a look asks whom, and asks for consent. A
 * look at the sandbox's own servers leaves this computer alone, and needs none.
 */
export async function mayLook(program: Program, { name }: RecordsSubject): Promise<boolean> {
  const { collector, settings, everywhere } = program;
  if ("order" in name && collector.book.get(name.order)?.ca === "sandbox") return true;
  const servers = lookServers(settings);
  if (hasAgreed(everywhere, servers)) return true;
  const look = localize("Check Records");
  const question = localize("Look up in the DNS and on the web what the CA will look up?");
  if (!(await agrees(question, consentWords(servers), look))) return false;
  await noteAgreed(everywhere, servers);
  return true;
}

function consentWords(servers: readonly string[]): readonly string[] {
  return [
    servers.length === 0
      ? localize(
          "The DNS servers of this computer and the name servers of the domains are asked for CNAME, CAA and other records of the domains.",
        )
      : localize(
          "{0} and the name servers of the domains are asked for CNAME, CAA and other records of the domains.",
          inRow(servers, localize),
        ),
    localize("The web servers of the domains are asked for the validation file, over HTTP and HTTPS."),
    "",
    localize(
      "They learn the names and the address of your network. The CA is not asked, and no password or order number is sent.",
    ),
    ...askingMachineLines(),
  ];
}
