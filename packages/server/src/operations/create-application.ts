import type { Answer, InputOf, KeyKind } from "@latchkey/protocol";
import { codePoints, done, keyKinds, limits, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { applicationOutput } from "#domain/application-output.ts";
import { newObjectId, newToken, newWebsocketApiKey, sha256 } from "#crypto/tokens.ts";
import { type ApiKey, insertApplication } from "#storage/applications.ts";
import type { ApplicationId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";

/** Creates an application with one key of each kind; the BL key is shown in this answer and never again (US-ADMIN-3). */
export async function createApplication(
  { db, now }: Context,
  _: CallerOf<"createApplication">,
  { name, version = "1.0", settings = {} }: InputOf<"createApplication">,
): Promise<Answer<"createApplication">> {
  const length = codePoints(name);
  if (length < limits.applicationName.min || length > limits.applicationName.max)
    return refuse("applicationNameInvalid");
  const tokens = keyKinds.map((kind) => [kind, newToken()] as const);
  const application = {
    id: newObjectId<ApplicationId>(),
    name,
    version,
    websocketApiKey: newWebsocketApiKey(),
    settings: JSON.stringify(settings),
    createdAt: now,
  };
  await transact(db, async (tx) => {
    await insertApplication(
      tx,
      application,
      tokens.map(([kind, key]) => storedKey(kind, key)),
    );
    return {};
  });
  return done({
    application: applicationOutput(
      { ...application, pausedAt: null },
      settingsOf(application),
      Object.fromEntries(tokens),
    ),
  });
}

function storedKey(kind: KeyKind, key: string): ApiKey {
  return { kind, keyHash: sha256(key), key: kind === "BL" ? null : key };
}
