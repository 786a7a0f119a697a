import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Clock } from "#clock.ts";
import type { Config } from "#config.ts";
import { CertificateError } from "#crypto/certificate-error.ts";
import { inRequest, type RequestContext, requestIdHeader } from "#report/request-context.ts";
import { clientAddressReader, TrustedProxies } from "./client-address.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";
import { requestContextReader } from "./request-context-reader.ts";

/** What the listener hands requests to. */
export interface Doors {
  readonly live: { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void };
  readonly health: {
    owns(path: string): boolean;
    answer(request: IncomingMessage, response: ServerResponse, path: string): void;
  };
  readonly dashboard: {
    owns(request: IncomingMessage, path: string): boolean;
    answer(request: IncomingMessage, response: ServerResponse, path: string): void;
  };
  readonly files: {
    owns(path: string): boolean;
    answer(request: IncomingMessage, response: ServerResponse, path: string): void;
  };
  readonly accountLinks: {
    owns(method: string, path: string): boolean;
    answer(request: IncomingMessage, response: ServerResponse, path: string, address: string): void;
  };
  readonly callbacks: {
    owns(path: string): boolean;
    answer(request: IncomingMessage, response: ServerResponse, path: string, address: string): void;
  };
  readonly management: {
    owns(path: string): boolean;
    answer(request: IncomingMessage, response: ServerResponse, path: string, address: string): void;
  };
  readonly userService: {
    answer(request: IncomingMessage, response: ServerResponse, address: string): void;
    /** A whole response, for a request whose head is too large to be read. */
    readonly tooLarge: string;
  };
}

const badRequest = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";

/** How long a request that has begun may keep the server from stopping. */
const answerWithinMs = 5_000;

/** One port for every door: upgrades and `/live` go to the live door, browsers at `/` to the dashboard, links and those who come back from a provider to the doors they lead to, everything else to the user service. */
export class Listener implements AsyncDisposable {
  readonly #server: Server;
  readonly #clock: Clock;

  private constructor(server: Server, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
  }

  /** Resolves when it listens; rejects with the system's error when it cannot. */
  static async start(config: Config, clock: Clock, doors: Doors): Promise<Listener> {
    const proxies = new TrustedProxies(config.trustedProxies);
    const addressOf = clientAddressReader(proxies);
    const contextOf = requestContextReader(proxies);
    const answer = (request: IncomingMessage, response: ServerResponse, { id }: RequestContext) => {
      const path = pathOf(request);
      const named = () => response.setHeader(requestIdHeader, id);
      if (doors.dashboard.owns(request, path)) doors.dashboard.answer(request, named(), path);
      else if (path === "/live" || path === "/") answerLocation(request, named(), config.location);
      else if (doors.health.owns(path)) doors.health.answer(request, named(), path);
      else if (doors.management.owns(path)) doors.management.answer(request, named(), path, addressOf(request));
      else if (doors.files.owns(path)) doors.files.answer(request, named(), path);
      else if (doors.accountLinks.owns(request.method ?? "", path))
        doors.accountLinks.answer(request, named(), path, addressOf(request));
      else if (doors.callbacks.owns(path)) doors.callbacks.answer(request, named(), path, addressOf(request));
      // Names its answers itself: a header that is set before the others costs more than the rest of them.
      else doors.userService.answer(request, response, addressOf(request));
    };
    const server = serverOf(config, (request, response) => {
      const context = contextOf(request);
      inRequest(context, () => answer(request, response, context));
    });
    server.on("clientError", (error, socket) => {
      const isTooLarge = "code" in error && error.code === "HPE_HEADER_OVERFLOW";
      if (socket.writable) socket.end(isTooLarge ? doors.userService.tooLarge : badRequest);
      else socket.destroy();
    });
    server.on("upgrade", (request, socket, head) => {
      socket.on("error", () => socket.destroy());
      const path = pathOf(request);
      inRequest(contextOf(request), () => {
        if (path === "/live" || path === "/") doors.live.upgrade(request, socket, head, addressOf(request));
        else refuseUpgrade(socket, "404 Not Found");
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(config.port, config.host, resolve);
    });
    return new Listener(server, clock);
  }

  get port(): number {
    const address = this.#server.address();
    return isAddressInfo(address) ? address.port : 0;
  }

  /** Sockets that are open, whichever door they belong to. */
  sockets(): Promise<number> {
    return new Promise((resolve) => this.#server.getConnections((_, count) => resolve(count)));
  }

  /** Takes no more connections, and waits until the requests that have begun are answered, but not for ever. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    const timer = this.#clock.after(answerWithinMs, () => {
      this.#server.closeAllConnections();
    });
    await closed;
    timer.cancel();
  }
}

function serverOf({ tlsCertificate, tlsKey }: Config, answer: RequestListener): Server {
  if (tlsCertificate === "") return createServer(answer);
  try {
    return createTlsServer({ cert: readFileSync(tlsCertificate), key: readFileSync(tlsKey) }, answer);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CertificateError(`the certificate ${tlsCertificate} with the key ${tlsKey} cannot be used: ${why}`, {
      cause,
    });
  }
}

function pathOf({ url = "/" }: IncomingMessage): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

function isAddressInfo(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

/** LP-CONN-10. */
function answerLocation(request: IncomingMessage, response: ServerResponse, location: string): void {
  const isRead = request.method === "GET" || request.method === "HEAD";
  response.writeHead(isRead ? 200 : 405, {
    "Content-Type": "application/json; charset=utf-8",
    "Access-Control-Allow-Origin": "*",
    // A browser that goes to `/` gets the dashboard.
    Vary: "Accept",
  });
  response.end(isRead && request.method === "GET" ? JSON.stringify({ location }) : undefined);
}
