import type { PacketName, Refusal, RequestId } from "@latchkey/protocol";
import { CloseCode, closeInsteadOf, encodeAnswer, inputOf, Status, statusOf } from "@latchkey/protocol";
import type { Caller } from "#caller.ts";
import type { Gate } from "#gate.ts";

/** What a request comes to on the wire: an answer, a close, or both. */
export interface Dispatched {
  /** The operation did what it was asked. */
  readonly isDone: boolean;
  readonly frame?: string;
  readonly close?: CloseCode;
  readonly refusal?: Refusal;
}

/** Translates between packets and operations; it decides nothing. */
export class Dispatch {
  readonly #gate: Gate;

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  async run(
    name: PacketName,
    id: RequestId,
    body: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): Promise<Dispatched> {
    const outcome = await this.#gate.call(name, caller, inputOf(name, body));
    if (outcome.ok) return { isDone: true, frame: encodeAnswer(name, id, Status.Ok, outcome.output) };
    if (!("fault" in outcome)) {
      const { refusal, output } = outcome;
      if (isClosing(refusal)) return { isDone: false, close: closeInsteadOf[refusal], refusal };
      return { isDone: false, frame: encodeAnswer(name, id, statusOf[refusal], output), refusal };
    }
    switch (outcome.fault) {
      case "uninitialized":
      case "unauthenticated":
      case "forbidden":
      case "idempotencyKeyReused":
      case "answerUnknown":
        // The last four are the management door's.
        return { isDone: false, close: CloseCode.NotInitialized };
      case "malformed":
        return { isDone: false, close: CloseCode.InvalidBody };
      case "gone":
        return { isDone: false };
      case "internal":
        return name === "resume"
          ? { isDone: false, close: CloseCode.InternalServerError }
          : { isDone: false, frame: encodeAnswer(name, id, Status.InternalServerError, undefined) };
    }
  }
}

function isClosing(refusal: Refusal): refusal is keyof typeof closeInsteadOf {
  return Object.hasOwn(closeInsteadOf, refusal);
}
