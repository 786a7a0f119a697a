import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { afterClose, CloseCode, closeInsteadOf, closeReason, rateLimitedReason } from "@latchkey/protocol";
import { type Server, WebSocketServer } from "ws";
import type { Caller } from "#caller.ts";
import type { Timer } from "#clock.ts";
import type { ServerResources } from "#context.ts";
import { newResumeId } from "#crypto/tokens.ts";
import type { Gate } from "#gate.ts";
import { addressKey as keyOf, confirmResume, endConnection } from "#presence.ts";
import { refuseUpgrade } from "../refuse-upgrade.ts";
import { type ConnectionHost, LiveConnection, type Peer } from "./connection.ts";
import { Dispatch } from "./dispatch.ts";
import { LiveMeters } from "./live-meters.ts";
import { LiveSocket } from "./live-socket.ts";

/** How long a peer may take to answer a close frame before its socket is dropped. */
const closeWithinMs = 2_000;
/** What an end without a close frame stands for. */
const noCode = 1006;

/** Accepts WebSocket upgrades and owns every live connection. */
export class LiveDoor implements AsyncDisposable {
  readonly #resources: ServerResources;
  readonly #gate: Gate;
  readonly #host: ConnectionHost;
  readonly #server: Server<typeof LiveSocket>;
  readonly #resumeIds = new WeakMap<IncomingMessage, string>();
  readonly #connections = new Map<LiveConnection, LiveSocket>();
  readonly #ending = new Map<LiveConnection, Promise<void>>();
  /** Upgrades that wait for a resume. */
  readonly #resuming = new Set<Promise<void>>();
  readonly #meters: LiveMeters;
  readonly #livenessTimer: Timer;
  #isClosing = false;

