import { type InputOf, type OutputOf, requestOf, type RoutedName } from "@latchkey/protocol";
import { ProblemError } from "./problem-error.ts";
import { readOutput } from "./read-output.ts";

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Says which attempts are the same request, so that what was done is not done again. */
  readonly idempotencyKey?: string;
  /** The tag of what the change was made to (MG-ETAG-1). */
  readonly ifMatch?: string | undefined;
  /** Kept in the audit log. */
  readonly reason?: string | undefined;
}

export interface Answered<N extends RoutedName> {
  readonly output: OutputOf<N>;
  readonly etag?: string;
}

/** Asks the management door. What is not done is thrown, as a ProblemError. */
export async function call<N extends RoutedName>(
  name: N,
  input: InputOf<N>,
  options: CallOptions = {},
): Promise<Answered<N>> {
  const { method, path, body } = requestOf(name, input);
  const response = await send(path, {
    method,
    headers: {
      Accept: "application/json",
      ...(body && { "Content-Type": "application/json" }),
      ...(method === "POST" && options.idempotencyKey && { "Idempotency-Key": options.idempotencyKey }),
      ...(options.ifMatch && { "If-Match": options.ifMatch }),
      ...(options.reason && { "Latchkey-Reason": encodeURIComponent(options.reason) }),
    },
    ...(body && { body: JSON.stringify(body) }),
    ...(options.signal && { signal: options.signal }),
  });
  if (!response.ok) throw await ProblemError.of(response);
  const etag = response.headers.get("ETag");
  const output = readOutput<N>(await response.text());
  return { output, ...(etag !== null && { etag }) };
}

async function send(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...request, credentials: "same-origin", redirect: "error" });
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw ProblemError.unreachable();
  }
}
