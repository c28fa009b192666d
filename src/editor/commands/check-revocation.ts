import {
  checkPathRevocation,
  revocableOf,
  revocationContacts,
  type PathRevocation,
} from "../../certificates/revocation/path-revocation";
import { withPrivateAddresses } from "../../certificates/checks/private-answers";
import type { RevocationState } from "../../certificates/revocation/revocation";
import { called } from "../../certificates/checks/words";
import { revocationToNote } from "../../orders/model/concerns";
import type { Tone } from "../../certificates/details/page";
import type { RevocationFact } from "../../certificates/details/verdict";
import { knownAuthorities } from "../../certificates/knowledge/in-use";
import { createStatusFetch } from "../../net/status-fetch";
import type { Program } from "../window/program";
import { askedCertificates, reportOnPage, type AskedCertificates } from "./asked-certificates";
import { mayCall, mayCallAddresses } from "./consent";
import { showAnswer } from "./result-messages";
import { showInformation, withProgress } from "../base/messages";
import { inEnglish } from "../../words/localize";
import { localize } from "../base/localize";

/** The result of {@link checkRevocation}. */
export interface RevocationOutcome {
  /** The state of the first certificate; "revoked" also when one above it was revoked. */
  readonly state: RevocationState;
  readonly certificates: readonly {
    readonly subject: string;
    readonly serialNumber: string;
    readonly state: RevocationState;
    /** When it was revoked, epoch ms, and the reason in the words of RFC 5280. */
    readonly since?: number;
    readonly reason?: string;
    readonly message: string;
  }[];
}

/** Asks the CA's servers, once a person has agreed, whether a certificate or one of the CAs above it was revoked. */
export async function checkRevocation(program: Program, argument: unknown): Promise<RevocationOutcome | undefined> {
  const certificates = await askedCertificates(
    program,
    argument,
    localize("Choose a certificate to check for revocation"),
  );
  if (certificates === undefined) return undefined;
  const { chain, name } = certificates;
  const revocable = await revocableOf(chain.path, await knownAuthorities());
  const contacts = revocationContacts(revocable);
  if (contacts.length === 0) {
    void showInformation(localize("{0} does not name a service that provides its revocation status.", name));
    return outcomeOf([]);
  }
  if (!(await mayCall(localize("Ask the CA's servers whether {0} was revoked?", name), contacts))) return undefined;
  const checks = await withProgress(localize("Checking whether {0} was revoked", name), async (signal) => {
    const fetch = withPrivateAddresses(createStatusFetch(), mayCallAddresses);
    const found = await checkPathRevocation(revocable, { fetch, signal, now: Date.now() });
    return signal.aborted ? undefined : found;
  });
  if (checks === undefined) return undefined;
  const outcome = outcomeOf(checks);
  await note(program, certificates, outcome);
  const results = checks.map(({ member, state, message }) => ({
    tone: TONES[state],
    words: localize("{0}: {1}", called(member.certificate), message),
  }));
  reportOnPage(certificates, { title: localize("Revocation"), results }, factOf(outcome));
  showAnswer(results);
  return outcome;
}

/**
 * Stores the result with every order that has this certificate, wherever it was asked from: a row must not call a
 * revoked certificate ready. A server that gave no answer takes nothing back.
 */
async function note({ collector }: Program, { leaf }: AskedCertificates, found: RevocationOutcome): Promise<void> {
  const { sha256 } = leaf.certificate.fingerprints;
  const { since, issuer } = factOf(found);
  // Rows show only the newest certificate; what was noted of an older one may be taken back.
  const orders = [...collector.book.orders()].filter(
    ({ certificates: [newest], revocation }) => newest?.leaf === sha256 || revocation?.leaf === sha256,
  );
  await collector.book.record(
    orders.flatMap(({ id, revocation }) => {
      const state = revocationToNote(found.state, revocation?.leaf === sha256 ? revocation.state : undefined);
      if (state === undefined) return [];
      return {
        type: "revocation",
        id,
        leaf: sha256,
        state,
        ...(state === "revoked" && since !== undefined && { since }),
        ...(state === "revoked" && issuer && { issuer }),
      };
    }),
  );
}

/** What was found, for the journal and for the page's verdict. */
function factOf({ state, certificates }: RevocationOutcome): Omit<RevocationFact, "asked"> {
  if (state !== "revoked") return { state: state === "good" ? "good" : "unknown" };
  const revoked = certificates.find((each) => each.state === "revoked");
  return {
    state,
    ...(revoked?.since !== undefined && { since: revoked.since }),
    ...(revoked !== certificates[0] && { issuer: true }),
  };
}

const TONES: Readonly<Record<RevocationState, Tone>> = {
  good: "good",
  revoked: "bad",
  unknown: "attention",
  "not-reachable": "attention",
  "cannot-check": "attention",
};

function outcomeOf(checks: readonly PathRevocation[]): RevocationOutcome {
  const isRevoked = checks.some(({ state }) => state === "revoked");
  return {
    state: isRevoked ? "revoked" : (checks[0]?.state ?? "cannot-check"),
    certificates: checks.map(({ member: { certificate }, state, since, reason, message }) => ({
      subject: certificate.subject.text,
      serialNumber: certificate.serialNumber.hex.toUpperCase(),
      state,
      ...(since !== undefined && { since }),
      ...(reason !== undefined && { reason }),
      message: inEnglish(message),
    })),
  };
}
