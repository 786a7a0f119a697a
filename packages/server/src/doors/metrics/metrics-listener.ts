import { createServer, type Server } from "node:http";
import type { Metrics } from "#report/metrics.ts";

const contentType = "text/plain; version=0.0.4; charset=utf-8";

/** A port of its own for `/metrics`, apart from everybody else's: the loopback's unless told otherwise. */
export class MetricsListener implements AsyncDisposable {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Resolves when it listens; rejects with the system's error when it cannot. */
  static async start(host: string, port: number, metrics: Metrics): Promise<MetricsListener> {
    const server = createServer((request, response) => {
      if (request.url !== "/metrics") response.writeHead(404).end();
      else if (request.method !== "GET") response.writeHead(405, { Allow: "GET" }).end();
      else void metrics.text().then((text) => response.writeHead(200, { "Content-Type": contentType }).end(text));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
    return new MetricsListener(server);
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
