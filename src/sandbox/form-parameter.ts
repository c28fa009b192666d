/** What the tables on the CA's pages say of one argument of a form, and how its value is checked. */
export interface FormParameter {
  readonly name: string;
  readonly required?: true;
  /** Characters, or digits of an integer. */
  readonly max?: number;
  /** `char` is Y or N. A list names the integers that are allowed. */
  readonly type: "string" | "integer" | "char" | readonly number[];
  /** An additional pattern of a string. */
  readonly shape?: RegExp;
}

/** The parsed form: strings as sent, integers without leading zeros, and no parameters that were not sent. */
export type RequestParameters = ReadonlyMap<string, string>;

/** Every call has one, unless its page says otherwise. */
export const LOGIN: readonly FormParameter[] = [
  { name: "loginName", required: true, type: "string", max: 64 },
  { name: "loginPassword", required: true, type: "string", max: 128 },
];

/** Whether a value is one that its table allows. An empty one never is. */
export function allowed({ type, max, shape }: FormParameter, value: string): boolean {
  if (value === "" || (max !== undefined && value.length > max)) return false;
  if (type === "string") return shape?.test(value) ?? true;
  if (type === "char") return value === "Y" || value === "N";
  if (!/^\d{1,128}$/.test(value)) return false;
  // The sample on CollectCCC's page sends queryType=01.
  return type === "integer" || type.includes(Number(value));
}

/** A value as the rest of the sandbox compares it: integers without leading zeros. */
export function normalised({ type }: FormParameter, value: string): string {
  return type === "string" || type === "char" ? value : value.replace(/^0+(?=\d)/, "");
}
