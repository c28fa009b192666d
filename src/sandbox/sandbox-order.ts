import type { IssuedCertificate } from "./authority";
import { newSerialNumber } from "./certificate";
import { OrderRequest } from "./order-request";
import { caaTurn, controlTurns } from "./domains/domain-control";
import type {
  ControlMail,
  IssuedOrder,
  IssueFacts,
  OrderLook,
  PendingOrder,
  SandboxOrderState,
  OrderTurn,
} from "./order-state";
import { profileDays, validity } from "./profiles";
import { orderRefusal } from "./refusals";
import { completed, stageStart, subjectName, TERM_DAYS, type OrderScript, type Stage, type Validation } from "./script";
import { AWAITING } from "./ssl-orders";
import type { Surroundings } from "./surroundings";

const DAY = 86_400_000;

/** One order. Its clock starts with the first call about it, so that nobody misses the beginning. */
export class SandboxOrder {
  private startedAt: number | undefined;
  private readonly certificates = new Map<number, Promise<IssuedCertificate>>();
  private readonly serialNumbers = new Map<number, Uint8Array>();
  private readonly turns: OrderTurn[] = [];
  readonly request = new OrderRequest(() => this.issueScript(0).profile);
  private mail: ControlMail | undefined;
  /** Epoch ms of the last CAA check that was asked for. */
  private caaRetriedAt = -Infinity;

  constructor(
    readonly script: OrderScript,
    private readonly surroundings: Surroundings,
  ) {
    if (script.startsAtOnce) this.startedAt = surroundings.startedAt;
  }

  /**
   * The order's current state. The first call starts the clock and the key generation, so that keys are ready when
   * they are due.
   * @param certificateID if the caller asks for one certificate of the order
   * @param behaviourVersion 1 refuses a replaced certificate that is requested by order number
   */
  async ask(certificateID: string | undefined, behaviourVersion: 0 | 1): Promise<SandboxOrderState> {
    const startedAt = this.start();
    await this.lookForRecords();
    const stage = this.stage(startedAt);
    const wanted = certificateID === undefined ? undefined : this.certificateIDs.indexOf(certificateID);
    switch (stage.kind) {
      case "refused":
        return { kind: "refused", refusal: orderRefusal(stage.code, this.script.product) };
      case "pending":
        return this.pending(stage.validation);
      case "replaced": {
        const refused = stage.refused === "always" || behaviourVersion === 1;
        if (wanted === undefined && refused) {
          return { kind: "refused", refusal: orderRefusal(-23, this.script.product) };
        }
        return this.issued(wanted ?? stage.certificate, stage.certificate);
      }
      case "issued":
        // A certificateID whose certificate is not issued yet is that of an order in progress.
        if (wanted !== undefined && wanted > stage.certificate) return this.pending();
        return this.issued(wanted ?? stage.certificate, stage.certificate);
    }
  }

  /** Starts the clock, as the first call about this very order does. @returns epoch ms of the start */
  start(): number {
    if (this.startedAt === undefined) {
      this.startedAt = this.surroundings.now();
      this.prepare();
    }
    return this.startedAt;
  }

  /** Looks for the records that it waits for, if its clock has started. What the CA finds takes the order on. */
  async lookForRecords(): Promise<void> {
    const { script, surroundings } = this;
    if (script.looksUp === undefined || this.startedAt === undefined) return;
    const proof = await this.request.proof();
    const turns = controlTurns(script, this.stage(this.startedAt), { ...surroundings, proof, now: surroundings.now() });
    this.turns.push(...turns);
    if (turns.length > 0) this.prepare();
  }

  /** What a report tells of the order. It makes no certificate and starts no clock. */
  look(): OrderLook {
    const startedAt = this.startedAt ?? this.surroundings.now();
    const now = this.surroundings.now();
    const places = this.places().filter((place) => this.issueTime(startedAt, place) <= now);
    return {
      stage: this.stage(startedAt),
      placedAt: this.placedAt(startedAt),
      changedAt: Math.max(...this.beginnings(startedAt).filter((at) => at <= now)),
      issued: places.reverse().map((place) => this.facts(startedAt, place)),
      ...this.durations(),
    };
  }

