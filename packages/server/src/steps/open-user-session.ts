import type { Refusal } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { newRowId, newToken, sha256 } from "#crypto/tokens.ts";
import { insertSession } from "#storage/sessions.ts";
import type { Account, Application, AuthorizationId, Db, SessionId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { makeRoom } from "./make-room.ts";

/** An account that nobody else can sign in until the transaction ends, or why there is none. */
export type Claimed<R extends Refusal> = Decision<{ readonly account: Account }, R>;

export type Opened<R extends Refusal> = Decision<
  { readonly account: Account; readonly token: string },
  R | "concurrentLoginLimit" | "loggedInElsewhere"
>;

/**
 * Opens a user-service session for the account that `claim` answers: the account is claimed, the concurrent-login policy
 * applied and the session written in one transaction (US-SESS-20 to 24). `claim` locks the account's row until then; when
 * it finds none, whatever the account was verified by does not hold any more. `provider`: where its user signed in.
 */
export async function openUserSession<R extends Refusal>(
  context: Context,
  application: Application,
  address: string,
  claim: (tx: Db) => Promise<Claimed<R>>,
  provider: string | null = null,
): Promise<Opened<R>> {
  const { db, now, changeLog } = context;
  const opened = await transact<Opened<R> & { readonly hasEvicted?: boolean }>(db, async (tx) => {
    const claimed = await claim(tx);
    if (!("account" in claimed)) return claimed;
    const { account } = claimed;
    const room = await makeRoom(context, tx, application, account.id);
    if (room.refused) return room;
    const token = newToken();
    await insertSession(tx, {
      id: newRowId<SessionId>(),
      applicationId: application.id,
      door: "user-service",
      secretHash: sha256(token),
      address,
      authorizationId: newRowId<AuthorizationId>(),
      accountId: account.id,
      createdAt: now,
      lastSeenAt: now,
      provider,
    });
    return { account, token, hasEvicted: room.hasEvicted };
  });
  if (opened.hasEvicted) await changeLog.wake();
  return opened;
}
