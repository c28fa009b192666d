import type { DomainStatus, StatusStep, StepState } from "./result";

/** A status of CollectSSL's showStatusDetails, in the order in which a person works through them. */
interface KnownStatus {
  /** In lower case: the page spells ovCallbackStatus in two ways. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  /** Who must act while it is "not completed" (0). */
  readonly open: Todo;
  /** Who must act while it is "in progress" (2). */
  readonly progress: Todo;
}

interface Todo {
  readonly who: "you" | "ca";
  readonly next: string;
}

const you = (next: string): Todo => ({ who: "you", next });
const ca = (next: string): Todo => ({ who: "ca", next });

const VALIDATES = ca("The CA checks this; answer if it asks for documents.");

const STATUSES: readonly KnownStatus[] = [
  {
    key: "csrstatus",
    id: "csrStatus",
    title: "Certificate signing request",
    open: you("Submit the certificate signing request (CSR) of the order."),
    progress: ca("The CA checks the certificate signing request (CSR)."),
  },
  {
    key: "dcvstatus",
    id: "dcvStatus",
    title: "Domain control validation",
    open: you("Finish domain control validation (by e-mail, file or DNS, as ordered)."),
    progress: ca("The CA checks domain control; keep the file or DNS record in place until it is done."),
  },
  {
    key: "brandvalstatus",
    id: "brandValStatus",
    title: "Brand validation",
    open: ca("The CA reviews the domain names by hand."),
    progress: ca("The CA reviews the domain names by hand."),
  },
  {
    key: "freedvupstatus",
    id: "freeDVUPStatus",
    title: "Free DV upgrade",
    open: ca("The CA issues a domain-validated certificate for the time until validation is complete."),
    progress: ca("The CA issues a domain-validated certificate for the time until validation is complete."),
  },
  {
    key: "mastatus",
    id: "maStatus",
    title: "Enterprise Authentication for Instant Issuance",
    open: ca("No record was applied; the CA validates the organization by hand."),
    progress: you("Confirm the organization record that the CA found: it waits for you to agree before applying it."),
  },
  {
    key: "organizationvalidationstatus",
    id: "organizationValidationStatus",
    title: "Organization validation",
    open: VALIDATES,
    progress: VALIDATES,
  },
  {
    key: "ovcallbackstatus",
    id: "ovCallbackStatus",
    title: "Verification call",
    open: you("Schedule or take the CA's verification call on the organization's published telephone number."),
    progress: you("Take the CA's verification call on the organization's published telephone number."),
  },
  {
    // Not for EV alone: since August 2024 it is asked for OV SSL, code signing and S/MIME as well.
    key: "evclickthroughstatus",
    id: "evClickThroughStatus",
    title: "Subscriber agreement (click-through)",
    open: you("Accept the subscriber agreement by the link in the CA's e-mail."),
    progress: you("Accept the subscriber agreement by the link in the CA's e-mail."),
  },
  {
    key: "evlegalexistence",
    id: "evLegalExistence",
    title: "EV: legal existence",
    open: VALIDATES,
    progress: VALIDATES,
  },
  { key: "evassumedname", id: "evAssumedName", title: "EV: assumed name", open: VALIDATES, progress: VALIDATES },
  {
    key: "evphysicalexistence",
    id: "evPhysicalExistence",
    title: "EV: physical existence",
    open: VALIDATES,
    progress: VALIDATES,
  },
  {
    key: "evoperationalexistence",
    id: "evOperationalExistence",
    title: "EV: operational existence",
    open: VALIDATES,
    progress: VALIDATES,
  },
  {
    key: "evsignerapproverrequester",
    id: "evSignerApproverRequester",
    title: "EV: signer, approver and requester",
    open: VALIDATES,
    progress: VALIDATES,
  },
  {
    key: "evsignersecondapproval",
    id: "evSignerSecondApproval",
    title: "EV: second approval",
    open: ca("A second validator of the CA approves."),
    progress: ca("A second validator of the CA approves."),
  },
];

