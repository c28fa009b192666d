import type { Disposable } from "../../orders/ports";
import type { LookPlan, ServedOrder } from "../../validation/look";
import type { ChosenRequest } from "../../validation/subject";
import type { FoundRequest, RequestSource } from "./found-request";
import type { KeptRequest } from "./record-memory";

/** What tells which request is whose. */
export interface SubjectRequestsParts {
  readonly requests: RequestSource;
  /** The requests that fit domains, the best first. */
  readonly fitting: (requests: readonly FoundRequest[], domains: readonly string[]) => Promise<readonly FoundRequest[]>;
  /**
   * An order that was issued for a request's token or key.
   * @param keyIdentity of the request's key; absent where its file is not known
   */
  readonly servedBy: (
    request: Pick<FoundRequest, "token"> & { readonly keyIdentity?: string },
    domains: readonly string[],
  ) => Promise<ServedOrder | undefined>;
}

/** Requests of the workspace, those that fit first. */
export interface RequestCandidates {
  readonly all: readonly FoundRequest[];
  /** How many of them fit. */
  readonly fitting: number;
}

/** What a look looks for of a request, and what else it may find in its place. */
export type SoughtRequest = Pick<LookPlan, "token" | "others" | "textHashes" | "served">;

/** What was found to fit, for the search and the domains of then. */
interface Fits {
  readonly of: readonly FoundRequest[];
  readonly domains: string;
  /** Absent until it is known. */
  fitting?: readonly FoundRequest[];
}

/** Other requests of the workspace that a published record may be of. */
const MAX_OTHERS = 50;

/** A request in a file, as the one that records are for. */
export const chosenFrom = ({ token, uri, file }: FoundRequest): KeptRequest => ({
  token,
  from: { kind: "file", uri, name: file },
});

/** Which request each order is for: the person's choice, or the only one of the workspace whose names fit. */
export class SubjectRequests implements Disposable {
  private readonly fits = new Map<string, Fits>();
  /** By subject and request. */
  private readonly served = new Map<string, ServedOrder | undefined>();
  /** Subjects that somebody looks at. */
  private readonly wanted = new Set<string>();
  private readonly following: Disposable;
  /** What is being found out. */
  private readonly pending = new Set<Promise<void>>();

  /** @param changed called with a subject when the answer for it became another */
  constructor(
    private readonly parts: SubjectRequestsParts,
    private readonly changed: (key: string) => void,
  ) {
    this.following = parts.requests.onDidChange(() => {
      this.served.clear();
      for (const key of this.wanted) changed(key);
    });
  }

  /**
   * @param chosen by the person, if they did
   * @returns `undefined` until one is chosen, or one alone is found to fit
   */
  of(key: string, chosen: KeptRequest | undefined, domains: readonly string[]): ChosenRequest | undefined {
    this.wanted.add(key);
    const only = chosen ?? this.onlyFitting(key, domains);
    if (only === undefined) return undefined;
    const served = this.servedBy(key, only, domains);
    return { ...only, ...(served !== undefined && { served }) };
  }

  /** As {@link of}, once all is found out that it says. */
  async settled(
    key: string,
    chosen: KeptRequest | undefined,
    domains: readonly string[],
  ): Promise<ChosenRequest | undefined> {
    await this.parts.requests.find();
    let found = this.of(key, chosen, domains);
    while (this.pending.size > 0) {
      await Promise.all(this.pending);
      found = this.of(key, chosen, domains);
    }
    return found;
  }

  async sought(chosen: ChosenRequest): Promise<SoughtRequest> {
    const { token, from, served } = chosen;
    const found = await this.parts.requests.find();
    const own = found.find((each) => each.token.sha256 === token.sha256) ?? (await this.inFile(from, token.sha256));
    const others = found.filter((each) => each.token.sha256 !== token.sha256).slice(0, MAX_OTHERS);
    return {
      token,
      ...(others.length > 0 && { others: others.map(({ token, file: name }) => ({ ...token, name })) }),
      ...(own !== undefined && { textHashes: own.textHashes }),
      ...(served !== undefined && { served }),
    };
  }

  /** The certificate requests in a file. */
  inUri(uri: string): Promise<readonly FoundRequest[]> {
    return this.parts.requests.read(uri);
  }

  async candidates(domains: readonly string[]): Promise<RequestCandidates> {
    const all = await this.parts.requests.find();
    const fitting = await this.parts.fitting(all, domains);
    const fit = new Set(fitting.map(({ uri, token }) => `${uri} ${token.sha256}`));
    const others = all.filter(({ uri, token }) => !fit.has(`${uri} ${token.sha256}`));
    return { all: [...fitting, ...others], fitting: fitting.length };
  }

  dispose(): void {
    this.following.dispose();
  }

  private onlyFitting(key: string, domains: readonly string[]): KeptRequest | undefined {
    const latest = this.parts.requests.latest();
    if (latest === undefined) return undefined;
    const joined = domains.join(" ");
    let fits = this.fits.get(key);
    if (fits?.of !== latest || fits.domains !== joined) {
      fits = { of: latest, domains: joined };
      this.fits.set(key, fits);
      this.note(this.find(key, fits, domains));
    }
    const [only, ...others] = fits.fitting ?? [];
    // The same request in two files is one.
    const isAlone = others.every(({ token }) => token.sha256 === only?.token.sha256);
    return only !== undefined && isAlone ? chosenFrom(only) : undefined;
  }

  private note(work: Promise<void>): void {
    this.pending.add(work);
    void work.finally(() => this.pending.delete(work));
  }

  private async find(key: string, fits: Fits, domains: readonly string[]): Promise<void> {
    fits.fitting = await this.parts.fitting(fits.of, domains).catch(() => []);
    if (fits.fitting.length > 0) this.changed(key);
  }

  private servedBy(key: string, { token, from }: KeptRequest, domains: readonly string[]): ServedOrder | undefined {
    const pair = `${key} ${token.sha256}`;
    if (!this.served.has(pair)) {
      this.served.set(pair, undefined);
      this.note(this.lookUp(key, pair, { token, from }, domains));
    }
    return this.served.get(pair);
  }

  private async lookUp(
    key: string,
    pair: string,
    { token, from }: KeptRequest,
    domains: readonly string[],
  ): Promise<void> {
    const found = await this.inFile(from, token.sha256);
    const request = { token, ...(found !== undefined && { keyIdentity: found.keyIdentity }) };
    const order = await this.parts.servedBy(request, domains).catch(() => undefined);
    if (order === undefined) return;
    this.served.set(pair, order);
    this.changed(key);
  }

  private async inFile(from: KeptRequest["from"], sha256: string): Promise<FoundRequest | undefined> {
    if (from.kind === "pasted") return undefined;
    return (await this.parts.requests.read(from.uri)).find(({ token }) => token.sha256 === sha256);
  }
}
