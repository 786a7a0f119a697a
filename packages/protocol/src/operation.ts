import type * as v from "valibot";
import type { Scope } from "./management/scopes.ts";
import type { Refusal } from "./refusals.ts";

/**
 * What a caller must have shown before an operation runs.
 *
 * - `open`: nothing
 * - `init`: an application is known
 * - `server`: the same, with the key of server code (BL)
 * - `session`: an initialized live session, whose authorization this operation may change
 * - `auth`, `license`, `account`: an authorization of any kind, by license, by account
 * - `operator`: a person of the vendor, signed in; for what is that person's own
 * - anything with a colon: a scope of an operator, such as `licenses:create`
 */
export type Gate = "open" | "init" | "server" | "session" | "auth" | "license" | "account" | "operator" | Scope;

/** Where the management door serves an operation; `{field}` is a field of its input, in one percent-encoded segment. */
export type Route = `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /manage/v1/${string}`;

/** One operation of the product, stated once. Everything else about it is derived. */
export interface Operation<R extends Refusal = Refusal> {
  /** Its packet on the live door; absent: not served there. */
  readonly type?: number;
  /** Absent: the management door does not serve it. */
  readonly route?: Route;
  readonly gate: Gate;
  /** Is about several applications, and by itself leaves out those that its caller may not see. */
  readonly spans?: true;
  /** May be asked to be done only if its record is still what the caller has seen (MG-ETAG-1). */
  readonly conditional?: true;
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
