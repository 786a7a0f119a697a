import type { Answer, InputOf } from "@latchkey/protocol";
import { codePoints, done, limits, refuse, refusedClientId } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { sha256 } from "#crypto/tokens.ts";
import { findApplicationByWebsocketKey } from "#storage/applications.ts";
import { isBlacklisted } from "#storage/blacklist.ts";
import { insertSession } from "#storage/sessions.ts";
import { hasQuota } from "#steps/admit-session.ts";

/** Opens a live session: from here on it is a record, whatever happens to its connection. Order: LP-INIT-4. */
export async function initialize(
  context: Context,
  caller: CallerOf<"initialize">,
  { websocketApiKey, clientId }: InputOf<"initialize">,
): Promise<Answer<"initialize">> {
  const { db, now, node, roster } = context;
  const { opening, address } = caller;
  if (caller.session || !opening) return refuse("alreadyInitialized");
  if (codePoints(websocketApiKey) !== limits.websocketApiKey) return refuse("applicationKeyMalformed");
  const refusedClient = refusedClientId(clientId);
  if (refusedClient) return refuse(refusedClient);

  const application = await findApplicationByWebsocketKey(db, { key: websocketApiKey });
  if (!application) return refuse("applicationNotFound");
  if (application.pausedAt !== null) return refuse("applicationPaused");
  if (await isBlacklisted(db, application.id, "client", clientId)) return refuse("clientIdBlacklisted");
  if (!(await hasQuota(context, db, application))) return refuse("sessionQuotaReached");

  const { sessionId: id, resumeId } = opening;
  await insertSession(db, {
    id,
    applicationId: application.id,
    door: "live",
    secretHash: sha256(resumeId),
    clientId,
    address,
    nodeId: node.id,
    createdAt: now,
    lastSeenAt: now,
  });
  roster.enter(id, { applicationId: application.id, clientId });
  return done({ appName: application.name, appVersion: application.version, resumeId });
}
