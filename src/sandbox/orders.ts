import type { Authority, IssuedCertificate } from "./authority";
import { profileDays, validity } from "./profiles";
import { invalid, orderRefusal, type Refusal } from "./refusals";
import {
  completed,
  stageStart,
  subjectName,
  TERM_DAYS,
  type OrderScript,
  type SandboxProduct,
  type Stage,
  type Validation,
} from "./script";
import { AWAITING } from "./ssl-orders";

/** How a caller can name an order, in the order of the pages' tables. */
const REFERENCE_KINDS = ["orderNumber", "certificateID", "baseOrderNumber", "collectionCode"] as const;

type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export type SandboxOrderState = PendingOrder | IssuedOrder | { readonly kind: "refused"; readonly refusal: Refusal };

export interface PendingOrder {
  readonly kind: "pending";
  readonly name: string;
  readonly validation: Validation;
  readonly certificateDays: number;
  readonly termDays: number;
}

export interface IssuedOrder {
  readonly kind: "issued";
  readonly name: string;
  readonly certificate: IssuedCertificate;
  readonly validation: Validation;
  readonly certificateDays: number;
  /** Epoch ms. */
  readonly termStart: number;
  readonly termDays: number;
}

const DAY = 86_400_000;

/** What every order needs around it. */
interface Surroundings {
  readonly authority: Authority;
  /** Epoch ms. */
  readonly now: () => number;
  /** ms of one step. */
  readonly step: number;
}

/** The orders of one sandbox, each at its current stage. */
export class Orders {
  private readonly byReference = new Map<string, SandboxOrder>();
  private readonly all: readonly SandboxOrder[];

  constructor(scripts: readonly OrderScript[], surroundings: Surroundings) {
    this.all = scripts.map((script) => new SandboxOrder(script, surroundings));
    for (const order of this.all) {
      const { product, orderNumber, certificateIDs, baseOrderNumber, collectionCode } = order.script;
      this.byReference.set(key(product, "orderNumber", orderNumber), order);
      for (const id of certificateIDs) this.byReference.set(key(product, "certificateID", id), order);
      if (baseOrderNumber) this.byReference.set(key(product, "baseOrderNumber", baseOrderNumber), order);
      if (collectionCode) this.byReference.set(key(product, "collectionCode", collectionCode), order);
    }
  }

  /** The order that all references in a call name, or -4 for the first one that does not match it. */
  find(product: SandboxProduct, given: ReadonlyMap<string, string>): SandboxOrder | Refusal {
    let found: SandboxOrder | undefined;
    for (const kind of REFERENCE_KINDS) {
      const value = given.get(kind);
      if (value === undefined) continue;
      const order = this.byReference.get(key(product, kind, value));
      if (!order || (found && order !== found)) return invalid(kind);
      found = order;
    }
    return found ?? invalid("orderNumber");
  }

  byNumber(orderNumber: string): SandboxOrder | undefined {
    return this.all.find(({ script }) => script.orderNumber === orderNumber);
  }

  /** Certificates that were issued, and since when they are revoked, for CRL and OCSP. */
  async issued(): Promise<readonly { certificate: IssuedCertificate; revokedAt?: number }[]> {
    return (await Promise.all(this.all.map((order) => order.issuedSoFar()))).flat();
  }
}

function key(product: SandboxProduct, kind: ReferenceKind, value: string): string {
  return `${product} ${kind} ${value}`;
}

/** One order. Its clock starts with the first call about it, so that nobody misses the beginning. */
class SandboxOrder {
  private startedAt: number | undefined;
  private readonly certificates = new Map<number, Promise<IssuedCertificate>>();

  constructor(
    readonly script: OrderScript,
    private readonly surroundings: Surroundings,
  ) {}