  constructor(resources: ServerResources, gate: Gate) {
    const { config, clock, node, traffic } = resources;
    this.#resources = resources;
    this.#gate = gate;
    this.#meters = new LiveMeters(resources.metrics);
    this.#host = {
      dispatch: new Dispatch(gate),
      callerOf: (connection) => this.#callerOf(connection),
      callerOnceSettled: (connection) => this.#callerOnceSettled(connection),
      resume: (connection, resumeId) => this.#resume(connection, resumeId),
      confirmResume: async (connection) => {
        await gate.attempt("confirm resume", () => confirmResume(resources, connection));
      },
      initializeTimer: (run) => clock.after(config.initializeTimeout, run),
      act: (connection) => this.#act(connection),
      join: (connection) => traffic.join(connection, clock.now()),
      settle: ({ addressKey }) => {
        traffic.settle(addressKey);
      },
      outgoingLimit: config.outgoingLimit,
    };
    this.#server = new WebSocketServer({
      noServer: true,
      WebSocket: LiveSocket,
      clientTracking: false,
      maxPayload: config.frameLimit,
      perMessageDeflate: false,
      autoPong: false,
    });
    this.#server.on("headers", (headers, request) => {
      headers.push(`Resume-Id: ${this.#resumeIds.get(request) ?? ""}`);
    });
    this.#livenessTimer = clock.every(config.pingInterval, () => {
      for (const connection of this.#connections.keys()) connection.checkLiveness();
    });
    node.onLost = () => {
      for (const connection of this.#connections.keys()) connection.close(CloseCode.ServerRestarting);
    };
  }

  /** Takes over the socket of an upgrade request; with a resume id of an earlier connection, its session too. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void {
    const addressKey = keyOf(address);
    if (this.#isBlocked(addressKey) || !this.#arrives(addressKey)) {
      this.#refuse(socket, addressKey);
      return;
    }
    const connection = new LiveConnection(newResumeId(), { address, addressKey }, this.#host);
    const { "resume-id": presented } = request.headers;
    if (typeof presented !== "string") {
      this.#accept(connection, request, socket, head);
      return;
    }
    const resuming = connection.resume(presented).then(() => {
      this.#accept(connection, request, socket, head);
      this.#resuming.delete(resuming);
    });
    this.#resuming.add(resuming);
  }

  #accept(connection: LiveConnection, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#resumeIds.set(request, connection.resumeId);
    if (this.#isClosing) socket.destroy();
    // Since it arrived.
    if (this.#isBlocked(connection.addressKey)) this.#refuse(socket, connection.addressKey);
    else this.#upgrade(connection, request, socket, head);
    // Not a WebSocket request after all, or its socket is gone: a session that it resumed is lost again.
    if (!connection.isAttached) void this.#end(connection, noCode).then(() => this.#ending.delete(connection));
  }

  #upgrade(connection: LiveConnection, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#open(connection, webSocket);
    });
  }

  /** Nothing but this is done for a client that is blocked (LP-RATE-2). */
  #refuse(socket: Duplex, addressKey: string): void {
    this.#meters.limits.blocked.value++;
    refuseUpgrade(socket, "429 Too Many Requests", `Retry-After: ${this.#blockedSeconds(addressKey)}`);
  }

  #isBlocked(addressKey: string): boolean {
    return this.#blockedSeconds(addressKey) > 0;
  }

  #blockedSeconds(addressKey: string): number {
    const { traffic, clock } = this.#resources;
    return Math.ceil(traffic.blockedMs(addressKey, clock.now()) / 1000);
  }

  #arrives(addressKey: string): boolean {
    const { traffic, clock } = this.#resources;
    const isWithin = traffic.arrive(addressKey, clock.now());
    if (!isWithin) this.#crossed("address", addressKey);
    return isWithin;
  }

  #act(connection: LiveConnection): boolean {
    const { traffic, clock } = this.#resources;
    const crossed = traffic.act(connection, clock.now());
    if (crossed !== undefined) this.#crossed(crossed, connection.addressKey, connection);
    return crossed === undefined;
  }

  #crossed(limit: "session" | "address", addressKey: string, by?: LiveConnection): void {
    this.#meters.limits[limit].value++;
    if (limit === "address") this.#closeAll(addressKey, by);
  }

  /** What has just been blocked is closed, but for the connection that still has its answer to get. */
  #closeAll(addressKey: string, except?: LiveConnection): void {
    this.#resources.log.info("address blocked", { address: addressKey, seconds: this.#blockedSeconds(addressKey) });
    for (const connection of this.#connections.keys())
      if (connection.addressKey === addressKey && connection !== except) connection.close(CloseCode.RateLimited);
  }

  #open(connection: LiveConnection, webSocket: LiveSocket): void {
    this.#connections.set(connection, webSocket);
    this.#meters.opened();
    webSocket.on("message", (data: Buffer, isBinary) => {
      this.#meters.received(data.length);
      if (isBinary) connection.close(CloseCode.UnsupportedData);
      else connection.receive(data.toString());
    });
    webSocket.on("ping", (data) => {
      connection.pinged(data);
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
      this.#meters.closed(code);
      void this.#end(connection, code).then(() => this.#ending.delete(connection));
    });
    connection.attach(this.#peerOf(webSocket, connection));
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
    await this.#gate.attempt("end of connection", () => endConnection(this.#resources, connection, fate));
  }

  #callerOf(connection: LiveConnection): Caller | undefined {
    const { roster, node, clock } = this.#resources;
    const now = clock.now();
    if (!node.isHeld(now)) return undefined;
    const { address, resumeId, sessionId } = connection;
    const entry = sessionId && roster.find(sessionId, now);
    if (!entry) return { door: "live", address, opening: { resumeId, link: connection } };
    const { id, applicationId, clientId, secretHash, authorization } = entry;
    const session = { id, secretHash, clientId };
    return { door: "live", address, resumeId, applicationId, session, ...(authorization && { authorization }) };
  }

  async #callerOnceSettled(connection: LiveConnection): Promise<Caller | undefined> {
    await this.#resources.node.settled();
    return this.#callerOf(connection);
  }

  async #resume(connection: LiveConnection, resumeId: string): Promise<CloseCode | undefined> {
    const caller = this.#callerOf(connection) ?? (await this.#callerOnceSettled(connection));
    if (!caller) return CloseCode.ServerRestarting;
    const outcome = await this.#gate.call("resume", caller, { resumeId });
    if (outcome.ok) return undefined;
    return "fault" in outcome ? CloseCode.InternalServerError : closeInsteadOf[outcome.refusal];
  }

  #reasonOf(code: CloseCode, { addressKey }: LiveConnection): string {
    const seconds = code === CloseCode.RateLimited ? this.#blockedSeconds(addressKey) : 0;
    return seconds > 0 ? rateLimitedReason(seconds) : closeReason[code];
  }

  #peerOf(webSocket: LiveSocket, connection: LiveConnection): Peer {
    const { clock } = this.#resources;
    return {
      send: (frame) => {
        this.#meters.sent(frame);
        webSocket.send(frame);
      },
      close: (code) => {
        const reason = this.#reasonOf(code, connection);
        // Whoever sees a close that ends the session cannot resume it any more (LP-RES-3).
        const isFinal = afterClose(code) !== "resume";
        void (isFinal ? this.#end(connection, code) : Promise.resolve()).then(() => {
          webSocket.end(code, reason);
        });
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
      pong: (data) => {
        webSocket.pong(data);
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
    await Promise.all([...closed, ...this.#resuming]);
    await Promise.all(this.#ending.values());
  }
}
