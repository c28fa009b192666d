import { phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";
import * as vscode from "vscode";
import type { Disposable, NOT_SENT } from "../../orders/ports";
import type { CatalogueEntry, Publication, Sandbox, SandboxAccount, SandboxOptions } from "../../sandbox/server";
import { integer, record, text, textLike } from "../../shape/shape";
import { codeOf } from "../base/log-text";
import type { SandboxErrorCode } from "../../sandbox/listening";

/** What any window needs to reach a running sandbox. Contains no secrets. */
export interface SandboxAddress {
  /** https://127.0.0.1:PORT */
  readonly url: string;
  /** The certificate to trust for `url` and nothing else. PEM. */
  readonly caPem: string;
  /** UDP and TCP: a resolver, and the servers of the zones of its orders' domains. All ports are on 127.0.0.1. */
  readonly dnsPort: number;
  /** What these domains have on port 80, and on port 443. */
  readonly webPort: number;
  readonly webTlsPort: number;
  /** The process it runs in. */
  readonly pid: number;
}

/** The sandbox's code, loaded on demand. */
export type LoadSandbox = () => Promise<{
  readonly startSandboxServer: (options: SandboxOptions) => Promise<Sandbox>;
  readonly samples: () => readonly CatalogueEntry[];
  readonly DEMO_ACCOUNT: SandboxAccount;
  readonly SANDBOX_ACCOUNTS: readonly SandboxAccount[];
  readonly catalogue: () => readonly CatalogueEntry[];
  readonly KEY_PATH: string;
  readonly PUBLISH_PATH: string;
  readonly REQUEST_PATH: string;
  readonly PUBLICATION_FIELDS: readonly (keyof Publication)[];
  /** By what they are called. */
  readonly WAYS: Readonly<Record<string, { readonly title: string }>>;
}>;

/** Where whoever runs a sandbox leaves its address. */
const FILE = "sandbox.json";

/** ms that the sandbox may take to give a key, or to publish. */
const POST_TIMEOUT = 10_000;

/** Bytes of the largest `sandbox.json` that is read. */
const MAX_ADDRESS_FILE = 64 * 1024;

/**
 * The sandbox of this window, or one that another window or `npm start` runs: whoever starts one leaves its address in
 * `sandbox.json` in the global storage, and removes it at the end.
 */
export class SandboxControl implements Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  /** Fires when the sandbox was started or has ended, in whichever window. */
  readonly onDidChange = this.changes.event;
  private running: Promise<Sandbox> | undefined;
  /** The URL of the one that was found last. */
  private found: string | undefined;
  private readonly watcher: vscode.FileSystemWatcher;
  private readonly file: vscode.Uri;

  constructor(
    folder: vscode.Uri,
    private readonly load: LoadSandbox,
  ) {
    this.file = vscode.Uri.joinPath(folder, FILE);
    this.watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, FILE));
    for (const turned of [this.watcher.onDidCreate, this.watcher.onDidChange, this.watcher.onDidDelete]) {
      turned(() => void this.address().catch(() => undefined));
    }
  }

  /** Whether it was running when this window looked last: at the start, at a change, and before each call. */
  get isRunning(): boolean {
    return this.found !== undefined;
  }

  /** The address of the running sandbox, in whichever process, or `undefined`. */
  async address(): Promise<SandboxAddress | undefined> {
    const address = await this.look();
    if (address?.url !== this.found) {
      this.found = address?.url;
      this.changes.fire();
    }
    return address;
  }

  /** As {@link address}. @throws SandboxStoppedError when no sandbox is running */
  async runningAddress(): Promise<SandboxAddress> {
    const address = await this.address();
    if (address === undefined) throw new SandboxStoppedError();
    return address;
  }

  /** A file with {@link SandboxAddress.caPem}, for other programs. @throws SandboxStoppedError as above */
  async authorityFile(): Promise<vscode.Uri> {
    const file = vscode.Uri.joinPath(this.file, "..", "sandbox-ca.pem");
    await vscode.workspace.fs.writeFile(file, Buffer.from((await this.runningAddress()).caPem));
    return file;
  }

  /**
   * Starts a sandbox in this window, unless one is already running.
   * @throws SandboxPortError when no port is available
   */
  async start(): Promise<SandboxAddress> {
    const found = await this.address();
    if (found !== undefined) return found;
    this.running = this.load().then(({ startSandboxServer }) => startSandboxServer({ plainPort: 0 }));
    try {
      const address = addressOf(await this.running);
      await vscode.workspace.fs.writeFile(this.file, Buffer.from(JSON.stringify(address)));
      this.found = address.url;
      this.changes.fire();
      return address;
    } catch (error) {
      await this.stop();
      throw LISTENING.has(codeOf(error) ?? "") ? new SandboxPortError() : error;
    }
  }

  /** Ends the sandbox of this window. False if another process runs it, or none does. */
  async stop(): Promise<boolean> {
    if (this.running === undefined) return false;
    const ended = this.running.then((sandbox) => sandbox.stop());
    this.running = undefined;
    await Promise.resolve(vscode.workspace.fs.delete(this.file)).catch(() => undefined);
    await ended.catch(() => undefined);
    this.found = undefined;
    this.changes.fire();
    return true;
  }

  /** The orders to begin with. */
  async samples(): Promise<readonly CatalogueEntry[]> {
    return (await this.load()).samples();
  }

  /** The sandbox's documented account. It is not a secret, since its password is in our documentation. */
  async demoAccount(): Promise<SandboxAccount> {
    return (await this.load()).DEMO_ACCOUNT;
  }

  /** The password of any documented account of the sandbox. */
  async password(loginName: string): Promise<string | undefined> {
    const { SANDBOX_ACCOUNTS } = await this.load();
    return SANDBOX_ACCOUNTS.find((account) => account.loginName === loginName)?.loginPassword;
  }

  /**
   * The private key of a certificate that the running sandbox issued, in PEM; `undefined` if it did not. Public test
   * material: the sandbox gives it to whoever asks.
   * @throws SandboxStoppedError when no sandbox is running; TransportError when it does not answer
   */
  async privateKey(serialNumber: string): Promise<string | undefined> {
    const { KEY_PATH } = await this.load();
    const { isWell, text } = await this.post(KEY_PATH, { serialNumber });
    return isWell ? text : undefined;
  }

  /** The request that an order of the running sandbox was placed with, in PEM. Throws as {@link privateKey}. */
  async request(orderNumber: string): Promise<string | undefined> {
    const { REQUEST_PATH } = await this.load();
    const { isWell, text } = await this.post(REQUEST_PATH, { orderNumber });
    return isWell ? text : undefined;
  }

  /**
   * Publishes a record or a file for a domain of the running sandbox. Throws as {@link privateKey}.
   * @returns what is published now, or what the sandbox says against it
   */
  async publish(
    publication: Publication,
  ): Promise<{ readonly published: readonly string[] } | { readonly not: string }> {
    const { PUBLISH_PATH } = await this.load();
    const { isWell, text } = await this.post(PUBLISH_PATH, publication);
    return isWell ? { published: text.split("\n").filter((line) => line !== "") } : { not: text.trim() };
  }

  /** Its orders, the ways to publish for them, and the fields of a call. */
  async publishing(): Promise<Pick<Awaited<ReturnType<LoadSandbox>>, "catalogue" | "WAYS" | "PUBLICATION_FIELDS">> {
    return this.load();
  }

  dispose(): void {
    this.watcher.dispose();
    this.changes.dispose();
    void this.running?.then((sandbox) => sandbox.stop()).catch(() => undefined);
  }

  private async post(
    path: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<{ isWell: boolean; text: string }> {
    const address = await this.runningAddress();
    const { createTransport } = await import("../../net/transport");
    const body = new URLSearchParams(fields).toString();
    const post = createTransport({ extraCertificateAuthorities: [address.caPem] });
    const reply = await post({ url: `${address.url}${path}`, body }, AbortSignal.timeout(POST_TIMEOUT));
    return { isWell: reply.status === 200, text: Buffer.from(reply.body).toString("utf8") };
  }

  private async look(): Promise<SandboxAddress | undefined> {
    if (this.running !== undefined) return addressOf(await this.running);
    const address = await this.read();
    return address !== undefined && isAlive(address.pid) ? address : undefined;
  }

  private async read(): Promise<SandboxAddress | undefined> {
    try {
      const bytes = await vscode.workspace.fs.readFile(this.file);
      if (bytes.length > MAX_ADDRESS_FILE) return undefined;
      const address: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
      return isAddress(address) ? address : undefined;
    } catch {
      return undefined;
    }
  }
}

