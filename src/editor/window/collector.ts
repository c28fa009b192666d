import type { ConnectionReport } from "../../net/connection-test";
import type { AskResult } from "../../orders/checking/ask";
import { Book, type BookChange } from "../../orders/journal/book";
import type { Account, AccountId, CaName, CollectedCertificate, OrderId } from "../../orders/model/order";
import type { OrderName } from "../../orders/model/order-id";
import type { Poller } from "../../orders/checking/poller";
import type { BlobStore, CallForm, Clock, Disposable, HistoryLine, LockHolder } from "../../orders/ports";
import type { Locale } from "../../words/localize";
import { jitterOf, nextCheck } from "../../orders/checking/schedule";
import { stateOf } from "../../orders/presentation/state";
import type { Storage } from "../../storage/storage";
import { Accounts, type AccountsParts } from "./accounts";
import { CaAccess } from "./ca-access";
import type { Calls } from "./calls";
import { collectedDocument } from "./collected-document";
import { DisposableStore } from "../base/disposable-store";
import type { DocumentPath } from "../documents/document-uri";
import type { Log } from "../base/log";
import { asideLogEntry, JournalTidying } from "./journal-tidying";
import { Looking } from "./looking";
import { MissingSecrets, type SecretOwner } from "./missing-secrets";
import type { ReadingService } from "./reading-service";
import type { ReportDocuments } from "../documents/report-documents";
import type { OrderFacts } from "../view/tree-elements";
import type { SandboxControl } from "./sandbox-control";
import type { SecretStore } from "./secret-store";
import type { Services } from "./services";
import type { EditorSettings } from "../base/settings";
import type { Telemetry } from "../base/telemetry";
import { TrackedCodes } from "./tracked-codes";

/** The parts of the collector; see `composition.ts`. */
export interface CollectorParts {
  readonly storage: Storage;
  readonly secrets: SecretStore;
  readonly sandbox: SandboxControl;
  readonly calls: Pick<Calls, "collect" | "test" | "callService">;
  readonly settings: Pick<EditorSettings, "get" | "onDidChange">;
  readonly telemetry: Pick<Telemetry, "send">;
  readonly log: Log;
  readonly reading: ReadingService;
  /** Shows texts that nobody has to save. */
  readonly texts: Pick<ReportDocuments, "open" | "add" | "bytes">;
  readonly windowPasswords: AccountsParts["ofWindow"];
  readonly clock: Clock;
  readonly locale: Locale;
}

/** The running program of one window: the book, the poller, and what commands do with them. */
export class Collector implements Disposable {
  private readonly disposables = new DisposableStore();
  readonly book: Book;
  readonly sandbox: SandboxControl;
  readonly secrets: SecretStore;
  readonly accounts: Accounts;
  readonly log: Log;
  readonly reading: ReadingService;
  readonly texts: CollectorParts["texts"];
  readonly looking = new Looking();
  private readonly blobs: BlobStore;
  private readonly tidying: JournalTidying;
  private readonly access: CaAccess;
  private readonly asked = new Set<(id: OrderId, result: AskResult) => void>();
  private readonly missingSecrets = new MissingSecrets();

  constructor(private readonly parts: CollectorParts) {
    const { storage, secrets, sandbox, log } = parts;
    this.secrets = secrets;
    this.sandbox = sandbox;
    this.log = log;
    this.reading = parts.reading;
    this.texts = parts.texts;
    this.blobs = storage.blobs;
    this.book = new Book(storage.journal, (lines) => log.warn(...asideLogEntry(lines)));
    this.tidying = this.disposables.add(new JournalTidying(storage, parts.clock, log));
    this.accounts = new Accounts({
      book: this.book,
      secrets,
      ofWindow: parts.windowPasswords,
      entered: (login) => {
        this.missingSecrets.entered(login);
        this.access.retry();
      },
    });
    this.access = this.disposables.add(
      new CaAccess({
        ...parts,
        book: this.book,
        accounts: this.accounts,
        heard: (id, result) => this.heard(id, result),
        asked: (id, result) => {
          for (const listener of this.asked) listener(id, result);
        },
      }),
    );
  }

