import * as vscode from "vscode";
import { CA_HOSTS } from "../../api/product";
import type { ConnectionReport, SeenCertificate } from "../../net/connection-test";
import type { Account } from "../../orders/model/order";
import { Arguments, ArgumentError } from "../base/arguments";
import { askingMachineLines } from "../base/asking-machine";
import { commandId } from "../base/contributions";
import type { Collector } from "../window/collector";
import { inertText } from "../base/inert-text";
import type { Program } from "../window/program";
import { hostProblem, readCaHost } from "./ca-host";
import { accountChoice } from "./choices";
import { agrees } from "./consent";
import { showError, showInformation, showPick, withProgress } from "../base/messages";
import { localize, localized } from "../base/localize";
import { phrase } from "../../words/phrase";

/** What is tested: the host of an account, or one of the CA's hosts without an account. */
interface Target {
  readonly label: string;
  readonly account?: Account;
  readonly host: string;
}

/**
 * Tests the connection to a server without signing in, and reports it in a document that can be copied into a support
 * request. Then offers one real call with the account.
 */
export async function testConnection(program: Program, argument: unknown): Promise<ConnectionReport | undefined> {
  const { collector } = program;
  const given = new Arguments(argument);
  const target = await chooseTarget(collector, given);
  if (target === undefined) return undefined;
  const title = localize("Testing the connection to {0}", target.label);
  const report = await withProgress(title, (signal) => collector.testConnection(target, signal));
  await collector.texts.open(localize("Connection test of {0}", report.host), reportText(report));
  void conclude(program, target, report);
  return report;
}

async function conclude(program: Program, target: Target, report: ConnectionReport): Promise<void> {
  if (report.failure !== undefined) {
    void showError(localized(report.failure.said));
    return;
  }
  const summary = localize("{0} answered after {1} ms.", target.label, report.elapsed);
  const orders = [...program.collector.book.orders()].filter((order) => order.account === target.account?.id);
  const ask = localize("Check an Order…");
  const signIn = localize("Test Sign-In…");
  const choices = target.account === undefined ? [] : [orders.length > 0 ? ask : signIn];
  const chosen = await showInformation(summary, ...choices);
  if (chosen === signIn) await vscode.commands.executeCommand(commandId("testSignIn"), { account: target.account?.id });
  if (chosen !== ask) return;
  const argument = orders.length === 1 ? { order: orders[0]?.id } : undefined;
  await vscode.commands.executeCommand(commandId("checkOrder"), argument);
}

async function chooseTarget(collector: Collector, given: Arguments): Promise<Target | undefined> {
  const accounts = collector.book.accounts();
  const named = given.text("account");
  if (named !== undefined) {
    const account = accounts.find(({ id }) => id === named);
    if (account === undefined) throw new ArgumentError(phrase("There is no account “{0}”.", named));
    return { label: account.label, account, host: account.host };
  }
  const host = given.text("host");
  if (host !== undefined) return namedTarget(collector, host);
  const choices = [
    ...accounts.map((account) => ({
      ...accountChoice(account),
      value: { label: account.label, account, host: account.host },
    })),
    ...CA_HOSTS.map((each) => ({
      label: each,
      description: localize("Sectigo"),
      value: { label: each, host: each },
    })),
  ];
  const placeholder = localize("Choose a connection to test. The test does not sign in.");
  return showPick<Target>({ title: localize("Test Connection"), placeholder, choices });
}

/**
 * The server that an argument names, once the person has agreed to call it: the argument may come from someone else.
 * @throws ArgumentError when it does not name one
 */
async function namedTarget(collector: Collector, named: string): Promise<Target | undefined> {
  const problem = hostProblem(named);
  if (problem !== undefined) throw new ArgumentError(problem);
  const { host, ca } = readCaHost(named);
  const isKnown = ca === "sectigo" || collector.book.accounts().some((account) => account.host === host);
  const question = localize("Connect to {0} and report on the connection?", host);
  const sent = localize("One request without a login is sent to it.");
  return isKnown || (await agrees(question, [sent, ...askingMachineLines()], localize("Connect")))
    ? { label: host, host }
    : undefined;
}

/** The report as lines to read and copy. Contains no credentials. */
function reportText(report: ConnectionReport): string {
  const { failure, proxy, switchedOffBy, certificates } = report;
  const notShown = localize("set, but in a form that is not shown");
  const line = (name: string, value: string | number | undefined): string[] =>
    value === undefined || value === "" ? [] : [inertText(localize("{0}: {1}", name, value))];
  return [
    localize("Connection test of {0}", report.host),
    "",
    ...line(localize("Result"), failure === undefined ? localize("reached and trusted") : localized(failure.said)),
    ...line(localize("Error code"), failure && `${failure.code} ${failure.cause}`.trim()),
    ...line(localize("Time"), `${report.elapsed} ms`),
    ...line(localize("Address"), report.address),
    ...line(localize("Protocol"), report.protocol),
    ...line(localize("HTTP status"), report.httpStatus),
    "",
    ...line(localize("Setting http.proxySupport"), proxy.support ?? notShown),
    ...line(localize("Setting http.proxy"), proxy.proxy === "" ? localize("not set") : (proxy.proxy ?? notShown)),
    ...Object.entries(proxy.environment).flatMap(([name, value]) =>
      line(localize("Environment variable {0}", name), value ?? notShown),
    ),
    ...switchedOffBy.flatMap((name) =>
      line(
        localize("Certificate checks"),
        localize(
          "{0} turns them off for code in this editor. This extension checks anyway and sends nothing to a server whose certificate fails the check. Other code may not check: remove the setting and restart the editor.",
          name,
        ),
      ),
    ),
    ...certificates.flatMap((certificate, place) => ["", ...certificateLines(certificate, place)]),
    "",
  ].join("\n");
}

function certificateLines(certificate: SeenCertificate, place: number): string[] {
  return [
    place === 0 ? localize("The server's certificate") : localize("Certificate {0} of the chain", place + 1),
    `  ${localize("{0}: {1}", localize("Subject"), inertText(certificate.subject))}`,
    `  ${localize("{0}: {1}", localize("Issuer"), inertText(certificate.issuer))}`,
    ...(certificate.names === "" ? [] : [`  ${localize("{0}: {1}", localize("Names"), inertText(certificate.names))}`]),
    `  ${localize("{0}: {1}", localize("Valid from"), certificate.validFrom)}`,
    `  ${localize("{0}: {1}", localize("Valid until"), certificate.validTo)}`,
    `  SHA-256: ${certificate.fingerprint}`,
  ];
}
