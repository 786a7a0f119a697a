import type { Duplex } from "node:stream";

/** Answers an upgrade with a status and ends the socket, whether or not the client ever ends its side. */
export function refuseUpgrade(socket: Duplex, status: string, ...headers: readonly string[]): void {
  socket.once("finish", () => socket.destroy());
  socket.end([`HTTP/1.1 ${status}`, ...headers, "Connection: close", "Content-Length: 0", "", ""].join("\r\n"));
}