/** The names under which an answer may give a status, in lower case. */
export function isStatusName(name: string): boolean {
  return STATUSES.some(({ key }) => key === name.toLowerCase());
}

/**
 * The validation steps in the order in which a person works through them: each status in the answer, the domains below
 * domain control validation, and the CAA check.
 * @param statuses by the CA's name, in any case of letters; values as the page lists them, others are left out
 */
export function describeSteps(
  statuses: ReadonlyMap<string, string>,
  domains: readonly DomainStatus[],
  caa: string | undefined,
): StatusStep[] {
  const values = new Map([...statuses].map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const steps: StatusStep[] = [];
  for (const status of STATUSES) {
    const step = describeStatus(status, values.get(status.key));
    if (step !== undefined) steps.push(step);
    if (status.id === "dcvStatus") {
      for (const domain of domains) steps.push(describeDomain(domain));
      if (caa !== undefined && caa !== "") steps.push(describeCaa(caa));
    }
  }
  return steps;
}

function describeStatus({ id, title, open, progress }: KnownStatus, value: string | undefined): StatusStep | undefined {
  const step = (state: StepState, next: string): StatusStep => ({ id, state, title, next });
  switch (value) {
    case "-1":
      return step("not-needed", "");
    case "0":
      return step(open.who, open.next);
    case "1":
      return step("done", "");
    case "2":
      return step(progress.who, progress.next);
    case "3":
      // The page has 3 only for maStatus.
      return step("rejected", "It was rejected; look at the order in the CA's portal.");
    default:
      return undefined;
  }
}

/** No endpoint returns the validation method or the record to publish, so the sentence only says what is known. */
function describeDomain({ domain, status }: DomainStatus): StatusStep {
  const id = `domain:${domain}`;
  switch (status) {
    case "VALIDATED":
      return { id, state: "done", title: domain, next: "" };
    case "NOTVALIDATED":
      return {
        id,
        state: "you",
        title: domain,
        next: "Finish domain control validation of this domain (by e-mail, file or DNS, as ordered).",
      };
    case "AWAITINGBRAND":
      return { id, state: "ca", title: domain, next: "The CA reviews this domain name by hand." };
    default:
      return { id, state: "ca", title: domain, next: `The CA says “${status}”.` };
  }
}

const CAA_STEPS: ReadonlyMap<string, Todo | "done"> = new Map(
  Object.entries<Todo | "done">({
    authorized: "done",
    // No CAA record restricts who may issue (RFC 8659 section 3).
    empty: "done",
    "awaiting completion": ca("The CA looks for CAA records in DNS."),
    "not authorized": you("Publish a CAA record that authorizes sectigo.com, or remove the ones that forbid it."),
    "unrecognized critical tag": you(
      "Remove the CAA record with the critical flag and a tag that the CA does not know.",
    ),
    "malformed response": you("Fix the DNS servers of the domain: their answer about CAA records could not be read."),
    timeout: you("Fix the DNS servers of the domain: they did not answer the query for CAA records in time."),
    error: you("Fix the DNS servers of the domain: the query for CAA records failed."),
  }),
);

function describeCaa(text: string): StatusStep {
  const words = text.trim().toLowerCase();
  // "Error xxx", the number of a CAA check that failed.
  const known = CAA_STEPS.get(/^error\s+\d+$/.test(words) ? "error" : words);
  const title = "CAA check";
  if (known === "done") return { id: "caaStatus", state: "done", title, next: "" };
  if (known === undefined) return { id: "caaStatus", state: "ca", title, next: `The CA says “${text}”.` };
  return { id: "caaStatus", state: known.who, title, next: known.next };
}

/** Whether a line of the newline form is a result of the CAA check. */
export function isCaaText(line: string): boolean {
  const words = line.trim().toLowerCase();
  return CAA_STEPS.has(words) || /^error\s+\d+$/.test(words);
}
