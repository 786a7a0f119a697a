import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { CloseCode, closeReason } from "@latchkey/protocol";
import { type Server, WebSocketServer } from "ws";
import type { Caller, Opening } from "#caller.ts";
import type { Timer } from "#clock.ts";
import type { Resources } from "#context.ts";
import { newResumeId, newRowId } from "#crypto/tokens.ts";
import type { Gate } from "#gate.ts";
import type { SessionId } from "#storage/tables.ts";
import { endConnection } from "#presence.ts";
import { type ConnectionHost, LiveConnection, type Peer } from "./connection.ts";
import { Dispatch } from "./dispatch.ts";
import { LiveSocket } from "./live-socket.ts";

/** How long a peer may take to answer a close frame before its socket is dropped. */
const closeWithinMs = 2_000;

/** Accepts WebSocket upgrades and owns every live connection. */
export class LiveDoor implements AsyncDisposable {
  readonly #resources: Resources;
  readonly #gate: Gate;
  readonly #host: ConnectionHost;
  readonly #server: Server<typeof LiveSocket>;
  readonly #openings = new WeakMap<IncomingMessage, Opening>();
  readonly #connections = new Map<LiveConnection, LiveSocket>();
  readonly #ending = new Map<LiveConnection, Promise<void>>();
  readonly #livenessTimer: Timer;
  #isClosing = false;

  constructor(resources: Resources, gate: Gate) {
    const { config, clock, node } = resources;
    this.#resources = resources;
    this.#gate = gate;
    this.#host = {
      dispatch: new Dispatch(gate),
      callerOf: (opening, address) => this.#callerOf(opening, address),
      initializeTimer: (run) => clock.after(config.initializeTimeout, run),
      outgoingLimit: config.outgoingLimit,
    };
    this.#server = new WebSocketServer({
      noServer: true,
      WebSocket: LiveSocket,
      clientTracking: false,
      maxPayload: config.frameLimit,
      perMessageDeflate: false,
    });
    this.#server.on("headers", (headers, request) => {
      const opening = this.#openings.get(request);
      if (opening) headers.push(`Resume-Id: ${opening.resumeId}`);
    });
    this.#livenessTimer = clock.every(config.pingInterval, () => {
      for (const connection of this.#connections.keys()) connection.checkLiveness();
    });
    node.onLost = () => {
      for (const connection of this.#connections.keys()) connection.close(CloseCode.ServerRestarting);
    };
  }

  /** Takes over the socket of an upgrade request. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void {
    if (this.#isClosing) {
      socket.destroy();
      return;
    }
    const opening = { sessionId: newRowId<SessionId>(), resumeId: newResumeId() };
    this.#openings.set(request, opening);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#accept(webSocket, opening, address);
    });
  }

  #accept(webSocket: LiveSocket, opening: Opening, address: string): void {
    const connection = new LiveConnection(opening, address, this.#peerOf(webSocket), this.#host);
    this.#connections.set(connection, webSocket);
    webSocket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) connection.close(CloseCode.UnsupportedData);
      else connection.receive(data.toString());
    });
    webSocket.on("pong", () => {
      connection.answeredPing();
    });
    // A frame that breaks the protocol: the library has sent the close code that says so.
    webSocket.on("error", () => {
      connection.close(CloseCode.InvalidUtf8);
    });
    webSocket.beforeAnswer = (code) => this.#end(connection, code);
    webSocket.on("close", (code) => {
      this.#connections.delete(connection);
      void this.#end(connection, code).then(() => this.#ending.delete(connection));
    });
  }

  /** Ends the session of a connection, or opens its resume window; once, whoever sees the end of it first. */
  #end(connection: LiveConnection, code: number): Promise<void> {
    const ending = this.#ending.get(connection) ?? this.#endOnce(connection, code);
    this.#ending.set(connection, ending);
    return ending;
  }

  async #endOnce(connection: LiveConnection, code: number): Promise<void> {
    const fate = await connection.ended(code);
    // When the server stops, the node's end covers all of its sessions in one statement.
    if (fate === "lost" && this.#isClosing) return;
    await this.#gate.attempt("end of connection", () => endConnection(this.#resources, connection.opening, fate));
  }

  #callerOf(opening: Opening, address: string): Caller {
    const { roster, clock } = this.#resources;
    const entry = roster.find(opening.sessionId, clock.now());
    if (!entry) return { door: "live", address, opening };
    const { applicationId, clientId, authorization } = entry;
    const session = { id: opening.sessionId, clientId };
    return { door: "live", address, applicationId, session, ...(authorization && { authorization }) };
  }

  #peerOf(webSocket: LiveSocket): Peer {
    const { clock } = this.#resources;
    return {
      send: (frame) => {
        webSocket.send(frame);
      },
      close: (code) => {
        webSocket.end(code, closeReason[code]);
        const timer = clock.after(closeWithinMs, () => {
          webSocket.terminate();
        });
        webSocket.once("close", () => {
          timer.cancel();
        });
      },
      terminate: () => {
        webSocket.terminate();
      },
      ping: () => {
        webSocket.ping();
      },
      pause: () => {
        webSocket.pause();
      },
      resume: () => {
        webSocket.resume();
      },
      get buffered() {
        return webSocket.bufferedAmount;
      },
    };
  }

  /** Finishes what is in flight, closes every connection for a restart, and waits until all are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true;
    this.#livenessTimer.cancel();
    const closed = [...this.#connections].map(async ([connection, webSocket]) => {
      await connection.drain();
      webSocket.resume();
      if (webSocket.readyState !== LiveSocket.CLOSED) await new Promise((resolve) => webSocket.once("close", resolve));
    });
    await Promise.all(closed);
    await Promise.all(this.#ending.values());
  }
}
