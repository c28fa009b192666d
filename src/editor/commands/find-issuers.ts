import type { ChainMember } from "../../certificates/x509/issuing";
import { endOf, fetchIssuers, type FetchedIssuer, type IssuerSearch } from "../../certificates/checks/issuers";
import { withPrivateAddresses } from "../../certificates/checks/private-answers";
import { called } from "../../certificates/checks/words";
import { knownAuthorities } from "../../certificates/knowledge/in-use";
import { spelledOut } from "../../certificates/names/spelled-out";
import { pemText } from "../../certificates/pem-text";
import { createStatusFetch } from "../../net/status-fetch";
import type { CheckResult } from "../../webview/protocol";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { askedCertificates, reportOnPage } from "./asked-certificates";
import { mayCall, mayCallAddresses } from "./consent";
import { showAnswer } from "./result-messages";
import { showInformation, withProgress } from "../base/messages";
import { inEnglish } from "../../words/localize";
import { onDay } from "../../words/phrase";
import { localize, localized } from "../base/localize";

/** The result of {@link findIssuers}. */
export interface IssuersOutcome {
  /** From the first missing one upwards. */
  readonly issuers: readonly { readonly subject: string; readonly url: string; readonly pem: string }[];
  /** Whether the chain now ends in a root, or in a certificate that a known root issued. */
  readonly complete: boolean;
  /** What went wrong, one sentence each. */
  readonly problems: readonly string[];
}

/** Fetches a chain's missing issuer certificates from the addresses that it names, after asking for consent. */
export async function findIssuers(program: Program, argument: unknown): Promise<IssuersOutcome | undefined> {
  const certificates = await askedCertificates(
    program,
    argument,
    localize("Choose a certificate to find its missing issuers"),
  );
  if (certificates === undefined) return undefined;
  const { chain, name } = certificates;
  const authorities = await knownAuthorities();
  const end = endOf(chain.path, authorities);
  if (end === undefined) return undefined;
  if (end.kind !== "missing") {
    const root = spelledOut(localized(called(end.root.certificate)));
    void showInformation(
      end.kind === "root"
        ? localize("Nothing is missing: the chain of {0} ends in the root {1}.", name, root)
        : localize(
            "Only the root {1} is missing, and clients already have it: the chain of {0} needs nothing else.",
            name,
            root,
          ),
    );
    return { issuers: [], complete: true, problems: [] };
  }
  const search = await withProgress(localize("Looking for the issuers of {0}", name), async (signal) => {
    let steps = 0;
    let refused = false;
    const found = await fetchIssuers(end.below, {
      fetch: withPrivateAddresses(createStatusFetch(), mayCallAddresses),
      signal,
      agree: async (contacts) => {
        const question =
          steps++ === 0
            ? localize(
                "Fetch the certificate of the CA that issued {0}?",
                spelledOut(localized(called(end.below.certificate))),
              )
            : localize("Fetch the certificate of the CA above that one as well?");
        const agreed = await mayCall(question, contacts);
        refused ||= !agreed;
        return agreed;
      },
    });
    const isOver = signal.aborted || (refused && found.issuers.length === 0);
    return isOver ? undefined : found;
  });
  if (search === undefined) return undefined;
  const results = resultsOf(search);
  reportOnPage(certificates, { title: localize("Missing Issuers"), results });
  showAnswer(
    results,
    search.issuers.length === 0 ? undefined : openAsPem(program.collector, name, [...chain.path, ...search.issuers]),
  );
  return {
    issuers: search.issuers.map(({ certificate, der, url }) => ({
      subject: certificate.subject.text,
      url,
      pem: pemText(der),
    })),
    complete: search.complete,
    problems: search.problems.map(inEnglish),
  };
}

function resultsOf({ issuers, complete, problems }: IssuerSearch): readonly CheckResult[] {
  const found = issuers.map((issuer): CheckResult => ({ tone: "good", words: foundWords(issuer) }));
  const wrong = problems.map((problem): CheckResult => ({ tone: "attention", words: localized(problem) }));
  const end: CheckResult = complete
    ? {
        tone: "good",
        words: localize("The chain is now complete up to a root. Fetching a root does not make it trusted."),
      }
    : { tone: "attention", words: localize("The chain still ends below a root.") };
  return [...found, ...wrong, end];
}

function foundWords({ certificate, url }: FetchedIssuer): string {
  return localize(
    "Found {0}, valid until {1}, at {2}.",
    called(certificate),
    onDay(certificate.validity.notAfter),
    new URL(url).host,
  );
}

/** Opens the completed chain, for saving where a server needs it. */
function openAsPem(
  { texts }: Pick<Collector, "texts">,
  name: string,
  path: readonly ChainMember[],
): { readonly label: string; readonly run: () => void } {
  const content = path.map(({ der }) => pemText(der)).join("");
  return {
    label: localize("Open Chain as PEM"),
    run: () => void texts.open(localize("{0} with issuers", name), content, "pem"),
  };
}
