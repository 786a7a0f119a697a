import type { Answer, InputOf } from "@latchkey/protocol";
import { CloseCode, codePoints, done, limits, refuse, refusedClientId } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newRowId, sha256 } from "#crypto/tokens.ts";
import { findApplication, findApplicationByWebsocketKey } from "#storage/applications.ts";
import { isBlacklisted } from "#storage/blacklist.ts";
import { insertSession } from "#storage/sessions.ts";
import type { Application, ApplicationId, Db, SessionId } from "#storage/tables.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { hasQuota } from "#steps/admit-session.ts";
import { enterRoster } from "#steps/refresh-roster.ts";

/** Opens a live session: from here on it is a record, whatever happens to its connection. Order: LP-INIT-4. */
export async function initialize(
  context: Context,
  caller: CallerOf<"initialize">,
  input: InputOf<"initialize">,
): Promise<Answer<"initialize">> {
  const { db, now, node } = context;
  const { opening, address } = caller;
  if (!opening) return answerAgain(context, caller, input);
  const { websocketApiKey, clientId } = input;
  if (codePoints(websocketApiKey) !== limits.websocketApiKey) return refuse("applicationKeyMalformed");
  const refusedClient = refusedClientId(clientId);
  if (refusedClient) return refuse(refusedClient);

  const application = await findApplicationByWebsocketKey(db, { key: websocketApiKey });
  if (!application) return refuse("applicationNotFound");
  if (application.pausedAt !== null) return refuse("applicationPaused");
  if (await isBlacklisted(db, { applicationId: application.id, clientId, address }))
    return refuse("clientIdBlacklisted");
  if (!(await hasQuota(context, db, application))) return refuse("sessionQuotaReached");

  const { resumeId, link } = opening;
  const id = newRowId<SessionId>();
  const secretHash = sha256(resumeId);
  try {
    await insertSession(db, {
      id,
      applicationId: application.id,
      door: "live",
      secretHash,
      clientId,
      address,
      nodeId: node.id,
      createdAt: now,
      lastSeenAt: now,
    });
  } catch (error) {
    if (await isThere(db, application)) throw error;
    return refuse("applicationNotFound");
  }
  await enterRoster(context, { id, secretHash, applicationId: application.id, clientId, isSubscribed: false }, link);
  if (await wasPausedSince(context, application.id)) {
    link.close(CloseCode.AppPaused);
    return refuse("applicationPaused");
  }
  return done({ appName: application.name, appVersion: application.version, resumeId });
}

/** For a client that lost the answer and repeats what it is initialized by (LP-RES-2). */
async function answerAgain(
  { db }: Context,
  { request, applicationId, session, resumeId }: CallerOf<"initialize">,
  { websocketApiKey: key, clientId }: InputOf<"initialize">,
): Promise<Answer<"initialize">> {
  if (!request?.mayRepeat || !resumeId || session?.clientId !== clientId) return refuse("alreadyInitialized");
  const application = await findApplicationByWebsocketKey(db, { key });
  if (!application || application.id !== applicationId) return refuse("alreadyInitialized");
  return done({ appName: application.name, appVersion: application.version, resumeId });
}

/** Asked in a transaction, which sees what has been deleted by one that shares its commit. */
async function isThere(db: Db, { id }: Application): Promise<boolean> {
  const { found } = await transact<Decided & { readonly found: boolean }>(db, async (tx) => ({
    found: (await findApplication(tx, { id })) !== undefined,
  }));
  return found;
}

/** A pause between the look and the insert ended all sessions but this one. */
async function wasPausedSince({ db, roster, changesApplied }: Context, id: ApplicationId): Promise<boolean> {
  if (roster.changesApplied === changesApplied) return false;
  return (await findApplication(db, { id }))?.pausedAt !== null;
}
