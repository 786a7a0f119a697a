// The baseline of the user service: `node:http`, and nothing but writing JSON.
import { createServer } from "node:http";
import { serveParent } from "../child.ts";
import { listening } from "./listening.ts";

const owned = new AsyncDisposableStack();
const server = createServer((_, response) => {
  const body = JSON.stringify({ ok: true });
  response.writeHead(200, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
});

const jsonServerCommands = { start: () => listening(server, owned) };
export type JsonServerCommands = typeof jsonServerCommands;
serveParent(jsonServerCommands, owned);
