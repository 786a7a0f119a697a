import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { decodeFrame, encodeFrame } from "./frames.ts";

/**
 * A connection with one request in flight. It is hand-made so that it costs less than any server it measures: with a
 * client library the load generator, not the server, would be what limits the throughput.
 */
export class Link {
  readonly #socket: Socket;
  readonly #encode: (request: string) => Buffer | string;
  readonly #decode: (bytes: Buffer) => string | undefined;
  #received: Buffer | undefined;
  #waiting: PromiseWithResolvers<string> | undefined;

  private constructor(
    socket: Socket,
    encode: (request: string) => Buffer | string,
    decode: (bytes: Buffer) => string | undefined,
  ) {
    this.#socket = socket;
    this.#encode = encode;
    this.#decode = decode;
    socket.on("data", (bytes: Buffer) => {
      this.#receive(bytes);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => this.#waiting?.reject(new Error("the server closed a connection")));
  }

  /** A live connection; requests and answers are texts of frames. */
  static async live(url: string): Promise<Link> {
    const socket = await upgrade(url);
    return new Link(socket, encodeFrame, (bytes) => decodeFrame(bytes)?.text);
  }

  /** A kept-alive HTTP connection; requests are as they are sent, answers are the bodies of a 200. */
  static async http(url: string): Promise<Link> {
    return new Link(await open(url), (request) => request, decodeResponse);
  }

  get isClosed(): boolean {
    return this.#socket.destroyed || this.#socket.readableEnded;
  }

  /** The answer to a request. */
  exchange(request: string): Promise<string> {
    if (this.isClosed) return Promise.reject(new Error("the server has closed a connection"));
    this.#waiting = Promise.withResolvers<string>();
    this.#socket.write(this.#encode(request));
    return this.#waiting.promise;
  }

  #receive(bytes: Buffer): void {
    const all = this.#received ? Buffer.concat([this.#received, bytes]) : bytes;
    try {
      const answer = this.#decode(all);
      this.#received = answer === undefined ? all : undefined;
      if (answer !== undefined) this.#waiting?.resolve(answer);
    } catch (error) {
      this.#waiting?.reject(error);
    }
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** A socket that speaks WebSocket from here on. */
export async function upgrade(url: string): Promise<Socket> {
  const socket = await open(url);
  const head = once(socket, "data");
  socket.write(
    "GET /live HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  );
  await head;
  return socket;
}

async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  return socket;
}

const lengthHeader = "\r\ncontent-length: ";

function decodeResponse(bytes: Buffer): string | undefined {
  const text = bytes.toString("latin1");
  const bodyAt = text.indexOf("\r\n\r\n") + 4;
  if (bodyAt === 3) return undefined;
  const head = text.slice(0, bodyAt).toLowerCase();
  const length = Number.parseInt(head.slice(head.indexOf(lengthHeader) + lengthHeader.length), 10);
  if (text.length < bodyAt + length) return undefined;
  if (!head.startsWith("http/1.1 200 ")) throw new Error(`the server answered ${text}`);
  return text.slice(bodyAt);
}
