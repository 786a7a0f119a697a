import { identityKey, settingsOf, type ProviderSettings } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { propertiesOf } from "#domain/account-output.ts";
import { refusedSignIn } from "#domain/account-terms.ts";
import type { Decision } from "#domain/decision.ts";
import { issuerOf } from "#domain/provider-terms.ts";
import { type Fitted, fitWhatSuits, propertiesText, type Properties } from "#domain/fit-properties.ts";
import { defaultProperties } from "#domain/registration-form.ts";
import { type FieldsMapping, mappedProperties, type SocialProfile } from "#domain/social-profile.ts";
import { voidLinks } from "#storage/account-links.ts";
import { confirmAddress, dropPassword, enableGuest, findAccountByIdentity, takeIdentity } from "#storage/accounts.ts";
import {
  findAccountBySocialIdentity,
  keepProven,
  type SocialKey,
  tieSocialIdentity,
} from "#storage/social-identities.ts";
import { lockApplication } from "#storage/applications.ts";
import { columnsOf } from "#storage/columns.ts";
import type { Account, Application, Column, Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { addAccountWithoutPassword, type AddRefusal } from "./add-account.ts";
import { applyToAccount } from "./change-account.ts";
import { settleProperties } from "./settle-properties.ts";
import { recordAccount } from "./record-account.ts";

/** Somebody who has signed in at a provider. */
export interface SocialSignIn {
  readonly application: Application;
  readonly provider: { readonly name: string; readonly settings: ProviderSettings };
  readonly profile: SocialProfile;
  readonly fieldsMapping: FieldsMapping;
  /** Becomes the account, if there is none yet. */
  readonly guest?: Account;
  /** The client's; absent for server code, which limits per address do not concern. */
  readonly address?: string;
}

export type SocialAccount = Decision<
  { readonly account: Account; readonly key: SocialKey },
  | Exclude<AddRefusal, "loginTaken">
  | "socialEmailTaken"
  | "guestNotConvertible"
  | "accountDisabled"
  | "emailUnconfirmed"
>;

/** Somebody else did the same, or something that makes it another case; seen again, it is settled. */
type Tied = Decision<{ readonly account: Account }, NonNullable<SocialAccount["refused"]> | "loginTaken">;

const attemptsAtMost = 4;

/** The account of somebody who has signed in at a provider; at first it is made, or found by the address. */
export async function findSocialAccount(context: Context, signIn: SocialSignIn): Promise<SocialAccount> {
  const { application, provider, profile } = signIn;
  const key = { applicationId: application.id, issuer: issuerOf(provider.settings), subject: profile.subject };
  const found = await findAccountBySocialIdentity(context.db, key);
  if (found) {
    const admitted = admit(found);
    return admitted.refused ? admitted : { ...admitted, key };
  }
  for (let attempt = 1; attempt <= attemptsAtMost; attempt++) {
    const tied = await transact(context.db, (tx) => tie(context, tx, signIn, key));
    if (!tied.refused) {
      await context.changeLog.wake();
      return { account: tied.account, key };
    }
    if (tied.refused !== "loginTaken") return { ...tied, refused: tied.refused };
  }
  throw new Error(`the account of a subject at ${provider.name} was changed by others ${attemptsAtMost} times`);
}

function admit(account: Account): Decision<{ readonly account: Account }, "accountDisabled" | "emailUnconfirmed"> {
  const refused = refusedSignIn(account);
  return refused ? { refused } : { account };
}

async function tie(context: Context, tx: Db, signIn: SocialSignIn, key: SocialKey): Promise<Tied> {
  // Whoever was faster may share the commit of this transaction, and be seen by nobody outside of it.
  const found = await findAccountBySocialIdentity(tx, key);
  if (found) return admit(found);
  const { provider, profile } = signIn;
  const { verifiedEmail } = profile;
  const isTrusted = provider.settings.trustEmail;
  const emailKey = verifiedEmail === undefined ? undefined : identityKey(verifiedEmail);
  const holder =
    emailKey === undefined
      ? undefined
      : await findAccountByIdentity(tx, { applicationId: key.applicationId, key: emailKey });
  if (holder && !isTrusted) return { refused: "socialEmailTaken" };
  const email = isTrusted ? verifiedEmail : undefined;
  const had = holder ? await adopt(context, tx, holder, emailKey ?? "") : await make(context, tx, signIn, email);
  if (had.refused) return had;
  const account = await tieSocialIdentity(tx, {
    ...key,
    accountId: had.account.id,
    provider: provider.name,
    provenKey: isTrusted ? (emailKey ?? null) : null,
    createdAt: context.now,
  });
  if (!account) return { refused: "loginTaken" };
  await recordAccount(tx, context, had.account, account);
  return { account };
}

/**
 * The account whose address is proven by a provider that is trusted. Whoever made it may never have had the address, so
 * what could be signed in with so far ends as it does with a recovered password, unless the address had been proven
 * before (ADR 17).
 */
async function adopt(context: Context, tx: Db, holder: Account, key: string): Promise<Tied> {
  if (holder.email === null || identityKey(holder.email) !== key) return { refused: "socialEmailTaken" };
  if (refusedSignIn(holder) === "accountDisabled") return { refused: "accountDisabled" };
  const account = await confirmAddress(tx, holder, context.now);
  if (!account) return { refused: "loginTaken" };
  const { id: accountId, applicationId } = account;
  await recordAccount(tx, context, holder, account);
  await voidLinks(tx, accountId, ["confirm", "recover"]);
  if (await keepProven(tx, { applicationId, accountId, key })) return { account };
  const emptied = await applyToAccount(context, tx, account, {
    ends: { event: "accountPasswordChanged" },
    write: (_, { id }) => dropPassword(tx, id),
  });
  return { account: emptied };
}

async function make(context: Context, tx: Db, signIn: SocialSignIn, email: string | undefined): Promise<Tied> {
  const { application, guest, address } = signIn;
  const { identityColumn, registrationsPerAddressPerDay: perDay } = settingsOf(application);
  // As on registration: where people are known by something else, an address is a property and no identity.
  const identities = email !== undefined && identityColumn === "email" ? [email] : [];
  if (guest) return convert(context, tx, signIn, guest, { email, identities });
  return addAccountWithoutPassword(context, tx, {
    applicationId: application.id,
    identities,
    ...(email !== undefined && { email }),
    fit: (locked, columns) => fit(context, signIn, locked, columns, {}),
    ...(address !== undefined && { signUp: { door: "user-service", address, perDay } }),
  });
}

/** What the provider says of somebody, beside what is there. */
function fit(
  { now }: Context,
  { profile, fieldsMapping, address }: SocialSignIn,
  application: Application,
  columns: readonly Column[],
  present: Properties,
): Fitted {
  const settings = settingsOf(application);
  const mapped = mappedProperties(fieldsMapping, profile.claims, settings.identityColumn);
  const by = address === undefined ? "server" : "client";
  const fitted = fitWhatSuits(mapped, { applicationId: application.id, settings, columns, by, now });
  return {
    ...fitted,
    values: new Map([...defaultProperties(columns).values, ...Object.entries(present), ...fitted.values]),
  };
}

async function convert(
  context: Context,
  tx: Db,
  signIn: SocialSignIn,
  guest: Account,
  { email, identities }: { readonly email: string | undefined; readonly identities: readonly string[] },
): Promise<Tied> {
  const { applicationId } = guest;
  const application = await lockApplication(tx, applicationId);
  if (!application) return { refused: "guestNotConvertible" };
  const columns = await columnsOf(tx, { applicationId });
  const present = propertiesOf(guest);
  const fitted = fit(context, signIn, application, columns, present);
  const properties = propertiesText(present, fitted);
  const account = await enableGuest(tx, guest, { email: email ?? null, properties, now: context.now });
  if (!account) return { refused: "guestNotConvertible" };
  for (const identity of identities) {
    if (!(await takeIdentity(tx, applicationId, identityKey(identity), account.id))) return { refused: "loginTaken" };
  }
  const settled = await settleProperties(context, tx, account, columns, fitted);
  if (settled.refused) return { refused: "guestNotConvertible" };
  await recordAccount(tx, context, guest, account);
  return { account };
}
