import { QuestionSignals } from "./question-signals";
import type {
  DnsFailed,
  DnsQuestion,
  DnsReply,
  FileReply,
  FileRequest,
  LookPorts,
  NameServer,
  ResolveDns,
} from "./ports";

/** Questions of the DNS for one domain at most, those of CAA not counted; what is typical is a tenth of it. */
export const MAX_QUESTIONS = 300;
/** Requests for files for one domain at most, hops included. */
export const MAX_FILE_REQUESTS = 60;
/**
 * ms for one domain, after which nothing more is asked; an honest look takes a few seconds. Servers that answer each
 * question at the last moment, and each redirect, would otherwise take a quarter of an hour.
 */
export const LONGEST_DOMAIN = 60_000;
/** Characters of the answers and files of one run that are kept for the next domains; honest ones: a few thousand. */
const MAX_KEPT = 8 * 1024 * 1024;
/** Resolvers that are tried for one question, as many as a system has (resolv.conf(5), MAXNS). */
const MAX_RESOLVERS = 3;
/** Questions without an answer after which a server that never answered is left alone. */
const MAX_SILENCE = 2;

/** A reply, and who gave it. */
export interface ResolverReply {
  /** Absent where the system names no resolver. */
  readonly server?: NameServer;
  readonly reply: DnsReply;
}

/** What is known of a server in one run: answers that it gave, and questions that it left without. */
interface Conduct {
  answered: number;
  silent: number;
}

/**
 * Answers of one run, which many domains share: the servers of a zone, what stands at its apex, files of one host. What
 * never answered is not waited for at every domain.
 */
export class SharedAnswers {
  private readonly replies = new Map<string, Promise<DnsReply>>();
  private readonly files = new Map<string, Promise<FileReply>>();
  private readonly conduct = new Map<string, Conduct>();
  private preferred?: NameServer;
  /** Characters of the answers that came. */
  private kept = 0;

  constructor(readonly ports: LookPorts) {}

  /** @param count called if the question is sent */
  dns(
    question: DnsQuestion,
    server: NameServer,
    checkingDisabled: boolean,
    signals: QuestionSignals,
    count: () => boolean,
  ): Promise<DnsReply> {
    const key = keyOf(question, server, checkingDisabled);
    const known = this.replies.get(key);
    if (known !== undefined) return known;
    const conduct = this.conductOf(server);
    if (conduct.answered === 0 && conduct.silent >= MAX_SILENCE) return Promise.resolve(failed("timed-out"));
    if (signals.aborted || !count()) return Promise.resolve(failed("cancelled"));
    const ask = (signal: AbortSignal): Promise<DnsReply> =>
      this.ports.dns.ask(question, server, { checkingDisabled }, signal);
    const reply = signals.during(ask).then((given) => {
      if (given.kind === "answered") conduct.answered += 1;
      else if (given.reason === "timed-out" || given.reason === "unreachable") conduct.silent += 1;
      this.kept += sizeOf(given);
      if (this.kept > MAX_KEPT) this.replies.delete(key);
      return given;
    });
    this.replies.set(key, reply);
    return reply;
  }

  /** @param key of a question that is to be sent again */
  forget(key: string): void {
    this.replies.delete(key);
  }

  /** @param count called if the request is sent */
  file(request: FileRequest, signals: QuestionSignals, count: () => boolean): Promise<FileReply> {
    const key = `${request.address} ${request.url}`;
    const known = this.files.get(key);
    if (known !== undefined) return known;
    if (signals.aborted || !count()) return Promise.resolve({ kind: "failed", reason: "cancelled" });
    const reply = signals
      .during((signal) => this.ports.fetchFile(request, signal))
      .then((given) => {
        this.kept +=
          key.length + RECORD + (given.kind === "answered" ? given.start.length + (given.location?.length ?? 0) : 0);
        if (this.kept > MAX_KEPT) this.files.delete(key);
        return given;
      });
    this.files.set(key, reply);
    return reply;
  }

  /** The resolvers, the one that answered last in front. */
  get resolvers(): readonly NameServer[] {
    const all = this.ports.dns.resolvers.slice(0, MAX_RESOLVERS);
    const { preferred } = this;
    return preferred === undefined ? all : [preferred, ...all.filter((each) => each !== preferred)];
  }

