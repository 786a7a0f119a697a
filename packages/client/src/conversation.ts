import type { PacketName } from "@latchkey/protocol";
import { clientCloseCodes, encodeRequest, Status } from "@latchkey/protocol";
import type { Clock } from "./clock.ts";
import { Connection } from "./connection.ts";
import type { ConnectionOptions, Ending } from "./connection.ts";
import { TransportError } from "./errors.ts";
import { readFrame } from "./frames.ts";
import type { ServerFrame } from "./frames.ts";
import type { Hooks, SessionHooks } from "./hooks.ts";
import { Liveness } from "./liveness.ts";
import { onOnline } from "./online.ts";
import { panelEvent } from "./panel-event.ts";
import type { AnswerFrame, Terms } from "./pending-calls.ts";
import { PendingCalls } from "./pending-calls.ts";
import { delayBeforeAttempt } from "./reconnect.ts";
import { textIn } from "./results/fields.ts";

export interface ConversationOptions {
  readonly url: URL;
  readonly WebSocket: typeof WebSocket;
  readonly clock: Clock;
  readonly hooks: Hooks<SessionHooks>;
  /** Opening takes no longer than this. */
  readonly timeoutMs: number;
  /** Whether a lost connection is resumed. */
  readonly resume: boolean;
}

/** Makes the error of one call, on the stack of its caller. */
type ErrorFor = (caller?: Error) => TransportError;
type AnswerOf = Extract<ServerFrame, { readonly kind: "answer" }>;

/** An attempt to resume opens a connection within this time, and has its answer within as much again. */
const attemptTimeoutMs = 10_000;
/** A connection that was held for so long was not lost to what the attempts before it were lost to. */
const stableAfterMs = 10_000;

/**
 * All that is said to a server from `connect()` to the end, over as many connections as it takes.
 *
 * A connection lost from outside is followed by attempts to resume its session, once `initialize` has been answered.
 * Each call is made once: until it has its answer it is sent again on every next connection, under the id it has.
 */
export class Conversation {
  /** Resolves when calls can be made; rejects with the reason why they never will. */
  readonly opened: Promise<void>;
  /** Resolves when there is no connection and will be none, and every call has ended; never rejects. */
  readonly ended: Promise<Ending>;
  readonly #opening = Promise.withResolvers<void>();
  readonly #ending = Promise.withResolvers<Ending>();
  readonly #options: ConversationOptions;
  readonly #pending: PendingCalls;
  readonly #liveness: Liveness;
  #connection: Connection;
  #state: "opening" | "open" | "lost" | { readonly errorFor: ErrorFor } = "opening";
  /** Leads back to the session; absent until there is one. */
  #resumeId: string | undefined;
  /** The id of the `resume` packet that waits for its answer. */
  #resuming: number | undefined;
  #attempt = 0;
  #lostAt = 0;
  /** Of what comes next without being asked for: an attempt, the end of one, or the proof that a connection holds. */
  #clearTimer: () => void = () => undefined;
  #stopListening: () => void = () => undefined;

