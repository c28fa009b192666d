/** The keywords that the schema of the order file uses; those that say nothing about validity do nothing. */
const KEYWORDS: Readonly<Record<string, (wanted: never, value: unknown, schema: Schema, root: Schema) => boolean>> = {
  $ref: (wanted: string, value, _, root) => check(definition(root, wanted), value, root),
  type: (wanted: string, value) => wanted === (Array.isArray(value) ? "array" : value === null ? "null" : typeof value),
  const: (wanted: unknown, value) => value === wanted,
  enum: (wanted: unknown[], value) => wanted.includes(value),
  required: (wanted: string[], value) => !isObject(value) || wanted.every((name) => Object.hasOwn(value, name)),
  properties: (wanted: Record<string, Schema>, value, _, root) =>
    !isObject(value) ||
    Object.entries(wanted).every(([name, schema]) => !Object.hasOwn(value, name) || check(schema, value[name], root)),
  additionalProperties: (_: false, value, { properties }) =>
    !isObject(value) || Object.keys(value).every((name) => Object.hasOwn(properties ?? {}, name)),
  minProperties: (wanted: number, value) => !isObject(value) || Object.keys(value).length >= wanted,
  items: (wanted: Schema, value, _, root) => !Array.isArray(value) || value.every((item) => check(wanted, item, root)),
  maxItems: (wanted: number, value) => !Array.isArray(value) || value.length <= wanted,
  maxLength: (wanted: number, value) => typeof value !== "string" || [...value].length <= wanted,
  pattern: (wanted: string, value) => typeof value !== "string" || new RegExp(wanted, "u").test(value),
  oneOf: (wanted: Schema[], value, _, root) => wanted.filter((schema) => check(schema, value, root)).length === 1,
  ...Object.fromEntries(
    [
      "$schema",
      "title",
      "description",
      "definitions",
      "defaultSnippets",
      "enumDescriptions",
      "patternErrorMessage",
    ].map((name) => [name, () => true]),
  ),
};

export interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/**
 * Whether a value is as a schema (draft-07) wants it, for the few keywords that ours uses.
 * @throws Error for any other keyword: then this check would know less than the schema says
 */
export function check(schema: Schema, value: unknown, root = schema): boolean {
  return Object.entries(schema).every(([keyword, wanted]) => {
    const known = KEYWORDS[keyword];
    if (known === undefined) throw new Error(`no check for ${keyword}`);
    return known(wanted as never, value, schema, root);
  });
}

function definition({ definitions }: Schema, pointer: string): Schema {
  const found = (definitions as Record<string, Schema>)[pointer.replace("#/definitions/", "")];
  if (found === undefined) throw new Error(`no ${pointer}`);
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
