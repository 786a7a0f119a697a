import type { Caller, CallerSession, LiveRequest } from "#caller.ts";
import type { Context } from "#context.ts";
import { findAnswer, insertAnswer } from "#storage/answers.ts";
import { lockSession } from "#storage/sessions.ts";
import type { Answered, Db } from "#storage/tables.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { refreshRoster } from "./refresh-roster.ts";

export type OnceRefusal = "alreadyAnswered" | "sessionGone";

/**
 * Runs a change at most once for the request that asks for it: its output is kept in the same transaction, for whoever
 * sends the request again (LP-RES-2). `alreadyAnswered`: it was made before, and the gate answers as it did then.
 * `sessionGone`: whoever resumed the session sends the request again; it must not be run behind their back.
 */
export async function once<T extends Decided & { readonly output?: object | undefined }>(
  { db, now }: Context,
  { request, session }: Pick<Caller, "request" | "session">,
  work: (tx: Db) => Promise<T>,
): Promise<T | { readonly refused: OnceRefusal }> {
  if (!request || !session) return transact(db, work);
  return transact<T | { readonly refused: OnceRefusal }>(db, async (tx) => {
    const outcome = await work(tx);
    if (outcome.refused !== undefined) return outcome;
    // Last, where sessions are in the order of locks. Held until the end, so that no resume comes between.
    if (!(await lockSession(tx, { id: session.id, secretHash: session.secretHash, now }))) {
      return { refused: "sessionGone" };
    }
    const output = JSON.stringify(outcome.output ?? {});
    const kept = await insertAnswer(tx, { ...nameOf(session, request), output, answeredAt: now });
    return kept ? outcome : { refused: "alreadyAnswered" };
  });
}

/** The output that a request was answered with before. */
export async function answerGiven(context: Context, session: CallerSession, request: LiveRequest): Promise<unknown> {
  // In a transaction: it may still be on its way to the disk.
  const { answer } = await transact<Decided & { readonly answer: Answered | undefined }>(context.db, async (tx) => ({
    answer: await findAnswer(tx, nameOf(session, request)),
  }));
  if (!answer) return undefined;
  // Another connection may have run it, whose roster this is not.
  await refreshRoster(context, session);
  return JSON.parse(answer.output);
}

function nameOf({ id: sessionId }: CallerSession, { id, type }: LiveRequest) {
  return { sessionId, requestId: `${id}`, type };
}
