import { type OutputOf, settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { sha256 } from "#crypto/tokens.ts";
import type { Decision } from "#domain/decision.ts";
import { findLinkedAccount, type LinkSought } from "#storage/account-links.ts";
import { findApplication } from "#storage/applications.ts";
import type { Account, LinkKind } from "#storage/tables.ts";
import { countLinkPage } from "./count-link-page.ts";

export interface FoundLink {
  readonly sought: LinkSought;
  readonly account: Account;
  /** What its page says besides. */
  readonly about: OutputOf<"showAccountLink">;
}

/** A link that somebody follows, with its account; one of a disabled account is as good as none (US-CONF-7, US-RECOV-4). */
export async function findLink(
  context: Context,
  { address }: { readonly address: string },
  kind: LinkKind,
  { applicationId, secret }: { readonly applicationId: string; readonly secret: string },
): Promise<Decision<FoundLink, "tooManyRequests" | "linkInvalid">> {
  const retryAfter = countLinkPage(context, address);
  if (retryAfter > 0) return { refused: "tooManyRequests", retryAfter };
  const sought = { applicationId, kind, secretHash: sha256(secret), now: context.now };
  const account = await findLinkedAccount(context.db, sought);
  const application = account && (await findApplication(context.db, { id: account.applicationId }));
  if (!application || account.status === "disabled") return { refused: "linkInvalid" };
  const { passwordMinLength } = settingsOf(application);
  const { locale } = account;
  const about = { applicationName: application.name, passwordMinLength, ...(locale !== null && { locale }) };
  return { sought, account, about };
}
