import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { Session, TransportError } from "@latchkey/client";
import { afterClose } from "@latchkey/protocol";
import { WebSocketServer } from "ws";

interface ClientVector {
  readonly title: string;
  readonly rules: readonly string[];
  readonly call: { readonly type: number; readonly [field: string]: unknown };
  /** `false`: the client answers by itself. */
  readonly sends?: false;
  /** What the server sends as soon as it has the request. */
  readonly server?: readonly string[];
  readonly close?: number;
  readonly then: {
    readonly status?: number;
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly failure?: "closed";
    readonly events?: readonly object[];
    readonly reports?: number;
  };
}

const { clients, closes } = JSON.parse(readFileSync(join(import.meta.dirname, "client-frames.json"), "utf8")) as {
  readonly clients: readonly ClientVector[];
  readonly closes: readonly { readonly code: number; readonly then: string }[];
};

for (const vector of clients) {
  test(`[${vector.rules.join("] [")}] ${vector.title}`, async () => {
    await using server = await scriptedServer(vector);
    await using session = new Session({ url: server.url });
    const reports: TransportError[] = [];
    session.on("exception", (error) => void reports.push(error));
    const heard: object[] = [];
    session.on("panelEvent", ({ type, content }) => void heard.push({ event_type: type, content }));
    await session.connect();
    const { status, fields, failure, reports: expected = 0 } = vector.then;
    const outcome = await call(session, vector.call).catch((error: unknown) => error);
    if (failure !== undefined) {
      assert.ok(outcome instanceof TransportError, String(outcome));
      assert.deepEqual([outcome.code, outcome.closeCode], [failure, vector.close]);
    } else {
      const result = (typeof outcome === "number" ? { status: outcome } : outcome) as Record<string, unknown>;
      assert.equal(result["status"], status, String(outcome));
      for (const [name, value] of Object.entries(fields ?? {})) assert.deepEqual(result[camelCase(name)], value);
    }
    assert.equal(server.received.length, vector.sends === false ? 0 : 1);
    assert.equal(reports.length, expected);
    assert.deepEqual(heard, vector.then.events ?? []);
  });
}

test("[LP-CLOSE-1] every close code has the one aftermath that the vectors give it", () => {
  for (const { code, then } of closes) assert.equal(afterClose(code), then, `after ${code}`);
});

/** The method of the SDK that sends a packet. */
function call(session: Session, { type, ...fields }: ClientVector["call"]): Promise<unknown> {
  const text = (name: string) => String(fields[name]);
  switch (type) {
    case 0:
      return session.initialize(text("websocket_api_key"), text("client_id"));
    case 1:
      return session.createAccount({ login: text("login"), password: text("password") });
    case 2:
      return session.authorize(text("license"));
    case 3:
      return session.authorize({ login: text("login"), password: text("password") });
    case 4:
      return session.linkLicense(text("license"));
    case 5:
      return session.logout();
    default:
      throw new Error(`no method sends packet ${type}`);
  }
}

/** A server that knows nothing but its lines. */
async function scriptedServer({ server = [], close }: ClientVector) {
  const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  const received: string[] = [];
  sockets.on("connection", (socket) => {
    socket.on("message", (data: Buffer) => {
      const request = data.toString();
      received.push(request);
      const { id } = JSON.parse(request) as { id: number };
      for (const line of server) socket.send(line.replace("$id", `${id}`));
      if (close !== undefined) socket.close(close);
    });
  });
  await once(sockets, "listening");
  const { port } = sockets.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
