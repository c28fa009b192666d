import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LOOPBACK } from "./domains/zones";

export type SandboxErrorCode = "port-in-use" | "port-refused" | "cannot-listen" | "no-such-order";

export class SandboxError extends Error {
  override readonly name = "SandboxError";

  constructor(
    readonly code: SandboxErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Limits against callers that flood. */
const MAX_CONNECTIONS = 256;

/** @returns the port; @throws SandboxError `port-in-use`, `port-refused` or `cannot-listen` */
export async function listen(server: Server, port: number): Promise<number> {
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, LOOPBACK);
  try {
    await once(server, "listening");
  } catch (error) {
    throw listenError(error, port);
  }
  return (server.address() as AddressInfo).port;
}

export function listenError(error: unknown, port: number): SandboxError {
  const errno = error instanceof Error && "code" in error ? error.code : undefined;
  if (errno === "EADDRINUSE") {
    return new SandboxError(
      "port-in-use",
      `Port ${port} on this computer is in use. Choose another port for the sandbox, or 0 for any free port.`,
    );
  }
  if (errno === "EACCES") {
    return new SandboxError(
      "port-refused",
      `You do not have permission to listen on port ${port}. Choose a port from 1024 up, or 0 for any free port.`,
    );
  }
  return new SandboxError("cannot-listen", `The sandbox cannot listen on port ${port} on this computer.`);
}

/** Ends every connection and frees the port. May be called again. */
export async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
