import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { within } from "./raw-peer.ts";
import type { TestServer } from "./test-server.ts";

/** The kinds of frames of the WebSocket protocol that tests look for. */
export const opcode = { text: 1, close: 8, ping: 9 } as const;

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** A WebSocket by hand, for what no library does: never to answer, never to read. */
export class TcpPeer implements AsyncDisposable {
  readonly #socket: Socket;
  #unread = Buffer.alloc(0);
  readonly frames: Frame[] = [];
  /** The `Resume-Id` of the upgrade response, once that has been read. */
  resumeId = "";
  readonly closed: Promise<unknown>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("error", () => undefined);
    // However it ends: a reset is an end too.
    this.closed = new Promise((resolve) => socket.once("close", resolve));
  }

  static async connect({ url }: TestServer, more: readonly string[] = []): Promise<TcpPeer> {
    const { hostname: host, port } = new URL(url);
    const socket = connect({ host, port: Number(port) });
    await within(once(socket, "connect"), "a connection");
    const key = Buffer.alloc(16).toString("base64");
    const headers = [
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${key}`,
    ];
    socket.write(["GET /live HTTP/1.1", "Host: localhost", ...headers, ...more, "", ""].join("\r\n"));
    return new TcpPeer(socket);
  }

  /** Starts to read; until then everything stays where the server put it. */
  read({ answersClose = true } = {}): void {
    let isOpen = false;
    this.#socket.on("data", (bytes) => {
      this.#unread = Buffer.concat([this.#unread, bytes as Buffer]);
      if (!isOpen) {
        const end = this.#unread.indexOf("\r\n\r\n");
        if (end === -1) return;
        this.resumeId = /^Resume-Id: (\S+)/im.exec(this.#unread.toString("latin1", 0, end))?.[1] ?? "";
        this.#unread = this.#unread.subarray(end + 4);
        isOpen = true;
      }
      for (let frame = this.#take(); frame; frame = this.#take()) {
        this.frames.push(frame);
        if (frame.opcode === opcode.close && answersClose) this.#socket.end();
      }
    });
  }

  #take(): Frame | undefined {
    const bytes = this.#unread;
    if (bytes.length < 2) return undefined;
    const short = bytes.readUInt8(1);
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < head) return undefined;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < head + length) return undefined;
    this.#unread = bytes.subarray(head + length);
    return { opcode: bytes.readUInt8(0) & 0x0f, payload: bytes.subarray(head, head + length) };
  }

  /** A short text frame, masked with zeros. */
  sendText(text: string): void {
    const payload = Buffer.from(text);
    const length =
      payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
    this.#socket.write(Buffer.concat([Buffer.from([0x80 | opcode.text, ...length, 0, 0, 0, 0]), payload]));
  }

  /** Ping frames as large as they may be, masked with zeros; resolves when the system has taken them. */
  async sendPings(count: number): Promise<void> {
    const frame = Buffer.concat([Buffer.from([0x80 | opcode.ping, 0x80 | 125, 0, 0, 0, 0]), Buffer.alloc(125)]);
    const written = new Promise((resolve) => this.#socket.write(Buffer.concat(Array(count).fill(frame)), resolve));
    await within(written, "pings to be sent");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await this.closed;
  }
}