  /** The mail that waits for an answer: one was sent with the order. */
  get controlMail(): ControlMail {
    return this.mail ?? { count: 1, lastSent: this.placedAt(this.startedAt ?? this.surroundings.now()) };
  }

  /** Sends that mail again. @param address if not to the same one again */
  resendMail(address: string | undefined): void {
    const { count, address: former } = this.controlMail;
    const to = address ?? former;
    this.mail = { count: count + 1, lastSent: this.surroundings.now(), ...(to !== undefined && { address: to }) };
  }

  /**
   * Checks CAA again, which takes a step.
   * @returns false where a check was asked for less than ten steps ago. The page says ten minutes, and not what happens
   * within them
   */
  retryCaaCheck(): boolean {
    const { now, step } = this.surroundings;
    const failed = this.stage(this.start());
    if (now() < this.caaRetriedAt + 10 * step) return false;
    this.caaRetriedAt = now();
    const again = { certificateStatus: AWAITING.certificateStatus, caaStatus: "Awaiting Completion" };
    const validation: Validation = { ...AWAITING, ...validationOf(failed), ...again };
    this.turns.push({ at: now(), stage: { kind: "pending", what: "CAA is being looked up again", validation } });
    this.turns.push({ at: now() + step, stage: caaTurn(this.script, failed, this.surroundings.lookup) });
    this.prepare();
    return true;
  }

  /** Issues another certificate for the order, now. @returns false if it does not have one yet */
  reissue(): boolean {
    const stage = this.stage(this.start());
    if (stage.kind !== "issued" && stage.kind !== "replaced") return false;
    const certificate = this.places().length;
    this.turns.push({ at: this.surroundings.now(), stage: { kind: "issued", what: "reissued", certificate } });
    return true;
  }

  /** CollectSSL only: one for each certificate that the order has or gets. */
  get certificateIDs(): readonly string[] {
    const { certificateIDs, orderNumber } = this.script;
    if (certificateIDs.length === 0) return [];
    return this.places().map((place) => certificateIDs[place] ?? `${orderNumber}${String(place + 1).padStart(2, "0")}`);
  }

  /** The private key of the order's certificate at this index, PKCS#8 in PEM. */
  async privateKeyPem(place: number): Promise<string> {
    const { keys } = await this.certificate(place);
    return keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  }

  /** The certificates that were made, which those of a started order are when they are due at the latest. */
  async issuedSoFar(): Promise<readonly { certificate: IssuedCertificate; revokedAt?: number }[]> {
    const startedAt = this.startedAt;
    if (startedAt === undefined) return [];
    const now = this.surroundings.now();
    const revoked = this.script.stages.findIndex((stage) => stage.kind === "refused" && stage.code === -21);
    const revokedAt = revoked < 0 ? Infinity : this.begins(startedAt, revoked);
    const places = this.places().filter((place) => {
      return this.certificates.has(place) && this.issueTime(startedAt, place) <= now;
    });
    const certificates = await Promise.all(places.map((place) => this.certificate(place)));
    return certificates.map((certificate) => ({ certificate, ...(revokedAt <= now && { revokedAt }) }));
  }

  /** Whether the order ever gets its certificate at this index, from 0. */
  comesTo(place: number): boolean {
    return this.places().includes(place) && this.issueTime(0, place) < Infinity;
  }

  /** Indexes of all certificates, those of later reissues included. */
  private places(): number[] {
    const reissued = this.turns.flatMap(({ stage }) => ("certificate" in stage ? [stage.certificate + 1] : []));
    return [...Array(Math.max(this.script.certificates.length, ...reissued)).keys()];
  }

  private begins(startedAt: number, stage: number): number {
    return startedAt + stageStart(this.script, stage) * this.surroundings.step;
  }

  private beginnings(startedAt: number): readonly number[] {
    return [...this.script.stages.map((_, place) => this.begins(startedAt, place)), ...this.turns.map(({ at }) => at)];
  }