function addressOf({ url, caPem, dnsPort, webPort, webTlsPort }: Sandbox): SandboxAddress {
  return { url, caPem, dnsPort, webPort, webTlsPort, pid: process.pid };
}

/** A file says where a password is sent, so only a loopback address is accepted. */
const isAddress = record<SandboxAddress>({
  url: textLike(/^https:\/\/127\.0\.0\.1:\d{1,5}$/, 30),
  caPem: text(MAX_ADDRESS_FILE),
  dnsPort: integer(1, 65_535),
  webPort: integer(1, 65_535),
  webTlsPort: integer(1, 65_535),
  pid: integer(1, 2 ** 31),
});

/** What the sandbox says where it gets no port. */
const LISTENING: ReadonlySet<string> = new Set<SandboxErrorCode>(["port-in-use", "port-refused", "cannot-listen"]);

/** No port is free for the sandbox. */
class SandboxPortError extends SaidError {
  override readonly name = "SandboxPortError";
  readonly code = "cannot-listen";

  constructor() {
    super(phrase("The sandbox cannot listen on any port of this computer."));
  }
}

/** No sandbox is running. */
class SandboxStoppedError extends SaidError {
  override readonly name = "SandboxStoppedError";
  readonly code: (typeof NOT_SENT)[number] = "sandbox-stopped";

  constructor() {
    super(phrase("The sandbox is not running. Start it, then try again."));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