  prefer(resolver: NameServer): void {
    this.preferred = resolver;
  }

  private conductOf(server: NameServer): Conduct {
    const known = this.conduct.get(serverKey(server));
    if (known !== undefined) return known;
    const made = { answered: 0, silent: 0 };
    this.conduct.set(serverKey(server), made);
    return made;
  }
}

/** Asks for one domain: counts what is sent, and ends at the bounds. */
export class LookQuestions {
  private questions = 0;
  private caaQuestions = 0;
  private requests = 0;
  /** Epoch ms. */
  private readonly end: number;
  private readonly signals: QuestionSignals;

  constructor(
    private readonly shared: SharedAnswers,
    readonly signal: AbortSignal,
  ) {
    this.signals = new QuestionSignals(signal);
    this.end = shared.ports.now() + LONGEST_DOMAIN;
  }

  get ports(): LookPorts {
    return this.shared.ports;
  }

  /** Questions and requests that were sent, none of those that another domain had sent already. */
  get asked(): number {
    return this.questions + this.caaQuestions + this.requests;
  }

  /** Asks one server. */
  server(question: DnsQuestion, server: NameServer, checkingDisabled = false): Promise<DnsReply> {
    return this.shared.dns(
      question,
      server,
      checkingDisabled,
      this.signals,
      () => this.hasTime && this.questions < MAX_QUESTIONS && ++this.questions > 0,
    );
  }

  /** Asks the resolvers in turn, until one has an answer. "Server failure" is one: signatures may be wrong. */
  async resolver(question: DnsQuestion, checkingDisabled = false): Promise<ResolverReply> {
    let last: ResolverReply = { reply: failed("unreachable") };
    for (const server of this.shared.resolvers) {
      const reply = await this.server(question, server, checkingDisabled);
      if (reply.kind === "answered" && reply.code !== "REFUSED") {
        this.shared.prefer(server);
        return { server, reply };
      }
      last = { server, reply };
    }
    return last;
  }

  file(request: FileRequest): Promise<FileReply> {
    return this.shared.file(
      request,
      this.signals,
      () => this.hasTime && this.requests < MAX_FILE_REQUESTS && ++this.requests > 0,
    );
  }

  /**
   * The ports for the look at CAA, which counts by itself: shared and counted as the other questions. CAA that
   * it asks for twice is a second try, for which no answer that was kept will do.
   */
  get portsForCaa(): LookPorts {
    const { dns } = this.ports;
    const tried = new Set<string>();
    const ask: ResolveDns["ask"] = (question, server, { checkingDisabled }) => {
      const key = keyOf(question, server, checkingDisabled);
      if (question.type === "CAA" && tried.has(key)) this.shared.forget(key);
      tried.add(key);
      return this.shared.dns(
        question,
        server,
        checkingDisabled,
        this.signals,
        () => this.hasTime && ++this.caaQuestions > 0,
      );
    };
    return {
      ...this.ports,
      dns: {
        resolvers: this.shared.resolvers,
        authoritative: (name, address) => dns.authoritative(name, address),
        ask,
      },
    };
  }

  private get hasTime(): boolean {
    return this.ports.now() < this.end;
  }
}

/** Characters of an answer, about. */
function sizeOf(reply: DnsReply): number {
  if (reply.kind === "failed") return RECORD;
  let size = RECORD;
  for (const record of [...reply.records, ...reply.authority]) {
    size += RECORD;
    for (const value of Object.values(record)) size += typeof value === "string" ? value.length : 0;
  }
  return size;
}

/** What a record takes beside its characters: an answer of 500 has hardly any. */
const RECORD = 100;

const keyOf = ({ type, name }: DnsQuestion, server: NameServer, checkingDisabled: boolean): string =>
  `${serverKey(server)} ${server.kind} ${checkingDisabled} ${type} ${name}`;

const serverKey = ({ address, port }: NameServer): string => `${address} ${port}`;

const failed = (reason: DnsFailed["reason"]): DnsFailed => ({ kind: "failed", reason });
