import { fill, fillFields, fillText, mismatch, type Names } from "./match.ts";
import type { Fields, Flow, Needs, Step } from "./vectors.ts";
import { type Arrived, Wire } from "./wire.ts";

/** Whoever brings the server under test into the state that a flow needs. */
export interface Seeder {
  /** Makes an application with all that is needed. Answers `key`, its WebSocket API key, `app`, and a value for each name. */
  seed(needs: Needs, flow: Flow): Promise<Readonly<Record<string, string>>>;
  /** Does what a flow's operator does. `undefined`: this seeder cannot operate, and such flows are left out. */
  readonly operate?: (operation: string, app: string, given: Fields) => Promise<void>;
}

export interface Target {
  readonly url: string;
  readonly seeder: Seeder;
  readonly deadlineMs?: number;
}

const initializeType = 0;
const pingType = 103;

/** Plays one flow; throws with the step and the reason at which the server departs from it. */
export async function play(flow: Flow, { url, seeder, deadlineMs = 10_000 }: Target): Promise<void> {
  const seeded = await seeder.seed(flow.needs ?? {}, flow);
  const playing = new Playing(url, deadlineMs, new Map(Object.entries(seeded)), seeder);
  try {
    for (const [index, step] of flow.steps.entries()) {
      try {
        await playing.step(step);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`step ${index + 1} ${JSON.stringify(step)}: ${reason}`, { cause: error });
      }
    }
  } finally {
    playing.dropAll();
  }
}

export function isOperated({ steps }: Flow): boolean {
  return steps.some((step) => "operator" in step);
}

class Playing {
  readonly #wires = new Map<string, Wire>();
  readonly #url: string;
  readonly #deadlineMs: number;
  readonly #names: Names;
  readonly #seeder: Seeder;

  constructor(url: string, deadlineMs: number, names: Names, seeder: Seeder) {
    this.#url = url;
    this.#deadlineMs = deadlineMs;
    this.#names = names;
    this.#seeder = seeder;
  }

  dropAll(): void {
    for (const wire of this.#wires.values()) wire.drop();
  }

  async step(step: Step): Promise<void> {
    if ("connect" in step) await this.#connect(step);
    else if ("operator" in step) await this.#operate(step.operator, step.with ?? {});
    else if ("quiet" in step) await this.#quiet(this.#wire(step.quiet));
    else if ("drop" in step) this.#wire(step.drop).drop();
    else if ("end" in step) this.#ended(await this.#wire(step.end).end(step.code), step.code);
    else await this.#talk(this.#wire(step.on ?? "a"), step);
  }

  async #talk(wire: Wire, step: Extract<Step, { readonly on?: string }>): Promise<void> {
    if ("ask" in step) await this.#ask(wire, step);
    else if ("send" in step) step.send.forEach((frame) => this.#send(wire, frame));
    else if ("sendHex" in step) wire.sendBytes(Buffer.from(step.sendHex, "hex"), step.binary === true);
    else if ("answers" in step) await this.#answers(wire, step.answers);
    else if ("event" in step) this.#compare(step.event, await wire.event());
    else this.#ended(await wire.closed(), step.closed, step.reason);
  }

  #wire(name: string): Wire {
    const wire = this.#wires.get(name);
    if (!wire) throw new Error(`no connection is called ${name}`);
    return wire;
  }

  async #connect({ connect, initialize, resume, keep }: Extract<Step, { connect: string }>): Promise<void> {
    const presented = resume === undefined ? undefined : String(fillText(resume, this.#names));
    const wire = await Wire.connect(this.#url, this.#deadlineMs, presented);
    this.#wires.set(connect, wire);
    if (keep !== undefined) this.#names.set(keep, wire.resumeId);
    if (initialize === undefined) return;
    const ask = { type: initializeType, websocket_api_key: "$key", client_id: initialize };
    await this.#ask(wire, { ask, answer: { status: 1 } });
  }

  async #ask(wire: Wire, { ask, answer, times = 1, eventually }: Extract<Step, { ask: Fields }>): Promise<void> {
    for (let n = 1; n <= times; n++) {
      const asked = async () => this.#fault(answer, await wire.answer(wire.ask(fillFields(ask, this.#names, n))));
      const until = performance.now() + this.#deadlineMs;
      let fault = await asked();
      while (fault !== undefined && eventually && performance.now() < until) fault = await asked();
      if (fault !== undefined) throw new Error(fault);
    }
  }

  #send(wire: Wire, frame: Fields | string): void {
    if (typeof frame !== "string") wire.send(fillFields(frame, this.#names));
    else wire.send(frame.replaceAll("$key", String(this.#names.get("key"))));
  }

  async #answers(wire: Wire, expected: readonly Fields[]): Promise<void> {
    for (const answer of expected) this.#compare(answer, await wire.answer(fill(answer["id"] ?? "", this.#names)));
  }

  async #quiet(wire: Wire): Promise<void> {
    await wire.answer(wire.ask({ type: pingType }));
    if (wire.unreadEvents.length > 0) throw new Error(`an event has come: ${JSON.stringify(wire.unreadEvents[0])}`);
  }

  async #operate(operation: string, given: Fields): Promise<void> {
    const app = String(this.#names.get("app"));
    if (!this.#seeder.operate) throw new Error("this seeder cannot operate");
    await this.#seeder.operate(operation, app, fillFields(given, this.#names));
  }

  #ended({ code, reason }: { readonly code: number; readonly reason: string }, expected: number, text?: string): void {
    this.#compare({ code: expected, ...(text !== undefined && { reason: text }) }, { code, reason });
  }

  #compare(expected: Fields, arrived: Arrived): void {
    const fault = this.#fault(expected, arrived);
    if (fault !== undefined) throw new Error(fault);
  }

  /** Whatever a flow says: an answer has no `type` (LP-ENV-1), and nothing is ever null (LP-ENV-4). */
  #fault(expected: Fields, arrived: Arrived): string | undefined {
    const fault = mismatch({ type: "$absent", ...expected }, arrived, this.#names);
    if (fault !== undefined) return `${fault} in ${JSON.stringify(arrived)}`;
    return /:null[,}]/.test(JSON.stringify(arrived)) ? `null in ${JSON.stringify(arrived)}` : undefined;
  }
}
