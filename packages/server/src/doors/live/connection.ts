import type { EventName, OperationName, PacketName, Refusal, RequestId } from "@latchkey/protocol";
import {
  afterClose,
  CloseCode,
  closeAfter,
  closeAfterDone,
  definitionOf,
  encodeEvent,
  packetOf,
  parseFrame,
  unknownKeysAllowed,
} from "@latchkey/protocol";
import type { Caller, LiveRequest } from "#caller.ts";
import type { ClientLink } from "#cluster/roster.ts";
import type { Timer } from "#clock.ts";
import type { SessionId } from "#storage/tables.ts";
import type { Dispatch } from "./dispatch.ts";

/** The socket as the connection sees it. */
export interface Peer {
  send(frame: string): void;
  close(code: CloseCode): void;
  /** Ends it without a word, for a peer that does not listen. */
  terminate(): void;
  ping(): void;
  pong(data: Buffer): void;
  /** Stops reading; what the client sends waits in its own buffers. */
  pause(): void;
  resume(): void;
  /** Bytes that wait to be written. */
  readonly buffered: number;
}

/** Where a connection comes from. */
interface ClientAddress {
  readonly address: string;
  /** What that counts as. */
  readonly addressKey: string;
}

/** What a connection needs of the door. */
export interface ConnectionHost {
  readonly dispatch: Dispatch;
  /** Who the session is by now; `undefined`: others may have taken this process's sessions, which has to ask first. */
  callerOf(connection: LiveConnection): Caller | undefined;
  /** The same after asking; `undefined`: they have. */
  callerOnceSettled(connection: LiveConnection): Promise<Caller | undefined>;
  /** Takes over the session of a resume id; `undefined`: done. */
  resume(connection: LiveConnection, resumeId: string): Promise<CloseCode | undefined>;
  /** The client has the resume id of this connection. */
  confirmResume(connection: LiveConnection): Promise<void>;
  readonly initializeTimer: (run: () => void) => Timer;
  /** Counts an action of the client; `false`: it crosses a limit. */
  act(connection: LiveConnection): boolean;
  /** The connection carries a session now, whose actions its own become; `false`: these are too many. */
  join(connection: LiveConnection): boolean;
  /** The connection is initialized, or will never be. */
  settle(connection: LiveConnection): void;
  readonly outgoingLimit: number;
}

/** More unanswered requests than this, and the connection is not read until some are answered (LP-RES-2). */
const requestsAtMost = 256;
/** Pings that may go unanswered; one more, and the peer is gone (LP-CONN-8). */
const missedPingsAllowed = 2;

/** One live connection: the order of its requests, and the reasons to close it. */
export class LiveConnection implements ClientLink {
  /** What its session is resumed by. */
  readonly resumeId: string;
  readonly address: string;
  /** What its address counts as. */
  readonly addressKey: string;
  sessionId: SessionId | undefined;
  readonly #host: ConnectionHost;
  /** Absent once it is initialized or closed. */
  #initializeTimer: Timer | undefined;
  /** Absent until the upgrade is answered. */
  #peer: Peer | undefined;
  #unsent: string[] = [];
  /** Ends when every exclusive request so far is answered; absent while there is none to wait for (LP-ENV-6). */
  #exclusive: Promise<void> | undefined;
  readonly #inFlight = new Set<Promise<void>>();
  /** A resumed session may send again what it has sent on another connection. */
  #isResumed = false;
  /** The next frame shows that the client has its new resume id (LP-RES-4). */
  #awaitsConfirmation = false;
  #highestId: RequestId = -1;
  #unknownKeys = 0;
  #missedPings = 0;
  /** It has crossed a limit: nothing is read any more, and it closes when what crossed it is answered (LP-RATE-1). */
  #isOverLimit = false;
  #closedWith: CloseCode | undefined;

