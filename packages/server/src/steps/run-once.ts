import type { Context } from "#context.ts";
import { newRowId } from "#crypto/tokens.ts";
import type { NamedRequest } from "#domain/named-request.ts";
import { claimManagementRequest, findManagementRequest, keepManagementAnswer } from "#storage/management-requests.ts";
import type { Db } from "#storage/tables.ts";

/** Another run of the same request was faster: whatever this one has done is undone. */
class RequestTakenError extends Error {}

/** For `recordAudit`: the transaction of a change is the one that claims. */
export async function claimRun(tx: Db, { run, now }: Pick<Context, "run" | "now">): Promise<void> {
  if (run && !(await claimManagementRequest(tx, { ...run, claimedAt: now }))) throw new RequestTakenError();
}

export type RunOnce<O> =
  | O
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly fault: "idempotencyKeyReused" | "answerUnknown" };

/**
 * Runs what changes something once for each name that its caller gives (MG-IDEM-1): repeated, it answers as before. Only
 * a crash between the change and its answer leaves the change without one; then that is said, and nothing is done again.
 */
export async function runOnce<O extends { readonly ok: boolean; readonly output?: unknown }>(
  context: Context,
  request: NamedRequest,
  work: (context: Context) => Promise<O>,
): Promise<RunOnce<O>> {
  const before = await answerBefore<O>(context, request);
  if (before) return before;
  // It claims the name with the first change that it makes.
  const run = { ...request, runId: newRowId() };
  try {
    const outcome = await work({ ...context, run });
    if (outcome.ok) await keepAnswer(context, run, outcome.output);
    return outcome;
  } catch (error) {
    if (!(error instanceof RequestTakenError)) throw error;
    return (await answerBefore<O>(context, request)) ?? { ok: false, fault: "answerUnknown" };
  }
}

async function answerBefore<O>(
  { db, operatorSecrets }: Context,
  request: NamedRequest,
): Promise<RunOnce<O> | undefined> {
  const found = await findManagementRequest(db, request);
  if (!found) return undefined;
  if (found.fingerprint !== request.fingerprint) return { ok: false, fault: "idempotencyKeyReused" };
  const text = found.sealedAnswer === null ? undefined : operatorSecrets.answers.open(found.sealedAnswer);
  if (text === undefined) return { ok: false, fault: "answerUnknown" };
  return { ok: true, output: JSON.parse(text) };
}

/** Sealed, as some answers show what is shown only once. */
async function keepAnswer(
  { db, operatorSecrets }: Context,
  run: NonNullable<Context["run"]>,
  output: unknown,
): Promise<void> {
  await keepManagementAnswer(db, run.runId, run, operatorSecrets.answers.close(JSON.stringify(output)));
}
