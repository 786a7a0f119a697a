import { type Answer, done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusalOf } from "#domain/decision.ts";
import { findApplication } from "#storage/applications.ts";
import { addGuest } from "#steps/add-guest.ts";
import { openUserSession } from "#steps/open-user-session.ts";
import { limitRegistrations } from "#steps/limit-registrations.ts";
import { howUsersLook } from "#steps/how-users-look.ts";

/** Makes an account without an identity, and opens a session of it (US-GUEST-1). */
export async function loginAsGuest(
  context: Context,
  caller: CallerOf<"loginAsGuest">,
): Promise<Answer<"loginAsGuest">> {
  const limited = limitRegistrations(context, caller);
  if (limited) return refusalOf(limited);
  const { applicationId: id, address } = caller;
  const application = await findApplication(context.db, { id });
  if (!application) return refuse("loginsDisabled");
  const { enableLogin, guestLoginEnabled } = settingsOf(application);
  if (!enableLogin || !guestLoginEnabled) return refuse("loginsDisabled");
  const show = await howUsersLook(context.db, application);
  const opened = await openUserSession(context, application, address, (tx) => addGuest(context, tx, caller));
  if (opened.refused) return refusalOf(opened);
  return done({ account: show(opened.account), token: opened.token });
}