  /**
   * The order's current state. The first call starts the clock and the key generation, so that keys are ready when
   * they are due.
   * @param certificateID if the caller asks for one certificate of the order
   * @param behaviourVersion 1 refuses a replaced certificate that is requested by order number
   */
  async ask(certificateID: string | undefined, behaviourVersion: 0 | 1): Promise<SandboxOrderState> {
    if (this.startedAt === undefined) {
      this.startedAt = this.surroundings.now();
      this.prepare();
    }
    const { product, certificateIDs } = this.script;
    const stage = this.stage(this.startedAt);
    const wanted = certificateID === undefined ? undefined : certificateIDs.indexOf(certificateID);
    switch (stage.kind) {
      case "refused":
        return { kind: "refused", refusal: orderRefusal(stage.code, product) };
      case "pending":
        return this.pending(stage.validation);
      case "replaced": {
        const refused = stage.refused === "always" || behaviourVersion === 1;
        if (wanted === undefined && refused) return { kind: "refused", refusal: orderRefusal(-23, product) };
        return this.issued(wanted ?? stage.certificate, stage.certificate);
      }
      case "issued":
        // A certificateID whose certificate is not issued yet is that of an order in progress.
        if (wanted !== undefined && wanted > stage.certificate) return this.pending();
        return this.issued(wanted ?? stage.certificate, stage.certificate);
    }
  }

  /** The private key of the order's certificate at this index, PKCS#8 in PEM. */
  async privateKeyPem(place: number): Promise<string> {
    const { keys } = await this.certificate(place);
    return keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  }

  async issuedSoFar(): Promise<readonly { certificate: IssuedCertificate; revokedAt?: number }[]> {
    const startedAt = this.startedAt;
    if (startedAt === undefined) return [];
    const now = this.surroundings.now();
    const revoked = this.script.stages.findIndex((stage) => stage.kind === "refused" && stage.code === -21);
    const revokedAt = revoked < 0 ? Infinity : this.begins(startedAt, revoked);
    const places = [...this.script.certificates.keys()].filter((place) => this.issueTime(startedAt, place) <= now);
    const certificates = await Promise.all(places.map((place) => this.certificate(place)));
    return certificates.map((certificate) => ({ certificate, ...(revokedAt <= now && { revokedAt }) }));
  }

  private begins(startedAt: number, stage: number): number {
    return startedAt + stageStart(this.script, stage) * this.surroundings.step;
  }

  private stage(startedAt: number): Stage {
    const now = this.surroundings.now();
    const stage = this.script.stages.findLast((_, place) => this.begins(startedAt, place) <= now);
    if (!stage) throw new Error(`order ${this.script.orderNumber} has no stages`);
    return stage;
  }

  /** Epoch ms of the issue of a certificate; Infinity if the script does not issue it. */
  private issueTime(startedAt: number, place: number): number {
    const stage = this.script.stages.findIndex((stage) => "certificate" in stage && stage.certificate >= place);
    return stage < 0 ? Infinity : this.begins(startedAt, stage);
  }

  /** Whether the order ever gets its certificate at this index, from 0. */
  comesTo(place: number): boolean {
    return place in this.script.certificates && this.issueTime(0, place) < Infinity;
  }

  private prepare(): void {
    for (const place of this.script.certificates.keys()) {
      if (!this.comesTo(place)) continue;
      // A failure is reported to the caller that requests the certificate.
      this.certificate(place).catch(() => undefined);
    }
  }

  private certificate(place: number): Promise<IssuedCertificate> {
    const known = this.certificates.get(place);
    if (known) return known;
    const certificate = this.issue(place);
    this.certificates.set(place, certificate);
    return certificate;
  }

  private async issue(place: number): Promise<IssuedCertificate> {
    const script = this.script.certificates[place];
    if (!script) throw new Error(`order ${this.script.orderNumber} has no certificate ${place}`);
    const at = this.issueTime(this.startedAt ?? this.surroundings.now(), place);
    const term = validity(script.profile.lifetime, at);
    const earlier = script.daysLeft === undefined ? 0 : profileDays(script.profile.lifetime, at) - script.daysLeft;
    return this.surroundings.authority.issue(script.profile, {
      notBefore: term.notBefore - earlier * DAY,
      notAfter: term.notAfter - earlier * DAY,
    });
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