  constructor(resumeId: string, { address, addressKey }: ClientAddress, host: ConnectionHost) {
    this.resumeId = resumeId;
    this.address = address;
    this.addressKey = addressKey;
    this.#host = host;
    this.#initializeTimer = host.initializeTimer(() => {
      this.close(CloseCode.InitializeTimeout);
    });
  }

  /** Resumes a session before the upgrade is answered, so that whoever sees the answer has it (LP-RES-1). */
  async resume(presented: string): Promise<void> {
    const code = await this.#host.resume(this, presented);
    if (code === undefined) this.#opened(true);
    else this.close(code);
  }

  get isAttached(): boolean {
    return this.#peer !== undefined;
  }

  /** The upgrade is answered: what was to be said meanwhile is said now. */
  attach(peer: Peer): void {
    this.#peer = peer;
    for (const frame of this.#unsent.splice(0)) peer.send(frame);
    if (this.#closedWith !== undefined) peer.close(this.#closedWith);
  }

  /** Takes one text frame. */
  receive(frame: string): void {
    if (this.#closedWith !== undefined || this.#isOverLimit) return;
    const isCrossing = !this.#host.act(this);
    this.#isOverLimit = isCrossing;
    const parsed = parseFrame(frame);
    if ("close" in parsed) {
      this.close(parsed.close);
      return;
    }
    const { type, id, body } = parsed.packet;
    const name = packetOf(type);
    if (!name) {
      this.close(CloseCode.UnknownType);
      return;
    }
    if (this.#awaitsConfirmation) {
      this.#awaitsConfirmation = false;
      this.#track(this.#schedule(true, () => this.#host.confirmResume(this)));
    }
    const isNew = id > this.#highestId;
    if (isNew) this.#highestId = id;
    const isExclusive = definitionOf(name).exclusive === true;
    this.#track(this.#schedule(isExclusive, () => this.#run(name, { id, type, mayRepeat: !isNew }, body, isCrossing)));
  }

  /** Takes one ping frame. */
  pinged(data: Buffer): void {
    if (this.#closedWith !== undefined || this.#isOverLimit) return;
    const isCrossing = !this.#host.act(this);
    this.#peer?.pong(data);
    if (isCrossing) this.close(CloseCode.RateLimited);
    else this.#refuseToHoard();
  }

  /** Sends a server event. */
  event(name: EventName, content: Readonly<Record<string, string>>): void {
    this.#send(encodeEvent(name, content));
  }

  /** Sends the close frame; whatever is still waiting is not run. */
  close(code: CloseCode): void {
    if (this.#closedWith !== undefined) return;
    this.#closedWith = code;
    this.#settle();
    this.#peer?.close(code);
  }

  /** Reads no more, answers what has begun, and closes for a restart. */
  async drain(): Promise<void> {
    this.#peer?.pause();
    await Promise.all(this.#inFlight);
    this.close(CloseCode.ServerRestarting);
  }

  /** Asks whether the peer is still there, and drops it when it has been silent for too long. */
  checkLiveness(): void {
    if (this.#missedPings >= missedPingsAllowed) {
      this.#peer?.terminate();
      return;
    }
    this.#missedPings++;
    this.#peer?.ping();
  }

  answeredPing(): void {
    this.#missedPings = 0;
  }

  /** Waits until nothing of it runs any more; then tells what is to become of its session. */
  async ended(code: number): Promise<"ended" | "lost"> {
    this.#settle();
    const closedWith = (this.#closedWith ??= CloseCode.Normal);
    const wasOurs = closedWith !== CloseCode.Normal;
    await Promise.all(this.#inFlight);
    // Of the client's own closes only 1000 ends its session (LP-RES-7).
    const isOver = wasOurs ? afterClose(closedWith) !== "resume" : code === CloseCode.Normal;
    return isOver ? "ended" : "lost";
  }

  /** Exclusive requests run one after another; every other one waits for the exclusive ones before it. */
  #schedule(isExclusive: boolean, run: () => Promise<void>): Promise<void> {
    const before = this.#exclusive;
    const result = before ? before.then(run) : run();
    if (!isExclusive) return result;
    const exclusive = result.finally(() => {
      if (this.#exclusive === exclusive) this.#exclusive = undefined;
    });
    this.#exclusive = exclusive;
    return exclusive;
  }

  #track(result: Promise<void>): void {
    this.#inFlight.add(result);
    if (this.#inFlight.size === requestsAtMost) this.#peer?.pause();
    void result.finally(() => {
      this.#inFlight.delete(result);
      if (this.#inFlight.size === requestsAtMost - 1) this.#peer?.resume();
    });
  }

  async #run(
    name: PacketName,
    request: LiveRequest,
    body: Readonly<Record<string, unknown>>,
    isCrossing: boolean,
  ): Promise<void> {
    if (this.#closedWith !== undefined) return;
    const caller = this.#host.callerOf(this) ?? (await this.#host.callerOnceSettled(this));
    if (!caller) {
      this.close(CloseCode.ServerRestarting);
      return;
    }
    const mayRepeat = request.mayRepeat || this.#isResumed;
    const asking = { ...caller, request: { ...request, mayRepeat } };
    const { isDone, frame, close, refusal } = await this.#host.dispatch.run(name, request.id, body, asking);
    if (frame !== undefined) this.#send(frame);
    const isOpening = name === "initialize" || name === "resume";
    const isTooMuch = isOpening && isDone && !this.#opened(name === "resume");
    const code = close ?? (isDone ? closeAfterDone[name] : this.#closeAfter(name, refusal));
    if (code !== undefined) this.close(code);
    else if (isCrossing || isTooMuch) this.close(CloseCode.RateLimited);
  }

  /** It carries a session from here on. `false`: together they have done too much. */
  #opened(isResumed: boolean): boolean {
    this.#settle();
    this.#isResumed ||= isResumed;
    this.#awaitsConfirmation ||= isResumed;
    return this.#host.join(this);
  }

  /** It is initialized, or will never be. */
  #settle(): void {
    if (!this.#initializeTimer) return;
    this.#initializeTimer.cancel();
    this.#initializeTimer = undefined;
    this.#host.settle(this);
  }

  #closeAfter(name: OperationName, refusal: Refusal | undefined): CloseCode | undefined {
    if (name !== "initialize") return undefined;
    this.#unknownKeys = refusal === "applicationNotFound" ? this.#unknownKeys + 1 : 0;
    if (this.#unknownKeys >= unknownKeysAllowed) return CloseCode.InitializeFailed;
    return refusal && closeAfter[refusal];
  }

  #send(frame: string): void {
    if (this.#closedWith !== undefined) return;
    if (!this.#peer) {
      this.#unsent.push(frame);
      return;
    }
    this.#peer.send(frame);
    this.#refuseToHoard();
  }

  #refuseToHoard(): void {
    if (this.#peer && this.#peer.buffered > this.#host.outgoingLimit) this.close(CloseCode.SlowReader);
  }
}
