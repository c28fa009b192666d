import { SERVICE_NAMES } from "../../api/services/service";
import type {
  AgreementMail,
  CaStep,
  DomainMethod,
  OrderedDomain,
  ServiceAfterwards,
} from "../../api/services/service-result";
import { memberOf, oneOf, optional, record, time, variants, type FieldShapes, type VariantOf } from "../../shape/shape";
import type { ReportedRow } from "../model/reported";
import type { ServiceOutcome } from "../model/service-outcome";
import type { ValidationNote } from "../model/validation";
import type { ReportRound } from "./events";
import { code, count, id, items, stepState, lineText } from "./line-shapes";
import { saidMessageFields } from "./phrase-shape";

// The parts of lines about the CA's services.

export const serviceName = oneOf(...SERVICE_NAMES);

export const reportedRow = record<ReportedRow>({
  status: optional(lineText),
  type: optional(lineText),
  domains: optional(items(lineText)),
  certificateID: optional(lineText),
  serialNumber: optional(lineText),
  notAfter: optional(time),
});

export const validation: FieldShapes<Omit<ValidationNote, "at">> = {
  from: items(serviceName),
  orderStatus: optional(lineText),
  steps: items(
    record<CaStep>({
      id: lineText,
      title: lineText,
      status: lineText,
      description: optional(lineText),
      state: optional(stepState),
    }),
  ),
  domains: items(
    record<OrderedDomain>({
      domain: lineText,
      method: optional(memberOf<DomainMethod>({ email: true, http: true, https: true, cname: true, other: true })),
      methodWord: optional(lineText),
      isPrevalidated: optional(oneOf(true)),
      status: optional(lineText),
      state: optional(stepState),
    }),
  ),
  agreement: optional(record<AgreementMail>({ lastSent: optional(lineText), lastOpened: optional(lineText) })),
  caaErrors: items(lineText),
};

export const serviceOutcome = variants<ServiceOutcome, "kind">("kind", {
  answered: record({ kind: oneOf("answered") }),
  refused: record<VariantOf<ServiceOutcome, "kind", "refused">>({
    kind: oneOf("refused"),
    code,
    message: lineText,
    after: memberOf<ServiceAfterwards>({
      ...{ "sign-in": true, "not-enabled": true, hours: true, later: true, order: true, bug: true },
    }),
  }),
  "not-understood": record<VariantOf<ServiceOutcome, "kind", "not-understood">>({
    kind: oneOf("not-understood"),
    code: lineText,
    ...saidMessageFields,
    retryAfter: optional(count),
  }),
  failed: record<VariantOf<ServiceOutcome, "kind", "failed">>({
    kind: oneOf("failed"),
    code: lineText,
    ...saidMessageFields,
  }),
});

export const round = record<ReportRound>({ began: time, through: optional(id) });
