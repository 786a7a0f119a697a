import { createInterface } from "node:readline";

export interface Prompt extends Disposable {
  /** Writes the label and resolves with the next line of standard input; with an empty one at its end. */
  readLine(label: string): Promise<string>;
}

/** Opens standard input, from a terminal or a pipe. Dispose it, or the program will not end. */
export function openPrompt(): Prompt {
  const input = createInterface({ input: process.stdin });
  const lines = input[Symbol.asyncIterator]();
  return {
    async readLine(label) {
      process.stdout.write(`${label}: `);
      const line = await lines.next();
      return line.done ? "" : line.value;
    },
    [Symbol.dispose]: () => input.close(),
  };
}
