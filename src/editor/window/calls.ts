import * as vscode from "vscode";
import { callEndpoint, type AnswerReader } from "../../api/client";
import { MAX_SERVICE_CHARACTERS } from "../../api/limits";
import { CA_HOSTS } from "../../api/product";
import { callService, type ServiceAnswerReader } from "../../api/services/call";
import type { ConnectionReport } from "../../net/connection-test";
import type { Account, CaName, Order } from "../../orders/model/order";
import type { AskService, NOT_SENT, OrderCall, Collect } from "../../orders/ports";
import type { KnownSecrets } from "../base/known-secrets";
import { readRegularFile } from "../base/regular-file";
import type { SandboxControl } from "./sandbox-control";
import type { EditorSettings } from "../base/settings";
import { phrase, type Phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";

/** Bytes of the largest PEM file of certification authorities that is read. */
const MAX_CA_FILE = 1024 * 1024;

/**
 * The calls of this window: which host an account means, and which certification authorities are trusted for it. The
 * sandbox's authority is trusted only for the sandbox. The network code is loaded with the first call.
 */
export class Calls {
  constructor(
    private readonly settings: EditorSettings,
    private readonly sandbox: SandboxControl,
    private readonly secrets: KnownSecrets,
    private readonly read: AnswerReader,
    private readonly readService: ServiceAnswerReader,
  ) {}

  /** @throws CallError before anything is sent; TransportError afterwards */
  readonly collect: Collect = async (call, signal) => {
    const target = await this.target(call);
    const { order, account, secrets, question, form } = call;
    const { createTransport } = await import("../../net/transport");
    const alsoMask = await this.secrets.maskOfOthers();
    return callEndpoint(
      createTransport({ extraCertificateAuthorities: target.authorities }),
      {
        alsoMask,
        ...(form !== undefined && { values: form }),
        host: target.host,
        product: order.product,
        reference: order.reference,
        statusOnly: question === "status",
        ...(account !== undefined &&
          secrets.password !== undefined && {
            credentials: { loginName: account.loginName, loginPassword: secrets.password },
          }),
        ...(secrets.collectionCode !== undefined && { collectionCode: secrets.collectionCode }),
      },
      signal,
      this.read,
    ).catch(rejectRequest);
  };

  /** @throws CallError before anything is sent; TransportError afterwards */
  readonly callService: AskService = async ({ account, password, service, values }, signal) => {
    const target = await this.whereTo(account.ca, account.host);
    const { createTransport } = await import("../../net/transport");
    const alsoMask = await this.secrets.maskOfOthers();
    const credentials = { loginName: account.loginName, loginPassword: password };
    return callService(
      createTransport({
        extraCertificateAuthorities: target.authorities,
        limits: { bodyBytes: MAX_SERVICE_CHARACTERS },
      }),
      { host: target.host, service, credentials, values, alsoMask },
      signal,
      this.readService,
    ).catch(rejectRequest);
  };

  /**
   * Tests the connection to an account's server, or to a host, without signing in.
   * @throws RequestError when the host is not one; CallError as {@link callEndpoint} does
   */
  async test(
    target: { readonly host: string; readonly account?: Account },
    signal: AbortSignal,
  ): Promise<ConnectionReport> {
    const { probeConnection } = await import("../../net/connection-test");
    const { host, authorities } = await this.whereTo(target.account?.ca ?? "sectigo", target.host);
    const http = vscode.workspace.getConfiguration("http");
    // A settings file may have any value.
    const setting = (name: string): string => {
      const value = http.get<unknown>(name);
      return typeof value === "string" ? value : "";
    };
    const proxy = {
      proxy: setting("proxy"),
      support: setting("proxySupport"),
      environment: proxyVariables(),
    };
    return probeConnection(host, { extraCertificateAuthorities: authorities, proxy }, signal);
  }

  private target({ order, account }: OrderCall): Promise<Target> {
    return this.whereTo(order.ca, hostOf(order, account));
  }

  private async whereTo(ca: CaName, host: string): Promise<Target> {
    if (ca !== "sandbox") return { host, authorities: await this.additionalAuthorities() };
    const address = await this.sandbox.runningAddress();
    return { host: new URL(address.url).host, authorities: [address.caPem] };
  }

  private async additionalAuthorities(): Promise<readonly string[]> {
    return Promise.all(
      this.settings.get("additionalCertificationAuthorities").map(async (path) => {
        const bytes = await readRegularFile(vscode.Uri.file(path), MAX_CA_FILE);
        if (bytes === undefined) {
          throw new CallError(
            "ca-file",
            phrase("The certification authority file “{0}” cannot be read. Check its path in the settings.", path),
          );
        }
        return Buffer.from(bytes).toString("utf8");
      }),
    );
  }
}

/** The server that calls about an order go to; for the sandbox, ask {@link SandboxControl.runningAddress}. */
export const hostOf = ({ ca }: Pick<Order, "ca">, account: Account | undefined): string =>
  account?.host ?? (ca.startsWith("other:") ? ca.slice("other:".length) : CA_HOSTS[0]);

/** @throws CallError for a request that broke a rule of the CA's page; what it is given otherwise */
function rejectRequest(error: unknown): never {
  throw error instanceof SaidError && error.name === "RequestError" ? new CallError("request", error.said) : error;
}

interface Target {
  readonly host: string;
  /** Trusted in addition to the system's. PEM. */
  readonly authorities: readonly string[];
}

/** The proxy variables that are set, in the spelling found. */
function proxyVariables(): Record<string, string> {
  const names = Object.keys(process.env).filter((name) => /^(https?|all|no)_proxy$/i.test(name));
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? ""]));
}

/** The call could not be made; nothing was sent. */
class CallError extends SaidError {
  override readonly name = "CallError";

  constructor(
    readonly code: (typeof NOT_SENT)[number],
    said: Phrase | string,
  ) {
    super(said);
  }
}
