import type { Duplex } from "node:stream";
import { currentRequestId, requestIdHeader } from "#report/request-context.ts";

/** Answers an upgrade with a status and ends the socket, whether or not the client ever ends its side. */
export function refuseUpgrade(socket: Duplex, status: string, ...headers: readonly string[]): void {
  const named = [...headers, `${requestIdHeader}: ${currentRequestId()}`];
  socket.once("finish", () => socket.destroy());
  socket.end([`HTTP/1.1 ${status}`, ...named, "Connection: close", "Content-Length: 0", "", ""].join("\r\n"));
}
