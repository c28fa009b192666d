import type { AllowedValue, Parameter, ParameterRule } from "./parameter";
import { phrase } from "../words/phrase";

// The rows that several pages share. Where a page differs, `endpoints.ts` says so beside its table.

const YES_NO = (yes: string, no: string): readonly AllowedValue[] => [
  { value: "Y", meaning: yes },
  { value: "N", meaning: no },
];

export const loginName: Parameter = {
  name: "loginName",
  role: "sign-in",
  type: "string",
  maxLength: 64,
  description: "Your account username. This value is case sensitive.",
};

export const loginPassword: Parameter = {
  name: "loginPassword",
  role: "sign-in",
  type: "string",
  secret: true,
  maxLength: 128,
  description: "Your account password. This value is case sensitive.",
};

export const orderNumber: Parameter = {
  name: "orderNumber",
  role: "order",
  type: "integer",
  description: "The order number previously returned to your account.",
};

export const collectionCode: Parameter = {
  name: "collectionCode",
  role: "order",
  type: "string",
  secret: true,
  maxLength: 16,
  description: "The collection code provided in the collection e-mail.",
};

export const queryType: Parameter = {
  name: "queryType",
  role: "answer",
  type: "integer",
  required: true,
  description: "Specifies the type of query.",
  values: [
    { value: "0", meaning: "Return the status only." },
    { value: "1", meaning: "Return the status, the certificate and its intermediates and roots, if ready." },
    { value: "2", meaning: "Return the status and the certificate only, no intermediates or roots." },
    { value: "3", meaning: "Return the status and the intermediates and roots only (CA bundle)." },
  ],
};

const RESPONSE_TYPES = {
  zip: { value: "0", meaning: "ZIP archive." },
  netscape: { value: "1", meaning: "Netscape Certificate Sequence." },
  pkcs7: { value: "2", meaning: "PKCS#7." },
  individual: { value: "3", meaning: "Individually encoded." },
  cmmf: { value: "4", meaning: "CMMF (Certificate Management Message Formats)." },
} as const;

export function responseType(...kinds: readonly (keyof typeof RESPONSE_TYPES)[]): Parameter {
  return {
    name: "responseType",
    role: "answer",
    type: "integer",
    description: "Specifies the format of the returned certificate data.",
    values: kinds.map((kind) => RESPONSE_TYPES[kind]),
  };
}

const RESPONSE_ENCODINGS = {
  base64: { value: "0", meaning: "Base64-encoded." },
  binary: { value: "1", meaning: "Binary encoded." },
  script: { value: "2", meaning: "JavaScript variable declarations (g_ccc, g_errorCode, g_errorMessage)." },
} as const;

export function responseEncoding(...kinds: readonly (keyof typeof RESPONSE_ENCODINGS)[]): Parameter {
  return {
    name: "responseEncoding",
    role: "answer",
    type: "integer",
    description: "Specifies the encoding of the returned certificate data.",
    values: kinds.map((kind) => RESPONSE_ENCODINGS[kind]),
  };
}

export const responseMimeType: Parameter = {
  name: "responseMimeType",
  role: "answer",
  type: "string",
  maxLength: 255,
  // RFC 6838 section 4.2, without parameters: the page's examples have none.
  shape: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/,
    name: phrase("a MIME type such as application/x-x509-user-cert"),
  },
  description: "The MIME type of the response.",
  whenOmitted: "text/javascript with responseEncoding=2, otherwise text/plain.",
};

export const showValidityPeriod: Parameter = {
  name: "showValidityPeriod",
  role: "answer",
  type: "char",
  maxLength: 1,
  description: "Specifies whether to show the validity period of the certificate.",
  values: YES_NO("Show the validity period.", "Do not show the validity period."),
  whenOmitted: "N",
};

export const showFQDN: Parameter = {
  name: "showFQDN",
  role: "answer",
  type: "char",
  maxLength: 1,
  description: "Specifies whether to show the fully qualified domain name (FQDN).",
  values: YES_NO("Show the fully qualified domain name.", "Do not show the fully qualified domain name."),
  whenOmitted: "N",
};

