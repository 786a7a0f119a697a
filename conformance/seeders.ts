import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Seeder } from "./play.ts";

type Values = Readonly<Record<string, string>>;

/** Asks a program that was started once: a line of JSON on its input, a line on its output. */
export function commandSeeder(command: string): Seeder & AsyncDisposable {
  const child = spawn(command, { shell: true, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const request = async (line: object): Promise<Values> => {
    child.stdin.write(`${JSON.stringify(line)}\n`);
    const { done, value } = await lines.next();
    if (done) throw new Error(`the seeding command has ended: ${command}`);
    const answer: unknown = JSON.parse(value);
    if (isRecord(answer) && isRecord(answer["values"])) return texts(answer["values"]);
    throw new Error(`the seeding command answered ${value}`);
  };
  return {
    seed: (needs) => request({ seed: needs }),
    operate: async (operator, app, given) => {
      await request({ operator, app, with: given });
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await gone;
    },
  };
}

/** Takes what was seeded by hand from a file: values by the title of each flow. */
export function fileSeeder(file: string): Seeder {
  const seeded: unknown = JSON.parse(readFileSync(file, "utf8"));
  return {
    async seed(_, { title }) {
      const values = isRecord(seeded) ? (seeded[title] ?? seeded["*"]) : undefined;
      if (!isRecord(values)) throw new Error(`${file} has nothing for "${title}"`);
      return texts(values);
    },
  };
}

function texts(values: Readonly<Record<string, unknown>>): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
