import { CloseCode } from "@latchkey/protocol";
import type { CallerSession } from "#caller.ts";
import type { ClientLink } from "#cluster/roster.ts";
import { withSettledRow } from "#cluster/with-settled-row.ts";
import type { Context } from "#context.ts";
import type { Authorization, LiveSession } from "#storage/tables.ts";

/**
 * Puts a session that was just committed on the roster, as its row says, and closes the connection that carried it so
 * far. Answers nothing when it has ended or been taken over before it came so far: then the connection is closed.
 */
export async function enterRoster(
  context: Context,
  { id, secretHash }: Pick<CallerSession, "id" | "secretHash">,
  link: ClientLink,
): Promise<LiveSession | undefined> {
  return withSettledRow(context.db, context.roster, id, (session) => {
    if (session?.secretHash !== secretHash) {
      link.close(session ? CloseCode.ResumedElsewhere : CloseCode.DisconnectedFromPanel);
      return undefined;
    }
    context.roster.enter({ ...session, link })?.close(CloseCode.ResumedElsewhere);
    return session;
  });
}

/** Lets the roster know what the row says. */
export async function refreshRoster({ db, roster }: Context, { id, secretHash }: CallerSession): Promise<void> {
  await withSettledRow(db, roster, id, (session) => {
    roster.update({ id, secretHash }, session?.authorization, session?.formerLicenseId);
  });
}

/**
 * Lets the roster know of an authorization that was just committed. If changes were applied since the call began, one of
 * them may have ended it before the roster heard of it: then the row is asked.
 */
export async function adoptAuthorization(
  context: Context,
  session: CallerSession,
  authorization: Authorization,
): Promise<void> {
  if (context.changesApplied !== context.roster.changesApplied) return refreshRoster(context, session);
  context.roster.update(session, authorization);
}