export const showExtStatus: Parameter = {
  name: "showExtStatus",
  role: "answer",
  type: "char",
  maxLength: 1,
  description: "Specifies whether to include the certificate and validation statuses.",
  values: YES_NO(
    "Include the certificate and validation statuses.",
    "Do not include the certificate and validation statuses.",
  ),
};

export const responseFormat: Parameter = {
  name: "responseFormat",
  role: "answer",
  type: "char",
  maxLength: 1,
  description: "Specifies the format of the response.",
  values: [
    { value: "0", meaning: "Newline-delimited parameters." },
    { value: "1", meaning: "URL-encoded parameters." },
  ],
  whenOmitted: "0",
};

export const showMDCDomainDetails: Parameter = {
  name: "showMDCDomainDetails",
  role: "answer",
  type: "char",
  maxLength: 1,
  description: "For multi-domain certificates: whether to include each domain name with its DCV status.",
  values: YES_NO("Include the domain names and DCV statuses.", "Do not include the domain names and DCV statuses."),
  whenOmitted: "N",
};

export const showMDCDomainDetails2: Parameter = {
  name: "showMDCDomainDetails2",
  role: "answer",
  type: "char",
  maxLength: 1,
  description:
    "For multi-domain certificates: whether to include each domain name with its DCV status, domains awaiting brand validation included.",
  values: YES_NO("Include the domain names and DCV statuses.", "Do not include the domain names and DCV statuses."),
  whenOmitted: "N",
};

export const showStatusDetails: Parameter = {
  name: "showStatusDetails",
  role: "answer",
  type: "char",
  maxLength: 1,
  description: "Specifies whether to include status details.",
  values: YES_NO("Include the status details.", "Do not include the status details."),
  whenOmitted: "N",
};

export const behaviourVersion: Parameter = {
  name: "behaviourVersion",
  role: "answer",
  type: "integer",
  description: "Specifies the version of behaviour for handling replaced certificates.",
  values: [
    { value: "0", meaning: "The old version." },
    { value: "1", meaning: "The new version with the new error code for the replaced state." },
  ],
};

export const certificateID: Parameter = {
  name: "certificateID",
  role: "order",
  type: "integer",
  maxLength: 16,
  description: "The certificate ID previously returned by AutoApplySSL, AutoReplaceSSL or AutoApplyOrder.",
};

export const baseOrderNumber: Parameter = {
  name: "baseOrderNumber",
  role: "order",
  type: "integer",
  description: "The base order number previously returned to the account.",
};

export const callbackFunctionName: Parameter = {
  name: "callbackFunctionName",
  role: "answer",
  type: "string",
  maxLength: 64,
  // The name is returned as code: accept only a name, so that a saved answer is safe to load as the page intends.
  shape: { pattern: /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/, name: phrase("the name of a JavaScript function") },
  description: "The name of a JavaScript function to be called straight after the variable declarations.",
};

export const required = (parameter: Parameter): Parameter => ({ ...parameter, required: true });

export const STRUCTURE_NEEDS_ALL: ParameterRule = {
  when: { responseType: ["0", "1", "2", "4"] },
  needs: { queryType: ["1"] },
  sentence: phrase("responseType 0, 1, 2 and 4 need queryType=1."),
};

export const BINARY_NEEDS_ALL: ParameterRule = {
  when: { responseEncoding: ["1"] },
  needs: { queryType: ["1"] },
  sentence: phrase("responseEncoding=1 needs queryType=1."),
};

/** The CCC, PAC and SMIME pages say "0 or 2", but have no responseType 0. */
export const BINARY_NEEDS_PKCS7: ParameterRule = {
  when: { responseEncoding: ["1"] },
  needs: { responseType: ["2"] },
  sentence: phrase("responseEncoding=1 needs responseType=2."),
};

export const BINARY_NEEDS_STRUCTURE: ParameterRule = {
  when: { responseEncoding: ["1"] },
  needs: { responseType: ["0", "2"] },
  sentence: phrase("responseEncoding=1 needs responseType=0 or 2."),
};