  constructor(options: ConversationOptions) {
    this.opened = this.#opening.promise;
    this.ended = this.#ending.promise;
    this.#options = options;
    this.#pending = new PendingCalls(options.clock);
    this.#liveness = new Liveness(options.clock, {
      ping: () => this.#connection.send(this.#ping()),
      lost: () => this.#connection.abandon("the server has fallen silent"),
    });
    this.#connection = this.#connect(options.timeoutMs);
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  get hasEnded(): boolean {
    return typeof this.#state === "object";
  }

  /** Throws unless calls can be made: with what ended the conversation, or because it has not begun. */
  check(): void {
    if (typeof this.#state === "object") throw this.#state.errorFor();
    if (this.#state === "opening") {
      throw new TransportError("not_connected", "the connection is not open yet: wait for connect() first");
    }
  }

  /** Sends a request, at once or when the session is back, and resolves with its answer; rejects without one. */
  request(name: PacketName, input: object, terms: Terms): Promise<AnswerFrame> {
    const { frame, answer } = this.#pending.add(name, (id) => encodeRequest(name, id, input), terms);
    if (this.#state === "open") this.#send(frame);
    return answer;
  }

  /** Ends every call with `shutdown`, says goodbye, and resolves when the other side has, or when time is up. */
  async close(timeoutMs: number): Promise<void> {
    this.fail((caller) => new TransportError("shutdown", "shutdown() ended this call", { caller }));
    const { promise, resolve } = Promise.withResolvers<void>();
    const clearDeadline = this.#options.clock.after(timeoutMs, resolve);
    await Promise.race([this.ended, promise]);
    clearDeadline();
  }

  /** Ends every call with the error made for it, and says goodbye. */
  fail(errorFor: ErrorFor): void {
    this.#end(errorFor);
    if (this.#connection.hasEnded) this.#ending.resolve({ closeCode: clientCloseCodes.Normal, reason: "" });
    this.#connection.close();
  }

  #connect(timeoutMs: number): Connection {
    const { url, WebSocket, clock } = this.#options;
    const onEnd: ConnectionOptions["onEnd"] = (ending, problem) => this.#disconnected(ending, problem);
    return new Connection({
      url,
      WebSocket,
      clock,
      timeoutMs,
      onOpen: () => this.#connected(),
      onMessage: (data) => this.#receive(readFrame(data)),
      onEnd,
    });
  }

  #connected(): void {
    if (this.#state === "opening") {
      this.#state = "open";
      this.#opening.resolve();
    } else if (this.#state === "lost") {
      // Until it is answered nothing else is sent: any other frame would use up the id that is needed if it never is.
      this.#resuming = this.#pending.nextId();
      this.#setTimer(attemptTimeoutMs, () => this.#connection.abandon("resume had no answer"));
      this.#connection.send(encodeRequest("resume", this.#resuming, { resumeId: this.#resumeId }));
    }
  }

  /** A request whose answer nobody waits for. */
  #ping(): string {
    return encodeRequest("ping", this.#pending.nextId(), {});
  }

  #send(frame: string): void {
    this.#connection.send(frame);
    this.#liveness.sent();
  }

  #receive(frame: ServerFrame): void {
    const { hooks } = this.#options;
    if (frame.kind === "answer") this.#answered(frame);
    if (frame.kind === "event") hooks.tell({ panelEvent: panelEvent(frame.type, frame.content) });
    if (frame.kind === "invalid") {
      hooks.tell({
        exception: new TransportError("invalid_frame", "the server sent a frame that is neither answer nor event"),
      });
    }
    if (this.#state === "open") this.#liveness.received(this.#pending.size > 0);
  }

  #answered({ id, status, body }: AnswerOf): void {
    // Answers to `initialize` and to `resume` have one; each is used up by what is sent after its successor has come.
    if (status === Status.Ok) this.#resumeId = textIn(body, "resume_id") || this.#resumeId;
    if (id === this.#resuming) this.#resumed(status, textIn(body, "authorized"));
    else this.#pending.settle(id, status, body);
  }

  #resumed(status: number, authorized: string): void {
    if (status !== Status.Ok) {
      this.#connection.abandon("resume was refused");
      return;
    }
    this.#resuming = undefined;
    this.#stopListening();
    this.#state = "open";
    this.#setTimer(stableAfterMs, () => {
      this.#attempt = 0;
    });
    // The first frame tells the server that the new resume id has arrived: an old one in other hands is worth nothing then.
    const frames = this.#pending.frames();
    for (const frame of frames.length > 0 ? frames : [this.#ping()]) this.#send(frame);
    this.#options.hooks.tell({ resumed: { isAuthorized: authorized === "license" || authorized === "account" } });
  }

  #disconnected(ending: Ending, problem: string): void {
    this.#liveness.stop();
    this.#clearTimer();
    this.#resuming = undefined;
    const delayMs = this.#delayAfter(ending);
    if (delayMs === undefined) {
      this.#end(this.#state === "opening" ? connectFailed(this.#options.url, problem) : closed(ending));
      this.#ending.resolve(ending);
      return;
    }
    if (this.#state === "open") {
      this.#state = "lost";
      this.#stopListening = onOnline(() => this.#hurry());
    }
    this.#setTimer(delayMs, () => this.#reconnect());
  }

  /** How long to wait before the next attempt to resume; `undefined` when there is nothing to resume any more. */
  #delayAfter({ closeCode }: Ending): number | undefined {
    const { clock, resume } = this.#options;
    if (!resume || this.#resumeId === undefined || this.hasEnded) return undefined;
    const now = clock.now();
    if (this.#state === "open") this.#lostAt = now;
    return delayBeforeAttempt({ attempt: this.#attempt, closeCode, lostForMs: now - this.#lostAt }, clock.random());
  }

  #reconnect(): void {
    this.#attempt++;
    this.#connection = this.#connect(attemptTimeoutMs);
  }

  /** The network is back: what the attempts so far came to says nothing any more. */
  #hurry(): void {
    if (!this.#connection.hasEnded) return;
    this.#clearTimer();
    this.#attempt = 0;
    this.#reconnect();
  }

  #setTimer(delayMs: number, action: () => void): void {
    this.#clearTimer();
    this.#clearTimer = this.#options.clock.after(delayMs, action);
  }

  /** The first end is the one that counts. */
  #end(errorFor: ErrorFor): void {
    if (typeof this.#state === "object") return;
    this.#state = { errorFor };
    this.#clearTimer();
    this.#stopListening();
    this.#liveness.stop();
    this.#opening.reject(errorFor());
    this.#pending.failAll(errorFor);
  }
}

function closed({ closeCode, reason }: Ending): ErrorFor {
  const message = `the connection was closed with ${closeCode}${reason && ` (${reason})`}`;
  return (caller) => new TransportError("closed", message, { closeCode, reason, caller });
}

function connectFailed(url: URL, problem: string): ErrorFor {
  return (caller) => new TransportError("connect_failed", `could not connect to ${url.href}: ${problem}`, { caller });
}
