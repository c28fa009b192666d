import { inRow, type Localize } from "../../words/localize";
import { failureWords, tlsFaultWords } from "../../validation/failure-words";
import type { CaaServer, CnameSeen, DomainLook, FileHop, FileSeen } from "../../validation/look";
import type { NameServer } from "../../validation/ports";
import type { SeenAnswer } from "../../webview/protocol";

/** The port of the DNS (RFC 1035 section 4.2), which need not be said. */
const DNS_PORT = 53;

/** What each server said of record and file, the question that it was asked, and who it is. */
export function seenAnswers({ cname, file }: DomainLook, localize: Localize): readonly SeenAnswer[] {
  return [
    ...(cname?.seen ?? []).map((seen) => cnameAnswer(seen, localize)),
    ...(file?.seen ?? []).map((seen) => fileAnswer(seen, localize)),
  ];
}

/** What each server of a zone said of CAA, where resolvers had no answer. @param name that was asked for */
export function caaAnswers(servers: readonly CaaServer[], name: string, localize: Localize): readonly SeenAnswer[] {
  return servers.map(({ server, says, detail }) => ({
    server: serverWords(server, localize),
    question: `CAA ${name}`,
    ...(says === "failed"
      ? { tone: "attention", words: noAnswer(detail, localize) }
      : { tone: "none", words: says === "set" ? localize("has CAA records") : localize("no such record") }),
  }));
}

function cnameAnswer({ server, name, says, detail }: CnameSeen, localize: Localize): SeenAnswer {
  return { server: serverWords(server, localize), question: `CNAME ${name}`, ...cnameWords(says, detail, localize) };
}

function cnameWords(
  says: CnameSeen["says"],
  detail: string | undefined,
  localize: Localize,
): Pick<SeenAnswer, "tone" | "words"> {
  switch (says) {
    case "right":
      return { tone: "good", words: detail === undefined ? localize("the right record") : detail };
    case "other":
      return { tone: "bad", words: localize("another record: {0}", detail ?? "") };
    case "none":
      return { tone: "none", words: failureWords(detail ?? "NODATA", localize) };
    case "failed":
      return { tone: "attention", words: noAnswer(detail, localize) };
  }
}

function fileAnswer({ scheme, address, says, hops, start }: FileSeen, localize: Localize): SeenAnswer {
  const way = hops.map((hop) => hopWords(hop, localize)).join(" · ");
  const begins = start === undefined || says === "right" ? "" : localize("begins with “{0}”", start);
  return {
    server: address,
    question: hops[0]?.url ?? scheme,
    tone: FILE_TONES[says],
    words: [says === "right" ? localize("the right lines") : "", way, begins].filter((part) => part !== "").join(" · "),
  };
}

const FILE_TONES = { right: "good", other: "bad", none: "none", failed: "attention" } as const;

/** A step of the way to a file: its status, where it leads, and what was odd. */
function hopWords({ status, failure, location, tlsFault }: FileHop, localize: Localize): string {
  const answer = status === undefined ? undefined : localize("status {0}", status);
  const parts = [
    location === undefined || answer === undefined ? answer : localize("{0}, to {1}", answer, location),
    failure === undefined ? undefined : failureWords(failure, localize),
    tlsFault === undefined ? undefined : localize("certificate not valid: {0}", tlsFaultWords(tlsFault, localize)),
  ].filter((part) => part !== undefined);
  return inRow(parts, localize);
}

const noAnswer = (detail: string | undefined, localize: Localize): string =>
  detail === undefined
    ? localize("no usable answer")
    : localize("no usable answer: {0}", failureWords(detail, localize));

/** "ns1.example.com (192.0.2.1)", "resolver 192.0.2.53". */
function serverWords({ kind, address, port, name }: NameServer, localize: Localize): string {
  const isSix = address.includes(":");
  const place = port === DNS_PORT ? address : `${isSix ? `[${address}]` : address}:${port}`;
  if (kind === "resolver") return localize("resolver {0}", place);
  return name === undefined ? place : `${name} (${place})`;
}
