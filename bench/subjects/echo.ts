// The baseline of the live door: `ws`, and nothing but parsing and writing JSON.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { serveParent } from "../child.ts";
import { listening } from "./listening.ts";
import { settledRss } from "./settled-rss.ts";

const owned = new AsyncDisposableStack();
const server = createServer();
new WebSocketServer({ server }).on("connection", (socket) => {
  socket.on("message", (data: Buffer) => {
    const packet: unknown = JSON.parse(data.toString());
    socket.send(JSON.stringify(packet));
  });
});

const echoCommands = { start: () => listening(server, owned), settledRss };
export type EchoCommands = typeof echoCommands;
serveParent(echoCommands, owned);
