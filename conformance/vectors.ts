import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A JSON value with placeholders in it, see README.md. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type Fields = Readonly<Record<string, Json>>;

/** What the server under test must have before the first step: `schema.json` says what it may say. */
export type Needs = Fields;

export type Step =
  | { readonly connect: string; readonly initialize?: string; readonly resume?: string; readonly keep?: string }
  | {
      readonly on?: string;
      readonly ask: Fields;
      readonly answer: Fields;
      readonly times?: number;
      readonly eventually?: true;
    }
  | { readonly on?: string; readonly send: readonly (Fields | string)[] }
  | { readonly on?: string; readonly sendHex: string; readonly binary?: true }
  | { readonly on?: string; readonly answers: readonly Fields[] }
  | { readonly on?: string; readonly event: Fields }
  | { readonly quiet: string }
  | { readonly on?: string; readonly closed: number; readonly reason?: string }
  | { readonly drop: string }
  | { readonly end: string; readonly code: number }
  | { readonly operator: string; readonly with?: Fields };

export interface Flow {
  readonly title: string;
  readonly rules: readonly string[];
  readonly needs?: Needs;
  readonly steps: readonly Step[];
}

/** One frame from a client, and the answer or the close that it must get. */
interface Frame {
  readonly title: string;
  readonly rules: readonly string[];
  /** How far the connection has come; `initialized` unless given. */
  readonly as?: "opened" | "initialized" | "account";
  readonly text?: string;
  /** A text in which `$pad` is as long as it takes to make the frame this many bytes. */
  readonly padded?: { readonly text: string; readonly to: number };
  /** Bytes of a text frame. */
  readonly hex?: string;
  /** Bytes of a binary frame. */
  readonly binary?: string;
  readonly answer?: Fields;
  readonly close?: number;
}

const here = import.meta.dirname;

/** Every vector for servers, as flows. */
export function serverFlows(): Flow[] {
  const files = globSync("flows/*.json", { cwd: here }).sort();
  const flows = files.flatMap((file) => read(file, isFlowFile).flows);
  const frames = ["frames.json", "bodies.json"].flatMap((file) => read(file, isFrameFile).frames);
  return [...frames.map(flowOfFrame), ...flows];
}

const account: Fields = { type: 1, login: "frames", password: "correct horse" };

/** A frame is a flow that sends it and looks what comes back. */
function flowOfFrame({ title, rules, as = "initialized", text, padded, hex, binary, answer, close }: Frame): Flow {
  const begin: Step[] = [as === "opened" ? { connect: "a" } : { connect: "a", initialize: "client-1" }];
  if (as === "account") {
    begin.push({ ask: account, answer: { status: 1 } }, { ask: { ...account, type: 3 }, answer: { status: 1 } });
  }
  if (text !== undefined) begin.push({ send: [text] });
  else if (padded) begin.push({ send: [padded.text.replace("$pad", "x".repeat(padded.to - padded.text.length + 4))] });
  else if (hex !== undefined) begin.push({ sendHex: hex });
  else if (binary !== undefined) begin.push({ sendHex: binary, binary: true });
  const end: Step = close === undefined ? { answers: [answer ?? {}] } : { closed: close };
  return { title, rules, steps: [...begin, end] };
}

function read<T>(file: string, isRight: (value: unknown) => value is T): T {
  const value: unknown = JSON.parse(readFileSync(join(here, file), "utf8"));
  if (!isRight(value)) throw new Error(`${file} is no file of vectors`);
  return value;
}

// What else these files may say is said by schema.json, which `npm run check` holds them against.

function isFlowFile(value: unknown): value is { readonly flows: readonly Flow[] } {
  return typeof value === "object" && value !== null && "flows" in value;
}

function isFrameFile(value: unknown): value is { readonly frames: readonly Frame[] } {
  return typeof value === "object" && value !== null && "frames" in value;
}
