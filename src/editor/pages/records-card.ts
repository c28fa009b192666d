import type { Locale, Localize } from "../../words/localize";
import { timeWords } from "../../orders/presentation/time-words";
import type { CaaPurpose, ServedOrder } from "../../validation/look";
import { isProved, needsRequest, type SubjectDomain, type ValidationSubject } from "../../validation/subject";
import { validationFindingWords } from "../../validation/finding-words";
import { isNewValue } from "../../validation/unique-value";
import type { Tone } from "../../certificates/details/page";
import type { Action, CheckResult, RecordsCard, RecordsDomain } from "../../webview/protocol";
import { caaPart } from "./caa-part";
import { methodWords } from "./method-words";
import { sharedRecords, toPublish } from "./records-to-publish";
import { seenAnswers } from "./seen-answers";
import { caWordsOf, domainState, findingTone, standingsOf } from "./records-state";

/** What a card is for. */
export type CardSubject = "order" | "file";

/**
 * What is to be published for an order, or for the request in a file, and what of it is there. Pure.
 * @param now epoch ms
 */
export function recordsCard(subject: ValidationSubject, of: CardSubject, locale: Locale, now: number): RecordsCard {
  const { localize } = locale;
  const { domains, looks, asked, running } = subject;
  const ends = [...looks.values()].map(({ at }) => at);
  const shared = sharedRecords(domains);
  return {
    heading: of === "order" ? localize("What blocks this order") : localize("Validation records"),
    request: requestLines(subject, of, locale, now),
    ...(running !== undefined && { progress: localize("Checking: {0} of {1}", running.done, running.total) }),
    ...(ends.length > 0 && { at: Math.max(...ends) }),
    ...(asked !== undefined && { asked }),
    domains: domains.map((domain) => domainPart(domain, subject, shared.get(domain.domain), locale)),
    limits: limitsOf(subject, of, localize),
    actions: actionsOf(subject, of, localize),
  };
}

function domainPart(
  domain: SubjectDomain,
  subject: ValidationSubject,
  shownFor: string | undefined,
  locale: Locale,
): RecordsDomain {
  const { localize } = locale;
  const { request, looks, purpose } = subject;
  const look = looks.get(domain.domain);
  const method = methodWords(domain.method, localize);
  const { quoted, ...state } = domainState(domain, look, request?.token, locale);
  // What the heading says is not said again below it.
  const said = caWordsOf(domain, localize);
  const isSaid = said === undefined || said.words === state.words;
  return {
    domain: domain.domain,
    state,
    ...(method !== undefined && { method }),
    standings: [...(isSaid ? [] : [said]), ...standingsOf(domain, look, request?.token, localize)],
    records: request === undefined ? [] : toPublish(domain, request.token, purpose, localize, shownFor),
    findings: (look?.findings ?? []).map((finding) => {
      const { words, next } = validationFindingWords(finding, locale);
      const tone = findingTone(finding);
      return finding === quoted ? { tone, words: next, next: "" } : { tone, words, next };
    }),
    seen: look === undefined ? [] : seenAnswers(look, localize),
    ...(look !== undefined && { caa: caaPart(domain.domain, purpose, look.caa, localize) }),
  };
}

/** Which request the records are for, and what else is under way. */
function requestLines(
  subject: ValidationSubject,
  of: CardSubject,
  locale: Locale,
  now: number,
): readonly CheckResult[] {
  const { localize } = locale;
  const { request, watchedUntil, isNotAgreed } = subject;
  const lines: CheckResult[] = [];
  const say = (tone: Tone, words: string): void => void lines.push({ tone, words });
  if (request === undefined) {
    if (needsRequest(subject)) {
      say(
        "attention",
        localize("Choose the order's certificate request, or paste the record: it tells what to publish."),
      );
    }
  } else {
    const { from, token, served } = request;
    if (from.kind === "pasted") say("none", localize("For the record that was pasted."));
    else if (of === "order") {
      say("none", localize("For the request in {0}. The CA does not tell whether it is this order's.", from.name));
    }
    if (token.uniqueValue !== undefined) say("none", localize("With the unique value {0}.", token.uniqueValue));
    if (served !== undefined && !isNewValue(token.uniqueValue, served.uniqueValue)) {
      say("attention", servedWords(served, localize));
    }
  }
  if (isNotAgreed === true) {
    say(
      "attention",
      localize("The last check asked nobody: other DNS servers are set now. Choose “Check Records…” to agree to them."),
    );
  }
  if (watchedUntil !== undefined) {
    const until = timeWords(watchedUntil, now, locale);
    say("none", localize("Watched: checked again and again until {0}, while this window is open.", until));
  }
  return lines;
}

