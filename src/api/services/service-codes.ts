import type { ServiceAfterwards } from "./service-result";

const VERDICTS: Readonly<Partial<Record<number, ServiceAfterwards>>> = {
  [-1]: "bug",
  [-2]: "bug",
  [-14]: "later",
  [-16]: "sign-in",
  [-17]: "bug",
  [-42]: "hours",
  [-90]: "not-enabled",
  [-91]: "not-enabled",
  // The issuer of mark certificates failed.
  [-160]: "later",
  [-162]: "later",
};

const SIGN_IN = ["loginname", "loginpassword"];
const ORDER = ["ordernumber", "certificateid", "baseordernumber"];

/**
 * What a refusal of a service is about.
 * @param code negative
 * @param field the argument at fault, if the answer names one, in upper or lower case
 */
export function judgeServiceCode(code: number, field: string | undefined): ServiceAfterwards {
  if (code !== -3 && code !== -4) return VERDICTS[code] ?? "order";
  const name = field?.toLowerCase();
  if (name !== undefined && SIGN_IN.includes(name)) return "sign-in";
  return code === -4 && (name === undefined || ORDER.includes(name)) ? "order" : "bug";
}
