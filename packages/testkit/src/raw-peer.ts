import { WebSocket } from "ws";

/** An answer or event exactly as it came, with its frame. */
export interface RawAnswer {
  readonly frame: string;
  readonly [field: string]: unknown;
}

const deadlineMs = 10_000;

/** A client with nothing of the SDK: sends what it is told, and hands out what arrives. */
export class RawPeer implements AsyncDisposable {
  readonly socket: WebSocket;
  /** The `Resume-Id` of the upgrade response. */
  readonly resumeId: string;
  readonly #arrived: RawAnswer[] = [];
  readonly #waiting: ((answer: RawAnswer) => void)[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Who resumes a session must not use an id again for another request: each goes on far from where others were. */
  static #nextResumedId = 1000;
  #nextId = 1;

  private constructor(socket: WebSocket, resumeId: string) {
    this.socket = socket;
    this.resumeId = resumeId;
    socket.on("message", (data: Buffer) => {
      this.#arrive(data.toString());
    });
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on("close", (code, reason) => {
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  static async connect(url: string, headers: Record<string, string> = {}): Promise<RawPeer> {
    const socket = new WebSocket(url.replace(/^http/, "ws"), { headers });
    const peer = new Promise<RawPeer>((resolve, reject) => {
      socket.once("upgrade", ({ headers: { "resume-id": resumeId } }) => {
        const opened = new RawPeer(socket, String(resumeId));
        socket.once("open", () => {
          resolve(opened);
        });
      });
      socket.once("error", reject);
    });
    return within(peer, `a connection to ${url}`);
  }

  /** A client that shows the resume id of an earlier connection; the answer to a packet waits to be read. */
  static async resume(url: string, resumeId: string, form: "header" | "packet" = "header"): Promise<RawPeer> {
    const peer = await RawPeer.connect(url, form === "header" ? { "Resume-Id": resumeId } : {});
    peer.#nextId = RawPeer.#nextResumedId += 1000;
    if (form === "header") return peer;
    peer.send(100, { resume_id: resumeId });
    const answer = await Promise.race([peer.next(), peer.closed]);
    if ("frame" in answer) peer.#arrived.unshift(answer);
    return peer;
  }

  /** Sends a packet under a fresh id and waits for the answer with that id. */
  async request(type: number, fields: object = {}): Promise<RawAnswer> {
    const id = this.#nextId++;
    this.socket.send(JSON.stringify({ type, id, ...fields }));
    for (;;) {
      const answer = await this.next();
      if (answer["id"] === id) return answer;
    }
  }

  /** Sends a packet without waiting; answers its id. */
  send(type: number, fields: object = {}): number {
    const id = this.#nextId++;
    this.socket.send(JSON.stringify({ type, id, ...fields }));
    return id;
  }

  /** Sends a packet under an id of the test's choice, in digits, and waits for the next frame. */
  async requestAs(id: string, type: number, fields: object = {}): Promise<RawAnswer> {
    this.sendAs(id, type, fields);
    return this.next();
  }

  sendAs(id: string, type: number, fields: object = {}): void {
    this.socket.send(JSON.stringify({ type, ...fields }).replace("{", `{"id":${id},`));
  }

  /** Ends the connection as a pulled cable would look to a program: without a close frame. */
  async cut(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  /** The next frame that has arrived or will. */
  next(): Promise<RawAnswer> {
    const first = this.#arrived.shift();
    if (first) return Promise.resolve(first);
    const arrival = new Promise<RawAnswer>((resolve) => this.#waiting.push(resolve));
    const ended = this.closed.then(({ code, reason }): never => {
      throw new Error(`closed with ${code} "${reason}" while waiting for a frame`);
    });
    return within(Promise.race([arrival, ended]), "a frame");
  }

  /** The close code and reason, once the server has sent them. */
  closing(): Promise<{ readonly code: number; readonly reason: string }> {
    return within(this.closed, "a close");
  }

  #arrive(frame: string): void {
    const fields: unknown = JSON.parse(frame);
    const answer: RawAnswer = { ...(fields as Record<string, unknown>), frame };
    const waiting = this.#waiting.shift();
    if (waiting) waiting(answer);
    else this.#arrived.push(answer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
  }
}

/** The promise, or an error that says what was waited for. */
export async function within<T>(promise: Promise<T>, what: string, ms = deadlineMs): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`waited ${ms} ms for ${what}`));
  }, ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
