import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { send } from "../body";
import type { Served } from "./web-sites";

/** ms between two bytes of a slow answer. */
const PAUSE = 500;

const CHUNK = Buffer.alloc(16 * 1024, "sandbox ");

/** What answers for the hosts of the sandbox. @param path with the query */
export type ServeHost = (host: string, path: string) => Served;

/** The listener of the port for http or for https. */
export function hostListener(serve: ServeHost): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return send(response, 405, "text/plain", "Use GET.", { Allow: "GET, HEAD" });
    }
    const served = serve(hostOf(request), request.url ?? "/");
    switch (served.pace) {
      case undefined:
        response.writeHead(served.status, {
          "Content-Length": served.body.length,
          Connection: "close",
          ...served.headers,
        });
        response.end(served.body);
        return;
      case "silent":
        return;
      case "slow":
        return trickle(response, served);
      case "endless":
        response.writeHead(served.status, served.headers);
        return pour(response);
    }
  };
}

/** Without its port. */
function hostOf({ headers }: IncomingMessage): string {
  const host = headers.host ?? "";
  return host.split(":", 1)[0] ?? "";
}

function trickle(response: ServerResponse, { status, headers, body }: Served): void {
  response.writeHead(status, headers);
  let place = 0;
  const next = (): void => {
    if (place < body.length) response.write(body.subarray(place, ++place));
    else response.end();
  };
  next();
  const timer = setInterval(next, PAUSE);
  response.once("close", () => clearInterval(timer));
}

function pour(response: ServerResponse): void {
  while (!response.destroyed && response.write(CHUNK));
  if (!response.destroyed) response.once("drain", () => pour(response));
}