  /** See {@link CaAccess.poller}. */
  get poller(): Poller {
    return this.access.poller;
  }

  /** See {@link CaAccess.services}. */
  get services(): Services {
    return this.access.services;
  }

  /** Reads the journal and starts the automatic checks. @throws JournalError when the journal cannot be read */
  async start(): Promise<void> {
    await Promise.all([this.book.refresh(), this.sandbox.address()]);
    this.disposables.add(this.book.follow((error) => this.log.error("The journal could not be read.", error)));
    this.access.start();
    this.tidying.start();
  }

  /** See {@link Poller.isAsking}. */
  get isAsking(): boolean {
    return this.poller.isAsking;
  }

  /** What rows and pages show of an order. @param locale of its words; by default the display language */
  facts(id: OrderId, locale = this.parts.locale): OrderFacts | undefined {
    const order = this.book.get(id);
    if (order === undefined) return undefined;
    const now = this.parts.clock.now();
    const circumstances = this.book.circumstances(order, this.parts.settings.get("backgroundChecks"));
    const check = nextCheck(order, circumstances, now, jitterOf(order));
    const secretMissing = this.missingSecrets.concern({ id, login: this.book.loginOf(order)?.key });
    const account = order.account === undefined ? undefined : this.book.account(order.account);
    const aside = this.book.asideOf(id);
    const here = { secretMissing, openedHere: this.looking.hasOpened(order) };
    const state = stateOf(order, circumstances, check, here, now, locale);
    const twins = this.book.twinsOf(id);
    const listedAt = this.book.loginOf(order)?.report?.completedAt;
    return {
      ...{ order, account, check, state },
      ...(aside > 0 && { aside }),
      ...(twins.length > 0 && { twins }),
      ...(listedAt !== undefined && { listedAt }),
    };
  }

  *orderIds(): Generator<OrderId> {
    for (const { id } of this.book.orders()) yield id;
  }

  onDidChange(listener: (change: BookChange) => void): Disposable {
    return this.book.onDidChange(listener);
  }

  /** Fires with each result of an automatic check; {@link check} returns a person's own. */
  onDidAsk(listener: (id: OrderId, result: AskResult) => void): Disposable {
    this.asked.add(listener);
    return { dispose: () => this.asked.delete(listener) };
  }

  /** Fires for an account or order whose secret this window found missing, or got: the journal does not say so. */
  onDidLearn(listener: (concerned: SecretOwner) => void): Disposable {
    return this.missingSecrets.onDidChange(listener);
  }

  /**
   * Tracks an order, or finds it already tracked: by its id, or by the collection code that identifies it.
   * @throws OrderIdError when the number is too long
   * @throws KeyringError when the collection code cannot be stored
   */
  async track(
    name: OrderName,
    account: AccountId | undefined,
    extra: { readonly label?: string; readonly tags?: readonly string[]; readonly collectionCode?: string } = {},
  ): Promise<{ readonly id: OrderId; readonly added: boolean }> {
    const id = this.book.idOf(name);
    if (this.book.get(id) !== undefined) return { id, added: false };
    if (extra.collectionCode !== undefined) {
      const same = (await this.trackedCodes()).find(name, extra.collectionCode);
      if (same !== undefined) return { id: same, added: false };
      await this.secrets.setCollectionCode(id, extra.collectionCode);
    }
    await this.book.record([
      {
        type: "tracked",
        id,
        ...name,
        ...(account !== undefined && { account }),
        ...(extra.label !== undefined && extra.label !== "" && { label: extra.label }),
        ...(extra.tags !== undefined && extra.tags.length > 0 && { tags: extra.tags }),
      },
    ]);
    return { id, added: true };
  }

