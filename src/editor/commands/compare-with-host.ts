import { phrase } from "../../words/phrase";
import * as vscode from "vscode";
import type { Certificate } from "../../certificates/x509/certificate";
import {
  compareWithServed,
  coversHost,
  usualHost,
  type LiveHost,
  type LiveHostCheck,
} from "../../certificates/checks/live-host";
import { withPrivateLooks } from "../../certificates/checks/private-answers";
import { isPrivateHost } from "../../certificates/names/private-network";
import { privateWords } from "../../certificates/revocation/status-service";
import { createLookAtHost } from "../../net/live-host";
import type { CheckResult } from "../../webview/protocol";
import { askingMachineLines } from "../base/asking-machine";
import { ArgumentError, Arguments } from "../base/arguments";
import { hostWords, isAddress, readHost } from "../base/host-and-port";
import type { Program } from "../window/program";
import { askedCertificates, reportOnPage, type AskedCertificates } from "./asked-certificates";
import { agrees, mayCallAddresses } from "./consent";
import { showAnswer } from "./result-messages";
import { showInput, withProgress } from "../base/messages";
import { inEnglish } from "../../words/localize";
import { localize, localized } from "../base/localize";

/** The result of {@link compareWithHost}. */
export interface HostOutcome {
  /** "www.example.com:443" */
  readonly host: string;
  readonly state: LiveHostCheck["state"];
  /** One sentence each, the most important first. */
  readonly messages: readonly string[];
}

/**
 * Checks, once a person has agreed, whether a live TLS server presents a certificate with the CA certificates it
 * needs.
 */
export async function compareWithHost(program: Program, argument: unknown): Promise<HostOutcome | undefined> {
  const certificates = await askedCertificates(
    program,
    argument,
    localize("Choose a certificate to compare with that of a live host"),
  );
  if (certificates === undefined) return undefined;
  const { leaf, name, chain, page } = certificates;
  const named = await namedHost(argument);
  const host = named ?? (await typedHost(certificates));
  if (host === undefined || host === "refused") return undefined;
  if (page !== undefined) page.host = hostWords(host);
  const title = localize("Getting the certificate of {0}", hostWords(host));
  const check = await withProgress(title, async (signal) => {
    const asked = { ...host, ...serverNameFor(host, leaf.certificate) };
    // A person who types a name knows which network it leads into; a caller that passes an argument may not.
    const look = named === undefined ? createLookAtHost() : withPrivateLooks(createLookAtHost(), mayCallAddresses);
    const served = await look(asked, signal);
    return signal.aborted ? undefined : compareWithServed(chain, asked, served);
  });
  if (check === undefined) return undefined;
  const results = check.messages.map((message, index): CheckResult => {
    const words = localized(message);
    return { tone: check.state === "serves-this" && index === 0 ? "good" : "attention", words };
  });
  reportOnPage(certificates, {
    title: localize("Live Host {0}", hostWords(host)),
    results,
  });
  showAnswer(results.map(({ tone, words }) => ({ tone, words: localize("{0}: {1}", name, words) })));
  return { host: hostWords(host), state: check.state, messages: check.messages.map(inEnglish) };
}

/** What happens in the handshake, for the person who must agree. */
const sent = () =>
  localize(
    "The computer that runs the extension makes one TLS handshake directly with it, without a proxy. The handshake names the host and sends nothing else.",
  );

/**
 * The server that the command's argument names, once a person has agreed.
 * @throws ArgumentError for what is not a server
 */
async function namedHost(argument: unknown): Promise<LiveHost | "refused" | undefined> {
  const named = argument instanceof vscode.Uri ? undefined : new Arguments(argument).text("host");
  if (named === undefined) return undefined;
  const host = readHost(named);
  if (host === undefined) throw new ArgumentError(NO_HOST);
  const question = localize("Connect to {0} and get its certificate?", hostWords(host));
  const caution = isPrivateHost(host.host) ? [localized(privateWords(host.host)), ""] : [];
  return (await agrees(question, [...caution, sent(), ...askingMachineLines()], localize("Connect")))
    ? host
    : "refused";
}

/** The server that a person types after reading what will be sent. */
async function typedHost({ leaf, name, page }: AskedCertificates): Promise<LiveHost | undefined> {
  const typed = await showInput({
    title: localize("Compare {0} with a Live Host", name),
    prompt: localize("Name or address of the server, with its port if it is not 443. {0}", sent()),
    value: page?.host ?? usualHost(leaf.certificate) ?? "",
    check: (text) => (readHost(text) === undefined ? NO_HOST : undefined),
  });
  return typed === undefined ? undefined : readHost(typed);
}

const NO_HOST = phrase("This is not a server name or address. Enter, for example, www.example.com or 192.0.2.1:8443.");

/** A server behind an address chooses its certificate by the requested name (SNI). */
function serverNameFor(host: LiveHost, certificate: Certificate): Pick<LiveHost, "serverName"> {
  if (!isAddress(host) || coversHost(certificate, host.host)) return {};
  const serverName = usualHost(certificate);
  return serverName === undefined ? {} : { serverName };
}
