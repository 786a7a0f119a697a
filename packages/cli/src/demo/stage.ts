import type { Output } from "../output/output.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

/** One call of the demo as `--json` prints it. */
export interface Step extends Outcome {
  readonly page: string;
  readonly call: string;
  /** A number, or the name where there is none. */
  readonly expected: number | string;
}

const callWidth = 55;
const numberWidth = 5;

/** Runs the steps of the demo, shows each as it ends, and keeps what came of it. */
export class Stage {
  readonly #output: Output;
  readonly steps: Step[] = [];
  #page = "";

  constructor(output: Output) {
    this.#output = output;
  }

  /** The steps that follow are of this page. */
  page(title: string): void {
    this.#output.text(this.#page === "" ? title : `\n${title}`);
    this.#page = title;
  }

  async step(call: string, expected: number | string, run: () => unknown): Promise<void> {
    const outcome = await outcomeOf(run);
    const step = { page: this.#page, call, expected, ...outcome };
    this.steps.push(step);
    const number = String(outcome.number ?? "").padStart(numberWidth);
    const mark = isAsExpected(step) ? "" : `   ✗ must be ${expected}`;
    this.#output.text(`  ${call.padEnd(callWidth)}${number}  ${outcome.name}${mark}`);
  }
}

export function isAsExpected({ number, name, expected }: Step): boolean {
  return (number ?? name) === expected;
}
