import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { SandboxAnswer } from "./answer";
import { readBody, send } from "./body";
import { CALL_LIMIT, NOT_HTTPS, NOT_POST, type Refusal } from "./refusals";
import type { RequestLog } from "./requests";

/** The most bytes of a form: all documented arguments at their greatest length fit. */
const MAX_FORM = 64 * 1024;

export interface FormCallsOptions {
  readonly log: RequestLog;
  /** ms by which each answer is delayed. */
  readonly hold: number;
  /** Whether a call that overlaps another one is answered -42. */
  readonly refuseOverlaps: boolean;
}

/** What answers the forms that come to one path. */
export interface FormAnswerer {
  answer(form: URLSearchParams): Promise<SandboxAnswer> | SandboxAnswer;
  /** @param form as far as it was read */
  refuse(refusal: Refusal, form: URLSearchParams): SandboxAnswer;
  /** The argument with which a form may come over plain HTTP. */
  readonly plainWith?: string;
}

/** What the collect endpoints and the services have in common: they take forms by POST over TLS, one at a time. */
export class FormCalls {
  constructor(private readonly options: FormCallsOptions) {}

  /**
   * Answers a request. Arguments in the query string are ignored: a caller that sends its password there is told that
   * they are missing.
   */
  async take(
    answerer: FormAnswerer,
    request: IncomingMessage,
    response: ServerResponse,
    secure: boolean,
  ): Promise<void> {
    const call = this.options.log.begin();
    const closed = new AbortController();
    response.once("close", () => {
      call.end();
      closed.abort();
    });
    try {
      await this.answerTo(answerer, request, response, { secure, overlap: call.overlaps, closed: closed.signal });
    } catch (error) {
      // If the caller disconnected or the sandbox stopped, nobody can receive the error.
      if (!closed.signal.aborted && !response.destroyed)
        send(response, 500, "text/plain", `The sandbox failed: ${error instanceof Error ? error.message : "?"}`);
    } finally {
      // Before the last byte is sent: after that, the caller may already have sent its next call.
      call.end();
    }
  }

  private async answerTo(
    answerer: FormAnswerer,
    request: IncomingMessage,
    response: ServerResponse,
    { secure, overlap, closed }: { secure: boolean; overlap: boolean; closed: AbortSignal },
  ): Promise<void> {
    const { hold, refuseOverlaps } = this.options;
    const tell = async ({ contentType, body }: SandboxAnswer): Promise<void> => {
      if (hold > 0) await pause(hold, undefined, { signal: closed });
      send(response, 200, contentType, body);
    };
    const unread = new URLSearchParams();
    if (!secure && answerer.plainWith === undefined) return tell(answerer.refuse(NOT_HTTPS, unread));
    if (request.method === "GET") return tell(answerer.refuse(NOT_POST, unread));
    if (request.method !== "POST") return send(response, 405, "text/plain", "Use POST.", { Allow: "POST" });
    const body = await readBody(request, MAX_FORM);
    if (!body) return send(response, 413, "text/plain", "The form is too large.");
    const form = new URLSearchParams(isForm(request) ? body.toString("utf8") : "");
    if (!secure && !form.has(answerer.plainWith ?? "")) return tell(answerer.refuse(NOT_HTTPS, unread));
    if (overlap && refuseOverlaps) return tell(answerer.refuse(CALL_LIMIT, form));
    return tell(await answerer.answer(form));
  }
}

function isForm(request: IncomingMessage): boolean {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  return type.trim().toLowerCase() === "application/x-www-form-urlencoded";
}
