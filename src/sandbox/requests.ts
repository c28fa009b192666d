/** What the sandbox received, for tests to count. Contains no passwords or collection codes. */
export interface RequestCounts {
  /** Calls to the endpoints and the services, since the start. */
  readonly total: number;
  /** Calls that are being answered now. */
  readonly inFlight: number;
  /** The most of these at one time. More than 1 breaks the CA's rule. */
  readonly maxInFlight: number;
  /** Calls that arrived while another one was in flight. */
  readonly overlaps: number;
  /** Sign-ins that were refused, for whatever reason. */
  readonly failedLogins: number;
  /**
   * When an order was requested, epoch ms of the sandbox's clock, oldest first; by product and order number:
   * `ssl:1000001`.
   */
  readonly byOrder: ReadonlyMap<string, readonly number[]>;
  /**
   * When a service was called, in the same way: `WebHostReport` has every form that came there, and
   * `RetryCAACheck:1000022` those about an order that the sandbox has.
   */
  readonly byService: ReadonlyMap<string, readonly number[]>;
  /** Questions of the DNS, over UDP and TCP. */
  readonly dnsQuestions: number;
  /** How often each was asked: `CNAME www.garden.example`, the name in lower case. */
  readonly byQuestion: ReadonlyMap<string, number>;
  /** Requests to the web of its domains. */
  readonly fileRequests: number;
  /** How often each address was asked for: `http://garden.example/path`. */
  readonly byAddress: ReadonlyMap<string, number>;
}

/** How many times are kept for one order or service; the oldest go first. */
const MAX_TIMES = 1000;

/** How many names and addresses are counted one by one; later ones count in the sum alone. */
const MAX_COUNTED = 10_000;

/** Counts calls as they come and go. */
export class RequestLog implements RequestCounts {
  total = 0;
  inFlight = 0;
  maxInFlight = 0;
  overlaps = 0;
  dnsQuestions = 0;
  fileRequests = 0;
  private readonly questions = new Map<string, number>();
  private readonly addresses = new Map<string, number>();
  private readonly times = new Map<string, number[]>();
  private readonly services = new Map<string, number[]>();

  constructor(private readonly countFailedLogins: () => number) {}

  get failedLogins(): number {
    return this.countFailedLogins();
  }

  get byOrder(): ReadonlyMap<string, readonly number[]> {
    return this.times;
  }

  get byService(): ReadonlyMap<string, readonly number[]> {
    return this.services;
  }

  get byQuestion(): ReadonlyMap<string, number> {
    return this.questions;
  }

  get byAddress(): ReadonlyMap<string, number> {
    return this.addresses;
  }

  questioned(type: string, name: string): void {
    this.dnsQuestions++;
    count(this.questions, `${type} ${name.toLowerCase()}`);
  }

  fetched(address: string): void {
    this.fileRequests++;
    count(this.addresses, address);
  }

  /** Notes that a call arrived. It ends with its answer or its connection, whichever comes first. */
  begin(): { readonly overlaps: boolean; end(): void } {
    this.total++;
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    const overlaps = this.inFlight > 1;
    if (overlaps) this.overlaps++;
    let ended = false;
    return {
      overlaps,
      end: () => {
        if (!ended) this.inFlight--;
        ended = true;
      },
    };
  }

  asked(order: { readonly product: string; readonly orderNumber: string }, at: number): void {
    note(this.times, `${order.product}:${order.orderNumber}`, at);
  }

  /** Notes a form that came to a service; again with the order that it is about, once that is known. */
  served(service: string, at: number, orderNumber?: string): void {
    note(this.services, orderNumber === undefined ? service : `${service}:${orderNumber}`, at);
  }
}

function note(times: Map<string, number[]>, key: string, at: number): void {
  const noted = times.get(key) ?? [];
  noted.push(at);
  if (noted.length > MAX_TIMES) noted.shift();
  times.set(key, noted);
}

function count(counts: Map<string, number>, key: string): void {
  const known = counts.get(key);
  if (known !== undefined || counts.size < MAX_COUNTED) counts.set(key, (known ?? 0) + 1);
}
