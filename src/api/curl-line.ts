import { callValues, type CollectCall } from "./client";
import type { ParameterName } from "./parameter";
import { buildRequest } from "./request";

/** An order's call, and what it needs, without any secret. */
export interface CurlCall extends Pick<CollectCall, "host" | "product" | "reference"> {
  /** Absent if a collection code alone fetches the certificate. */
  readonly loginName?: string;
  readonly hasCode: boolean;
  /** Path of the PEM file with the only certification authority to trust. */
  readonly authority?: string;
}

/** A command line, and the variables that it reads. */
export interface CurlLine {
  readonly line: string;
  readonly variables: readonly string[];
}

/** Where the shell has each secret. */
const VARIABLES = { loginPassword: "SECTIGO_PASSWORD", collectionCode: "SECTIGO_CODE" } as const;

type Secret = keyof typeof VARIABLES;

/** Digits, which every parameter takes. */
const PLACEHOLDER = "0000000000";

/**
 * The request that the program sends for an order, as a command line for a POSIX shell. Secrets are read from variables
 * of the shell and go to curl through pipes, since other users of a computer see the arguments of a process. Where a
 * variable is empty nothing is called: an empty password would count as a wrong one. What comes from outside is
 * percent-encoded and in single quotes, so it cannot end these (POSIX.1 2.2.2).
 * @throws RequestError when the call breaks a rule of its page
 */
export function curlLine({ host, product, reference, loginName, hasCode, authority }: CurlCall): CurlLine {
  const values = callValues({
    ...{ host, product, reference },
    ...(loginName !== undefined && { credentials: { loginName, loginPassword: PLACEHOLDER } }),
    ...(hasCode && { collectionCode: PLACEHOLDER }),
  });
  const { url, body } = buildRequest(host, product, values);
  const form = new URLSearchParams(body);
  const [first, second] = (Object.keys(VARIABLES) as Secret[]).filter((name) => form.has(name));
  for (const name of Object.keys(VARIABLES)) form.delete(name);
  const options = [
    ...["curl", "--silent", "--show-error"],
    ...(authority === undefined ? [] : ["--cacert", quoted(authority)]),
    ...["--data", quoted(form.toString())],
    ...(second === undefined ? [] : [secretOption(second, "/dev/fd/3")]),
    ...(first === undefined ? [] : [secretOption(first, "-")]),
    quoted(url),
  ];
  const call = piped(first, options.join(" "));
  const whole = second === undefined ? call : `${piped(second, `{ ${call}; }`)} 3<&0`;
  const variables = [first, second].flatMap((name) => (name === undefined ? [] : VARIABLES[name]));
  return { line: [...variables.map((name) => `: "\${${name}:?}"`), whole].join(" && "), variables };
}

/** curl encodes what it reads, line ends too. */
const secretOption = (name: ParameterName, from: string): string => `--data-urlencode ${name}@${from}`;

const piped = (secret: Secret | undefined, command: string): string =>
  secret === undefined ? command : `printf %s "$${VARIABLES[secret]}" | ${command}`;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
