import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, send } from "./body";
import type { Orders } from "./orders";

/** Where the sandbox gives out private keys, which no CA does: an applicant would have kept theirs. */
export const KEY_PATH = "/sandbox/private-key";

/** Bytes of a form with a serial number. */
const MAX_FORM = 1024;

/**
 * Gives whoever asks the private key of a certificate that this sandbox issued, so that saving for servers that want
 * one can be tried. A POST of `serialNumber` in hex is answered with PKCS#8 in PEM, or with 404 for any other
 * certificate.
 */
export class KeyService {
  constructor(private readonly orders: Pick<Orders, "issued">) {}

  /** @returns whether the path was ours */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (request.url !== KEY_PATH) return false;
    if (request.method !== "POST") {
      send(response, 405, "text/plain", "Use POST.", { Allow: "POST" });
      return true;
    }
    const form = new URLSearchParams((await readBody(request, MAX_FORM))?.toString("latin1") ?? "");
    const wanted = form.get("serialNumber")?.toLowerCase();
    const found = (await this.orders.issued()).find(({ certificate }) => certificate.serialNumber === wanted);
    if (found === undefined) {
      send(response, 404, "text/plain", "This sandbox has not issued such a certificate.");
      return true;
    }
    const pem = found.certificate.keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    send(response, 200, "application/x-pem-file", pem);
    return true;
  }
}
