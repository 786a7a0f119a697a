// The baseline of sign-up and sign-in: Argon2id alone, and beside it a `ws` echo that shares the cores with it.
import { argon2, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { promisify } from "node:util";
import { settings } from "@latchkey/server";
import { WebSocketServer } from "ws";
import { serveParent } from "../child.ts";
import { listening } from "./listening.ts";

const owned = new AsyncDisposableStack();
const server = createServer();
new WebSocketServer({ server }).on("connection", (socket) => {
  socket.on("message", (data: Buffer) => {
    const packet: unknown = JSON.parse(data.toString());
    socket.send(JSON.stringify(packet));
  });
});

const hasherCommands = { start: () => listening(server, owned), hash };
export type HasherCommands = typeof hasherCommands;
serveParent(hasherCommands, owned);

const derive = promisify(argon2);

/** Hashes with the server's own cost, as many at a time as the server would. */
async function hash({ seconds }: { readonly seconds: number }): Promise<{ count: number; seconds: number }> {
  const startedAt = performance.now();
  let count = 0;
  const worker = async () => {
    for (; performance.now() < startedAt + seconds * 1000; count++) {
      await derive("argon2id", {
        message: "correct horse battery",
        nonce: randomBytes(16),
        parallelism: settings.hashLanes.default,
        tagLength: 32,
        memory: settings.hashMemory.default,
        passes: settings.hashPasses.default,
      });
    }
  };
  await Promise.all(Array.from({ length: settings.hashConcurrency.default }, worker));
  return { count, seconds: (performance.now() - startedAt) / 1000 };
}
