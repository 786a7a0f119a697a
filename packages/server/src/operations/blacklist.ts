import type { Answer, InputOf } from "@latchkey/protocol";
import { cutTo, done, limits, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { addressKey } from "#domain/address.ts";
import { findAccount, setAccountBlacklisted } from "#storage/accounts.ts";
import { lockApplication } from "#storage/applications.ts";
import { addBlacklistEntry, countEntriesByClients } from "#storage/blacklist.ts";
import { findLicense, setLicenseBlacklisted } from "#storage/licenses.ts";
import { loseSession } from "#storage/sessions.ts";
import type { Db } from "#storage/tables.ts";
import { applyToAccount } from "#steps/change-account.ts";
import { applyToLicense } from "#steps/change-license.ts";
import { endSessionsOfClient } from "#steps/end-sessions-of-client.ts";
import { once } from "#steps/once.ts";
import { recordAudit } from "#steps/record-audit.ts";

const hourMs = 3_600_000;

/** A program gives its user up: the client id and what it is authorized by are blacklisted (LP-BLK-1). */
export async function blacklist(
  context: Context,
  caller: CallerOf<"blacklist">,
  { comment }: InputOf<"blacklist">,
): Promise<Answer<"blacklist">> {
  const { limiter, config, now } = context;
  const perAddress = { count: config.blacklistsPerAddress, windowMs: hourMs };
  const waitMs = limiter.take(new Map([[`blacklist ${addressKey(caller.address)}`, perAddress]]), now);
  if (waitMs > 0) return refuse("blacklistQuotaReached");
  const listed = await once(context, caller, (tx) => addToList(context, tx, caller, comment));
  if (listed.refused) return refuse(listed.refused);
  await context.changeLog.wake();
  return done({});
}

async function addToList(
  context: Context,
  tx: Db,
  { applicationId, session, authorization }: CallerOf<"blacklist">,
  comment: string | undefined,
) {
  const { now } = context;
  // Locked, so that the count of the entries stays true.
  const application = await lockApplication(tx, applicationId);
  const { blacklistQuota } = application ? settingsOf(application) : { blacklistQuota: 0 };
  if (blacklistQuota !== null && (await countEntriesByClients(tx, applicationId)) >= blacklistQuota) {
    return { refused: "blacklistQuotaReached" } as const;
  }
  const entry = { applicationId, kind: "client", value: session.clientId } as const;
  const isNew = await addBlacklistEntry(tx, {
    ...entry,
    comment: comment ? cutTo(comment, limits.comment) : null,
    madeBy: "client",
    createdAt: now,
  });
  const { kind, value } = entry;
  if (isNew)
    await recordAudit(tx, context, { record: "blacklistEntry", id: value, applicationId, after: { kind, value } });
  await blacklistAuthorization(context, tx, authorization);
  // Its own session is closed for that (4203); however its connection ends, no resume leads back.
  await loseSession(tx, { ...session, leaseUntil: now, recentActions: null });
  await endSessionsOfClient(tx, { applicationId, kind: "client", value: session.clientId }, now, session.id);
  return {};
}

async function blacklistAuthorization(
  context: Context,
  tx: Db,
  { accountId, licenseId }: NonNullable<CallerOf<"blacklist">["authorization"]> | Record<string, never> = {},
): Promise<void> {
  const { now } = context;
  const account = accountId && (await findAccount(tx, { id: accountId }));
  if (account) {
    await applyToAccount(context, tx, account, {
      ends: { event: "accountBlacklisted" },
      write: (_, { id }) => setAccountBlacklisted(tx, id, now),
    });
    return;
  }
  const license = licenseId && (await findLicense(tx, { id: licenseId }));
  if (!license) return;
  await applyToLicense(context, tx, license, {
    event: "licenseBlacklisted",
    isUsable: false,
    write: (_, { id }) => setLicenseBlacklisted(tx, id, now),
  });
}
