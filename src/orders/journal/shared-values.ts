import type { StatusDetail, StatusStep } from "../../api/result";
import type { ReportedRow } from "../model/reported";
import { NUMBER_KINDS, type OrderReference } from "../model/order";

const BY_CODE: OrderReference = { kind: "collectionCode" };

/** Values that are kept: a CA that sends another word each time must not fill the memory with them. */
const MAX_SHARED = 4_096;

/** Each value that thousands of orders have in common once: issuers, the CA's words, tags, names of accounts. */
export class SharedValues {
  private readonly known = new Map<string, string>();
  private readonly steps = new Map<string, StatusStep>();

  /** The first text that is equal to this one. */
  text(text: string): string {
    return shared(this.known, text, text);
  }

  texts(texts: readonly string[]): readonly string[] {
    return texts.map((text) => this.text(text));
  }

  reference(reference: OrderReference): OrderReference {
    if (reference.kind === "collectionCode") return BY_CODE;
    // The table's text instead of the line's.
    const kind = NUMBER_KINDS.find((each) => each === reference.kind) ?? reference.kind;
    return { kind, value: reference.value };
  }

  /** A row of a report with what other orders' rows say, too. */
  reportedRow({ status, type, ...row }: ReportedRow): ReportedRow {
    return {
      ...row,
      ...(status !== undefined && { status: this.text(status) }),
      ...(type !== undefined && { type: this.text(type) }),
    };
  }

  /** A status detail with what other orders' details say, too. */
  detail(detail: StatusDetail): StatusDetail {
    const { certificateStatus, validationStatus, steps } = detail;
    return {
      ...detail,
      ...(certificateStatus !== undefined && { certificateStatus: this.text(certificateStatus) }),
      ...(validationStatus !== undefined && { validationStatus: this.text(validationStatus) }),
      ...(steps && { steps: steps.map((step) => this.step(step)) }),
    };
  }

  /** Steps for which there is nothing to do are the same for all orders; the others name a domain. */
  private step({ id, state, title, next }: StatusStep): StatusStep {
    const step = { id, state, title: this.text(title), next };
    return next === "" ? shared(this.steps, `${state}\n${id}\n${title}`, step) : step;
  }
}

function shared<T>(known: Map<string, T>, key: string, value: T): T {
  const first = known.get(key);
  if (first !== undefined) return first;
  if (known.size < MAX_SHARED) known.set(key, value);
  return value;
}