const servedWords = ({ by, isByKey }: ServedOrder, localize: Localize): string =>
  isByKey === true
    ? localize(
        "{0} was issued for the same key. If it was for this very request, its token was used: give the order a unique value, or a new request.",
        by,
      )
    : localize("The same token again: {0} was issued with it. Give the order a unique value, or a new request.", by);

/** What nobody can know of a kind of certificate. */
const OWN_LIMITS: Readonly<Record<CaaPurpose, (localize: Localize) => string[]>> = {
  tls: () => [],
  smime: (localize) => [localize("Whether the code in the CA's e-mail was used.")],
  mark: (localize) => [
    localize("What is to be published for a mark certificate: no document says how it is made."),
    localize("Which name in the CAA property issuevmc allows the CA of mark certificates: no document says it."),
  ],
};

/** What nobody can know from this computer. */
function limitsOf({ domains, request, purpose }: ValidationSubject, of: CardSubject, localize: Localize): string[] {
  const isPublic = domains.some(({ method }) => method !== "email" && method !== "other");
  const limits = OWN_LIMITS[purpose](localize);
  limits.push(
    localize("What other places see: the CA asks from several networks, and nearly all of them must agree."),
    localize("Which answer about CAA the CA still keeps, for up to 8 hours or as long as the record says."),
    localize("When the CA looked last, and when it looks again."),
  );
  if (purpose !== "tls" || domains.every(isProved)) return limits;
  if (of === "order" && domains.some(({ method }) => method === undefined)) {
    limits.push(localize("Which way the order is to be validated, where the CA's services did not say it."));
  }
  if (isPublic && request !== undefined && request.token.uniqueValue === undefined) {
    limits.push(
      localize(
        "Whether the order has a unique value: it would stand before sectigo.com in the record, and in the file's third line.",
      ),
    );
  }
  if (isPublic && request !== undefined) {
    limits.push(localize("Whether the request's token was used before, for an order that is not here."));
  }
  limits.push(localize("Values of DNS TXT records and codes in e-mails: they are random, and come from the CA alone."));
  return limits;
}

/** What leads further first. Nothing goes while a check is under way: the next press of a key would meet another. */
function actionsOf(subject: ValidationSubject, of: CardSubject, localize: Localize): Action[] {
  const { domains, request, purpose, watchedUntil } = subject;
  const isNeeded = needsRequest(subject);
  const hasFile =
    request !== undefined &&
    domains.some((domain) =>
      toPublish(domain, request.token, purpose, localize).some(({ line }) => line === undefined),
    );
  const isChosenHere = of === "order" && purpose === "tls";
  const choose: Action = {
    id: "chooseRequest",
    label: request === undefined ? localize("Choose Request…") : localize("Choose Another Request…"),
  };
  const possible: readonly (Action & { readonly when: boolean })[] = [
    { ...choose, when: isChosenHere && isNeeded },
    { id: "checkRecords", label: localize("Check Records…"), when: domains.length > 0 },
    { id: "saveValidationFile", label: localize("Save the File for the Web Root…"), when: hasFile },
    { id: "watchRecords", label: localize("Watch Records"), when: domains.length > 0 && watchedUntil === undefined },
    { id: "stopWatchingRecords", label: localize("Stop Watching Records"), when: watchedUntil !== undefined },
    { ...choose, when: isChosenHere && !isNeeded },
  ];
  return possible.filter(({ when }) => when).map(({ id, label }) => ({ id, label }));
}
