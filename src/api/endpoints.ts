import * as p from "./parameters";
import type { Parameter, ParameterName, ParameterRule } from "./parameter";
import type { Product } from "./product";
import { phrase } from "../words/phrase";

/** What one page of the CA documents. */
export interface Endpoint {
  readonly product: Product;
  /** The CA's name, for instance "CollectSSL". */
  readonly name: string;
  readonly path: `/products/download/Collect${string}`;
  /** The address of the table. */
  readonly page: string;
  /** In the order of the questions: each rule reads the parameters up to one, and decides about that one. */
  readonly parameters: readonly Parameter[];
  readonly rules: readonly ParameterRule[];
}

const LOGIN = [p.required(p.loginName), p.required(p.loginPassword)];

const ssl: Endpoint = {
  product: "ssl",
  name: "CollectSSL",
  path: "/products/download/CollectSSL",
  page: "https://docs.sectigo.com/sps/collect-ssl/request",
  parameters: [
    ...LOGIN,
    { ...p.orderNumber, type: "string", maxLength: 128 },
    p.certificateID,
    p.baseOrderNumber,
    p.queryType,
    p.responseType("zip", "netscape", "pkcs7", "individual"),
    p.responseEncoding("base64", "binary"),
    p.showValidityPeriod,
    p.showFQDN,
    p.showExtStatus,
    p.responseFormat,
    p.showMDCDomainDetails,
    p.showMDCDomainDetails2,
    p.showStatusDetails,
    p.behaviourVersion,
  ],
  rules: [
    {
      // The table marks all three optional; the CA's changelog says that one is needed.
      when: { orderNumber: "omitted", certificateID: "omitted" },
      needs: { baseOrderNumber: "given" },
      sentence: phrase("One of orderNumber, certificateID and baseOrderNumber is needed."),
    },
    p.STRUCTURE_NEEDS_ALL,
    p.BINARY_NEEDS_ALL,
    p.BINARY_NEEDS_STRUCTURE,
    {
      // "Relevant when responseEncoding=0": refused elsewhere, so that nobody waits for an answer that cannot come.
      when: { responseEncoding: ["1"] },
      needs: { responseFormat: "omitted" },
      sentence: phrase("responseFormat can be sent with responseEncoding=0 only."),
    },
  ],
};

const smime: Endpoint = {
  product: "smime",
  name: "CollectSMIME",
  path: "/products/download/CollectSMIME",
  page: "https://docs.sectigo.com/sps/collect-smime/request",
  parameters: [
    ...LOGIN,
    p.required(p.orderNumber),
    p.queryType,
    p.responseType("netscape", "pkcs7", "individual", "cmmf"),
    p.responseEncoding("base64", "binary"),
    p.showValidityPeriod,
  ],
  rules: [p.STRUCTURE_NEEDS_ALL, p.BINARY_NEEDS_ALL, p.BINARY_NEEDS_PKCS7],
};

const WITHOUT_CODE: ParameterRule = {
  when: { collectionCode: "omitted" },
  needs: { loginName: "given", loginPassword: "given", orderNumber: "given" },
  sentence: phrase("Without a collectionCode, loginName, loginPassword and orderNumber are needed."),
};

const ccc: Endpoint = {
  product: "ccc",
  name: "CollectCCC",
  path: "/products/download/CollectCCC",
  page: "https://docs.sectigo.com/sps/collect-ccc/request",
  // The page says "required" for loginName, loginPassword and orderNumber, and says at collectionCode that it replaces
  // them.
  parameters: [
    p.collectionCode,
    p.loginName,
    p.loginPassword,
    p.orderNumber,
    p.queryType,
    p.responseType("netscape", "pkcs7", "individual", "cmmf"),
    p.responseEncoding("base64", "binary", "script"),
    p.callbackFunctionName,
    p.responseMimeType,
    p.showValidityPeriod,
  ],
  rules: [
    WITHOUT_CODE,
    {
      when: { collectionCode: "given" },
      needs: { loginName: "omitted", loginPassword: "omitted", orderNumber: "omitted" },
      sentence: phrase("With a collectionCode, loginName, loginPassword and orderNumber must be left out."),
    },
    p.STRUCTURE_NEEDS_ALL,
    p.BINARY_NEEDS_ALL,
    p.BINARY_NEEDS_PKCS7,
    {
      when: { responseEncoding: [undefined, "0", "1"] },
      needs: { callbackFunctionName: "omitted" },
      sentence: phrase("callbackFunctionName needs responseEncoding=2."),
    },
  ],
};

const pac: Endpoint = {
  product: "pac",
  name: "CollectPAC",
  path: "/products/download/CollectPAC",
  page: "https://docs.sectigo.com/sps/collect-pac/request",
  // The page marks collectionCode and the login required, and then says "if specified": a code alone, a login with an
  // order number and a login with a code are all accepted.
  parameters: [
    p.collectionCode,
    p.loginName,
    p.loginPassword,
    p.orderNumber,
    p.queryType,
    { ...p.responseType("netscape", "pkcs7", "individual", "cmmf"), whenOmitted: "3" },
    { ...p.responseEncoding("base64", "binary", "script"), whenOmitted: "0" },
    p.responseMimeType,
    p.showValidityPeriod,
  ],
  rules: [
    WITHOUT_CODE,
    {
      when: { loginName: "given" },
      needs: { loginPassword: "given" },
      sentence: phrase("loginName needs loginPassword."),
    },
    {
      when: { loginName: "omitted" },
      needs: { loginPassword: "omitted", orderNumber: "omitted" },
      sentence: phrase("loginPassword and orderNumber need loginName."),
    },
    p.STRUCTURE_NEEDS_ALL,
    p.BINARY_NEEDS_ALL,
    p.BINARY_NEEDS_PKCS7,
  ],
};

const mc: Endpoint = {
  product: "mc",
  name: "CollectMC",
  path: "/products/download/CollectMC",
  page: "https://docs.sectigo.com/sps/collect-mc/request",
  parameters: [
    ...LOGIN,
    p.required(p.orderNumber),
    // The table lists 0 and 2; the CA's changelog adds 3, and its samples show 2 with Base64.
    p.responseType("zip", "pkcs7", "individual"),
    p.responseEncoding("base64", "binary"),
  ],
  rules: [
    {
      when: { responseType: ["0"] },
      needs: { responseEncoding: ["1"] },
      sentence: phrase("responseType=0 needs responseEncoding=1."),
    },
    p.BINARY_NEEDS_STRUCTURE,
  ],
};

export const ENDPOINTS: Readonly<Record<Product, Endpoint>> = { ssl, smime, ccc, pac, mc };

export function parameterOf(endpoint: Endpoint, name: ParameterName): Parameter | undefined {
  return endpoint.parameters.find((parameter) => parameter.name === name);
}

/** The parameters of any endpoint whose values are never shown, logged or put into an error. */
export const SECRET_PARAMETERS: readonly ParameterName[] = [p.loginPassword.name, p.collectionCode.name];
