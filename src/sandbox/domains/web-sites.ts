import { belongsTo } from "./zones";

/** How the web server of a host can behave. */
export type WebManner =
  | "well"
  /** http is redirected to https. */
  | "to-https"
  /** The host without `www.` is redirected to the one with it. */
  | "to-www"
  /** Every address is redirected to itself. */
  | "loop"
  /** Redirected to a port that a CA does not ask. */
  | "other-port"
  /** A page of a web application, whatever is asked for. */
  | "page"
  /** A byte-order mark before the file. */
  | "bom"
  /** The file in UTF-16, little-endian. */
  | "utf-16"
  | "forbidden"
  | "failing"
  /** A byte of the file at a time. */
  | "slow"
  /** More and more of it. */
  | "endless"
  /** No answer at all. */
  | "silent";

/** What is sent back. */
export interface Served {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly pace?: "slow" | "endless" | "silent";
}

/** Files that may be published, and bytes of each. */
const MAX_FILES = 500;
export const MAX_FILE = 16 * 1024;

const PLAIN = { "Content-Type": "text/plain" };

const PAGE = `<!doctype html>
<html lang="en"><head><title>Welcome</title></head><body><div id="app">This page needs JavaScript.</div></body></html>
`;

/** The web of the sandbox's domains: files that were published, with a switch per host. */
export class WebSites {
  /** By host and path. */
  private readonly files = new Map<string, Buffer>();
  private readonly manners = new Map<string, WebManner>();

  behave(host: string, manner: WebManner): void {
    this.manners.set(host.toLowerCase(), manner);
  }

  /** @returns false where there are too many files, or it is too large */
  publish(host: string, path: string, contents: Uint8Array): boolean {
    if (this.files.size >= MAX_FILES || contents.length > MAX_FILE) return false;
    this.files.set(`${host.toLowerCase()}${path}`, Buffer.from(contents));
    return true;
  }

  /** Makes a domain and everything below it what it was at the start: empty. */
  restore(domain: string): void {
    const hostOf = (key: string): string => key.split("/", 1)[0] ?? "";
    for (const key of [...this.files.keys()]) if (belongsTo(hostOf(key), domain)) this.files.delete(key);
    for (const host of [...this.manners.keys()]) if (belongsTo(host, domain)) this.manners.delete(host);
  }

  /** @param path as it came, with the query */
  serve(scheme: "http" | "https", host: string, path: string): Served {
    const name = host.toLowerCase();
    const file = this.files.get(`${name}${path}`);
    const manner = this.manners.get(name) ?? "well";
    const plain: Served = file
      ? { status: 200, headers: PLAIN, body: file }
      : { status: 404, headers: PLAIN, body: Buffer.from("Not found.\n") };
    switch (manner) {
      case "well":
        return plain;
      case "to-https":
        return scheme === "https" ? plain : redirected(301, `https://${name}${path}`);
      case "to-www":
        return name.startsWith("www.") ? plain : redirected(302, `${scheme}://www.${name}${path}`);
      case "loop":
        return redirected(302, `${scheme}://${name}${path}`);
      case "other-port":
        return redirected(307, `http://${name}:8080${path}`);
      case "page":
        return { status: 200, headers: { "Content-Type": "text/html; charset=utf-8" }, body: Buffer.from(PAGE) };
      case "bom":
        return { ...plain, body: Buffer.concat([Buffer.from("efbbbf", "hex"), plain.body]) };
      case "utf-16":
        return { ...plain, body: Buffer.from(`\ufeff${Buffer.from(plain.body).toString("utf8")}`, "utf16le") };
      case "forbidden":
        return { status: 403, headers: PLAIN, body: Buffer.from("Forbidden.\n") };
      case "failing":
        return { status: 503, headers: PLAIN, body: Buffer.from("Later.\n") };
      case "slow":
      case "endless":
      case "silent":
        return { ...plain, pace: manner };
    }
  }
}

function redirected(status: number, location: string): Served {
  return { status, headers: { ...PLAIN, Location: location }, body: Buffer.from("Moved.\n") };
}
