import type { IncomingMessage, ServerResponse } from "node:http";

/** The bytes of a request, or undefined if there are more than `limit`. @throws when the caller breaks off */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The stream must outlive a body that is too large, so that an answer can be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Ends a response. The connection is closed after anything but 200, since the request may not have been read. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    "Content-Type": contentType,
    "Content-Length": bytes.length,
    "Cache-Control": "no-store",
    ...(status !== 200 && { Connection: "close" }),
    ...headers,
  });
  response.end(bytes);
}
