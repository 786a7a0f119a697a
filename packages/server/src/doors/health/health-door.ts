import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readiness } from "#cluster/readiness.ts";

/** What those ask who start, stop and choose between processes. It tells nothing that a stranger could use. */
export class HealthDoor {
  readonly #readiness: Readiness;

  constructor(readiness: Readiness) {
    this.#readiness = readiness;
  }

  owns(path: string): boolean {
    return path === "/healthz" || path === "/readyz";
  }

  answer(request: IncomingMessage, response: ServerResponse, path: string): void {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    // That this is answered is all there is to say.
    if (path === "/healthz") say(response, 200, { status: "alive" });
    else void this.#answerReady(response);
  }

  async #answerReady(response: ServerResponse): Promise<void> {
    const ready = await this.#readiness.read();
    const checks = Object.entries(ready).map(([name, isSo]) => [name, isSo ? "ok" : "failed"] as const);
    const isReady = checks.every(([, result]) => result === "ok");
    say(response, isReady ? 200 : 503, {
      status: isReady ? "ready" : "unavailable",
      checks: Object.fromEntries(checks),
    });
  }
}

function say(response: ServerResponse, status: number, said: object): void {
  const body = `${JSON.stringify(said)}\n`;
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}
