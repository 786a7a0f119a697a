import { settingsOf } from "@latchkey/protocol";
import type { CallerSession } from "#caller.ts";
import type { Context } from "#context.ts";
import { propertiesOf } from "#domain/account-output.ts";
import type { Decision } from "#domain/decision.ts";
import { columnsAfter, type Properties, propertiesText } from "#domain/fit-properties.ts";
import { readUpdate, type UpdateRefusal as FormRefusal } from "#domain/update-form.ts";
import { voidLinks } from "#storage/account-links.ts";
import { lockAccount, updateAccountRow } from "#storage/accounts.ts";
import { lockApplication } from "#storage/applications.ts";
import { useAuthorization } from "#storage/authorizations.ts";
import { columnsOf } from "#storage/columns.ts";
import type { Authorization } from "#storage/live-session.ts";
import type { Account, ApplicationId, Column, Db } from "#storage/tables.ts";
import { addressChanged } from "./address-changed.ts";
import { applyToAccount } from "./change-account.ts";
import { moveIdentities } from "./move-identities.ts";
import { settleProperties } from "./settle-properties.ts";
import { recordAccount } from "./record-account.ts";

/** What somebody wants an account to be. */
export interface AccountUpdate {
  readonly applicationId: ApplicationId;
  readonly accountId: string;
  readonly form: Properties;
  readonly by: "client" | "server";
  /** Neither its own user asks nor server code. */
  readonly isOthers: boolean;
  /** The user who asks. */
  readonly user?: { readonly session: CallerSession; readonly authorization: Authorization };
}

type UpdateRefusal = FormRefusal | "updateTargetMissing" | "loginTaken" | "propertyTaken" | "tokenUnknown";

/** Writes an update of an account, with another password only if the hash of one is given. */
export async function writeUpdate(
  context: Context,
  tx: Db,
  { applicationId, accountId, form, by, isOthers, user }: AccountUpdate,
  passwordHash?: string,
): Promise<Decision<{ readonly account: Account; readonly columns: readonly Column[] }, UpdateRefusal>> {
  const { now } = context;
  // Until this is written nobody else changes columns or identities of the application.
  const application = await lockApplication(tx, applicationId);
  const found = await lockAccount(tx, accountId);
  if (user && !(await useAuthorization(tx, { ...nameOf(user), now }))) return { refused: "tokenUnknown" };
  if (!application || found?.applicationId !== applicationId) return { refused: "updateTargetMissing" };
  const settings = settingsOf(application);
  const columns = await columnsOf(tx, { applicationId });
  const read = readUpdate(form, found, { applicationId, settings, columns, by, now, isOthers });
  if (read.refused) return read;
  const { fitted, password: _, ...fields } = read.update;
  const moved = await moveIdentities(tx, found, fields, settings.identityColumn);
  if (moved.refused) return moved;
  const settled = await settleProperties(context, tx, found, columns, fitted);
  if (settled.refused) return settled;

  const properties = propertiesText(propertiesOf(found), fitted);
  const changes = { ...fields, properties, updatedAt: now, ...(passwordHash !== undefined && { passwordHash }) };
  const updated = await applyToAccount(context, tx, found, {
    write: (tx, { id }) => updateAccountRow(tx, id, changes),
    ...(passwordHash !== undefined && {
      ends: { event: "accountPasswordChanged", ...(isOwn(found, user) && { except: user.session.id }) },
    }),
  });
  if (passwordHash !== undefined) await voidLinks(tx, found.id, ["recover"]);
  const account = updated.email === found.email ? updated : await addressChanged(tx, updated, settings, now);
  if (account.status !== updated.status) await recordAccount(tx, context, updated, account);
  return { account, columns: columnsAfter(columns, fitted) };
}

type User = NonNullable<AccountUpdate["user"]>;

function nameOf({ session, authorization }: User) {
  return { sessionId: session.id, secretHash: session.secretHash, authorizationId: authorization.id };
}

function isOwn({ id }: Account, user: User | undefined): user is User {
  return user?.authorization.accountId === id;
}
