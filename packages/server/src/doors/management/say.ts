import type { Problem } from "@latchkey/protocol";
import type { ServerResponse } from "node:http";

export type Headers = Readonly<Record<string, string>>;

/** A problem with what is special about this one. */
export interface SaidProblem extends Problem {
  readonly code: string;
  readonly requestId?: string;
  /** What is wrong with which field. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly [detail: string]: unknown;
}

const common = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

export function say(response: ServerResponse, status: number, output: unknown, headers: Headers = {}): void {
  write(response, status, "application/json; charset=utf-8", JSON.stringify(output), headers);
}

/** MG-HTTP-3. */
export function sayProblem(response: ServerResponse, problem: SaidProblem, headers: Headers = {}): void {
  const { status, title, code, ...details } = problem;
  const body = { type: `urn:latchkey:problem:${code}`, title, status, code, ...details };
  write(response, status, "application/problem+json", JSON.stringify(body), headers);
}

function write(response: ServerResponse, status: number, type: string, body: string, headers: Headers): void {
  response.writeHead(status, {
    ...common,
    ...headers,
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}
