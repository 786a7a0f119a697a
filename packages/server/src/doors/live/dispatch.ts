import type { PacketName, Refusal, RequestId } from "@latchkey/protocol";
import { CloseCode, encodeAnswer, inputOf, Status, statusOf } from "@latchkey/protocol";
import type { Caller } from "#caller.ts";
import type { Gate } from "#gate.ts";

/** What a request comes to on the wire: an answer, a close, or both. */
export interface Dispatched {
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
    if (outcome.ok) return { frame: encodeAnswer(name, id, Status.Ok, outcome.output) };
    if (!("fault" in outcome)) {
      const { refusal, output } = outcome;
      return { frame: encodeAnswer(name, id, statusOf[refusal], output), refusal };
    }
    switch (outcome.fault) {
      case "uninitialized":
        return { close: CloseCode.NotInitialized };
      case "malformed":
        return { close: CloseCode.InvalidBody };
      case "internal":
        return { frame: encodeAnswer(name, id, Status.InternalServerError, undefined) };
    }
  }
}