  /** See {@link TrackedCodes}. */
  trackedCodes(): Promise<TrackedCodes> {
    return TrackedCodes.of(this.book.orders(), this.secrets);
  }

  /**
   * Stores an order's collection code, and checks the order with it.
   * @throws KeyringError when it cannot be stored
   */
  async enterCode(id: OrderId, code: string): Promise<void> {
    await this.secrets.setCollectionCode(id, code);
    await this.book.record([{ type: "code-entered", id }]);
    this.missingSecrets.entered(id);
    this.poller.retry();
  }

  /** See {@link CaAccess.checkAs}. */
  checkAs(id: OrderId, form: CallForm, signal: AbortSignal): Promise<AskResult> {
    return this.access.checkAs(id, form, signal);
  }

  /** Checks for a person. See {@link Poller.check}. */
  check(id: OrderId, signal: AbortSignal): Promise<AskResult> {
    return this.poller.check(id, signal);
  }

  /** Which process is calling a CA. See {@link CallLock.holder}. */
  holder(ca: CaName): Promise<LockHolder | undefined> {
    return this.parts.storage.lock.holder(ca);
  }

  /** See {@link Calls.test}. */
  testConnection(target: { host: string; account?: Account }, signal: AbortSignal): Promise<ConnectionReport> {
    return this.parts.calls.test(target, signal);
  }

  /** Allows one check although the CA asks for a longer wait: the person knows and agreed. */
  async agree(id: OrderId): Promise<void> {
    await this.book.record([{ type: "agreed", id }]);
  }

  /** A collected certificate of an order: the one with that serial number, or the newest. */
  collected(id: OrderId, serialNumber?: string): CollectedCertificate | undefined {
    const collected = this.book.get(id)?.certificates;
    return serialNumber === undefined ? collected?.[0] : collected?.find((each) => each.serialNumber === serialNumber);
  }

  /** Everything that any window wrote about an order. @throws StorageError when the journal cannot be read */
  history(id: OrderId): Promise<readonly HistoryLine[]> {
    return this.parts.storage.journal.history(id);
  }

  /** DER, leaf first. @throws BlobError when a file is missing or damaged */
  async chain(collected: CollectedCertificate): Promise<Uint8Array[]> {
    return Promise.all(collected.chain.map((sha256) => this.blobs.get(sha256)));
  }

  /** What was collected for an order before that certificate. */
  before(id: OrderId, { leaf }: CollectedCertificate): CollectedCertificate | undefined {
    const collected = this.book.get(id)?.certificates ?? [];
    const place = collected.findIndex((each) => each.leaf === leaf);
    return place < 0 ? undefined : collected[place + 1];
  }

  /** See {@link collectedDocument}. */
  document(path: DocumentPath): Promise<Uint8Array | undefined> {
    return collectedDocument(this, path, this.parts.clock.now());
  }

  async opened(id: OrderId): Promise<void> {
    const order = this.book.get(id);
    if (order !== undefined) this.looking.noteOpened(order);
    await this.book.record([{ type: "opened", id }], "buffered");
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Notes what the result of a check says about this window's secrets. */
  private heard(id: OrderId, result: AskResult): AskResult {
    const order = this.book.get(id);
    if (order === undefined) return result;
    this.missingSecrets.heed({ id, login: this.book.loginOf(order)?.key }, result);
    if (result.kind !== "answered") {
      this.log.info(`Not checked: ${result.kind}`, { order: id });
      return result;
    }
    const account = order.account === undefined ? undefined : this.book.account(order.account);
    if (account !== undefined && (result.froze !== undefined || this.book.loginOf(order)?.proved === true)) {
      void this.accounts.noteJudged(account, result.froze !== undefined);
    }
    const { outcome } = result.answer;
    const code = "code" in outcome ? String(outcome.code) : "";
    this.log.info(`Asked: ${outcome.kind}`, { order: id, ...(code !== "" && { code }) });
    this.parts.telemetry.send("asked", { product: order.product, outcome: outcome.kind, code });
    return result;
  }
}
