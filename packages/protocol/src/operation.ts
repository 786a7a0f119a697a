import type * as v from "valibot";
import type { Refusal } from "./refusals.ts";

/**
 * What a caller must have shown before an operation runs.
 *
 * - `open`: nothing
 * - `init`: an application is known
 * - `server`: the same, with the key of server code (BL)
 * - `session`: an initialized live session, whose authorization this operation may change
 * - `auth`, `license`, `account`: an authorization of any kind, by license, by account
 * - anything with a colon: a scope of an operator, such as `licenses:create`
 */
export type Gate = "open" | "init" | "server" | "session" | "auth" | "license" | "account" | Scope;

export type Scope =
  | `${"applications" | "accounts" | "licenses" | "roles"}:${"create" | "read" | "update" | "delete"}`
  /** More than reading them: it gives away the hashes of their passwords. */
  | "accounts:export"
  | `${"variables" | "blacklists"}:${"read" | "update" | "delete"}`
  | `files:${"upload" | "read" | "delete"}`
  | "sessions:read"
  | "sessions:disconnect";

/** One operation of the product, stated once. Everything else about it is derived. */
export interface Operation<R extends Refusal = Refusal> {
  /** Its packet on the live door; absent: not served there. */
  readonly type?: number;
  readonly gate: Gate;
  /** Changes the authorization: runs alone on its session, in arrival order. */
  readonly exclusive?: true;
  /** Changes something, and does so once for each request: repeated, it is answered as before (LP-RES-2). */
  readonly once?: true;
  readonly input: v.GenericSchema;
  readonly output: v.GenericSchema;
  /** Every refusal it may give, in no particular order. */
  readonly refuses: readonly R[];
}

/** Keeps the literal types of a definition, so that the tables below can be computed from it. */
export function operation<const D extends Operation>(definition: D): D {
  return definition;
}

/** The answer of an operation that did what it was asked. */
export function done<const O>(output: O) {
  return { ok: true, output } as const;
}

/** The answer of an operation that says no; some refusals carry a part of the output. */
export function refuse<const R extends Refusal>(refusal: R): { readonly ok: false; readonly refusal: R };
export function refuse<const R extends Refusal, const O>(
  refusal: R,
  output: O,
): { readonly ok: false; readonly refusal: R; readonly output: O };
export function refuse(refusal: Refusal, output?: unknown) {
  return output === undefined ? { ok: false, refusal } : { ok: false, refusal, output };
}