  private stage(startedAt: number): Stage {
    const now = this.surroundings.now();
    const turn = this.turns.findLast(({ at }) => at <= now);
    const stage = turn?.stage ?? this.script.stages.findLast((_, place) => this.begins(startedAt, place) <= now);
    if (!stage) throw new Error(`order ${this.script.orderNumber} has no stages`);
    return stage;
  }

  /** Epoch ms of the issue of a certificate; Infinity if nothing issues it. */
  private issueTime(startedAt: number, place: number): number {
    const issues = (stage: Stage): boolean => "certificate" in stage && stage.certificate >= place;
    const stage = this.script.stages.findIndex(issues);
    if (stage >= 0) return this.begins(startedAt, stage);
    return this.turns.find(({ stage }) => issues(stage))?.at ?? Infinity;
  }

  private placedAt(startedAt: number): number {
    if (this.script.certificates[0]?.daysLeft !== undefined) return this.term(startedAt, 0).notBefore - DAY;
    return this.surroundings.startedAt - ((Number(this.script.orderNumber) % 30) + 1) * DAY;
  }

  private prepare(): void {
    for (const place of this.places()) {
      if (!this.comesTo(place)) continue;
      // A failure is reported to the caller that requests the certificate.
      this.certificate(place).catch(() => undefined);
    }
  }

  private certificate(place: number): Promise<IssuedCertificate> {
    const known = this.certificates.get(place);
    if (known) return known;
    const startedAt = this.startedAt ?? this.surroundings.now();
    const { profile } = this.issueScript(place);
    const { authority } = this.surroundings;
    const keys = place === 0 ? this.request.keys() : undefined;
    const issued = authority.issue(profile, this.term(startedAt, place), this.serialNumber(place), keys);
    this.certificates.set(place, issued);
    return issued;
  }

  /** A reissue that the script does not know of is of the last certificate that it does know. */
  private issueScript(place: number): OrderScript["certificates"][number] {
    const { certificates, orderNumber } = this.script;
    const last = certificates.at(-1);
    if (!last) throw new Error(`order ${orderNumber} has no certificate ${place}`);
    return certificates[place] ?? { profile: last.profile };
  }

  private term(startedAt: number, place: number): { notBefore: number; notAfter: number } {
    const script = this.issueScript(place);
    const at = this.issueTime(startedAt, place);
    const term = validity(script.profile.lifetime, at);
    const earlier = script.daysLeft === undefined ? 0 : profileDays(script.profile.lifetime, at) - script.daysLeft;
    return { notBefore: term.notBefore - earlier * DAY, notAfter: term.notAfter - earlier * DAY };
  }

  private serialNumber(place: number): Uint8Array {
    const known = this.serialNumbers.get(place);
    if (known) return known;
    const serialNumber = newSerialNumber();
    this.serialNumbers.set(place, serialNumber);
    return serialNumber;
  }

  private facts(startedAt: number, place: number): IssueFacts {
    const certificateID = this.certificateIDs[place];
    return {
      ...(certificateID !== undefined && { certificateID }),
      serialNumber: Buffer.from(this.serialNumber(place)).toString("hex"),
      ...this.term(startedAt, place),
    };
  }

  private pending(validation = AWAITING): PendingOrder {
    return { kind: "pending", name: subjectName(this.script), validation, ...this.durations() };
  }

  private async issued(place: number, newest: number): Promise<IssuedOrder> {
    const [certificate, first] = await Promise.all([this.certificate(place), this.certificate(0)]);
    const waited = this.script.stages.findLast((stage) => stage.kind === "pending");
    const validation = completed(waited?.validation ?? AWAITING);
    return {
      kind: "issued",
      name: subjectName(this.script),
      certificate,
      validation: place < newest ? { ...validation, certificateStatus: "Replaced" } : validation,
      ...this.durations(),
      termStart: first.notBefore,
    };
  }

  private durations(): { certificateDays: number; termDays: number } {
    const lifetime = this.script.certificates[0]?.profile.lifetime ?? "tls";
    const certificateDays = profileDays(lifetime, this.surroundings.now());
    return { certificateDays, termDays: lifetime === "tls" ? TERM_DAYS : certificateDays };
  }
}

function validationOf(stage: Stage): Validation | undefined {
  return stage.kind === "pending" ? stage.validation : undefined;
}
