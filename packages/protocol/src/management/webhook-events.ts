/** What an entry of the audit log says of a change: of the two states only what differs. */
export interface WebhookSource {
  /** What kind of thing was changed. */
  readonly record: string;
  /** What was done to it. */
  readonly action: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

type Match = (source: WebhookSource) => boolean;

const by =
  (...actions: readonly string[]): Match =>
  ({ action }) =>
    actions.includes(action);
/** When it was made never changes, so only one that has come or gone differs in it. */
const come: Match = ({ before, after }) => "createdAt" in after && !("createdAt" in before);
const gone: Match = ({ before, after }) => "createdAt" in before && !("createdAt" in after);
const set =
  (field: string): Match =>
  ({ before, after }) =>
    field in after && !(field in before);
const turned =
  (field: string, value: unknown): Match =>
  ({ after }) =>
    after[field] === value;
const either =
  (...matches: readonly Match[]): Match =>
  (source) =>
    matches.some((match) => match(source));
const anything: Match = () => true;
const changed: Match = (source) => !come(source) && !gone(source);

interface EventDefinition {
  readonly about: string;
  /** Of which kind of record; what is of none is never found in the audit log. */
  readonly of?: string;
  readonly is?: Match;
}

/** Every type of event. Of those of one kind of record the first that fits is what happened. */
const definitions = {
  "license.created": {
    about: "licenses were created: one, whose `id` is there, or `after.count` of one plan",
    of: "license",
    is: by("createLicenses"),
  },
  "license.deleted": { about: "a license was deleted", of: "license", is: gone },
  "license.paused": { about: "a license was paused", of: "license", is: by("pauseLicense") },
  "license.unpaused": { about: "a paused license can be used again", of: "license", is: by("unpauseLicense") },
  "license.blacklisted": { about: "a license was blacklisted", of: "license", is: by("blacklistLicense") },
  "license.unblacklisted": {
    about: "a license was taken off the blacklist",
    of: "license",
    is: by("unblacklistLicense"),
  },
  "license.extended": { about: "a license was given more time", of: "license", is: by("extendLicense") },
  "license.reinitialized": {
    about: "a license was made as if it had never been used",
    of: "license",
    is: by("reinitializeLicense"),
  },
  "license.client_reset": {
    about: "a license is bound to the next client that uses it",
    of: "license",
    is: by("resetLicenseClient"),
  },
  "license.expired": { about: "the time of a license is over", of: "license", is: by("expireLicense") },
  "license.activated": {
    about: "a license was used, or linked to an account, for the first time",
    of: "license",
    is: set("activatedAt"),
  },
  "license.updated": { about: "anything else about a license changed", of: "license", is: anything },

  "account.exported": { about: "accounts were exported: `after.count`", of: "account", is: by("exportAccounts") },
  "account.created": {
    about: "an account was created, whose `id` is there, or `after.count` were imported",
    of: "account",
    is: either(by("importAccounts"), come),
  },
  "account.deleted": {
    about: "an account was deleted, or `before.count` guests that nobody used any more",
    of: "account",
    is: either(by("removeGuests"), gone),
  },
  "account.locked": {
    about: "nobody can sign in to an account for a while: too many wrong passwords",
    of: "account",
    is: by("lockAccount"),
  },
  "account.unlocked": { about: "an operator lifted such a lock", of: "account", is: by("unlockAccount") },
  "account.blacklisted": { about: "an account was blacklisted", of: "account", is: by("blacklistAccount") },
  "account.unblacklisted": {
    about: "an account was taken off the blacklist",
    of: "account",
    is: by("unblacklistAccount"),
  },
  "account.sessions_ended": {
    about: "all sessions of an account were ended",
    of: "account",
    is: by("endAccountSessions"),
  },
  "account.disabled": { about: "an account was disabled", of: "account", is: turned("status", "disabled") },
  "account.enabled": {
    about: "an account can be signed in to: it was enabled or confirmed",
    of: "account",
    is: turned("status", "enabled"),
  },
  "account.password_changed": {
    about: "an account has another password, or none any more",
    of: "account",
    is: set("password"),
  },
  "account.updated": { about: "anything else about an account changed", of: "account", is: anything },

  "session.ended": { about: "an operator ended a session", of: "session", is: by("endSession") },

  "application.paused": { about: "the application was paused", of: "application", is: by("pauseApplication") },
  "application.unpaused": {
    about: "the application lets clients in again",
    of: "application",
    is: by("unpauseApplication"),
  },
  "application.sessions_ended": {
    about: "all sessions of the application were ended",
    of: "application",
    is: by("endApplicationSessions"),
  },
  "application.keys_rotated": {
    about: "every key of the application was replaced",
    of: "application",
    is: by("rotateApplicationKeys"),
  },
  "application.updated": {
    about: "anything else about the application changed",
    of: "application",
    // Of one that is made there are no webhooks yet, and of one that is deleted none any more.
    is: changed,
  },
  "api_key.renewed": { about: "an API key was replaced", of: "apiKey", is: by("renewApiKey") },
  "api_key.revoked": { about: "an API key was revoked", of: "apiKey", is: by("revokeApiKey") },

  "variable.deleted": { about: "a variable was deleted", of: "variable", is: by("deleteVariable") },
  "variable.updated": { about: "a variable was made or changed", of: "variable", is: anything },
  "file.deleted": { about: "a file was deleted", of: "file", is: by("deleteFile") },
  "file.updated": { about: "a file was added, or has another content", of: "file", is: anything },
  "blacklist.removed": {
    about: "a client or an address was taken off the blacklist",
    of: "blacklistEntry",
    is: by("removeBlacklistEntry"),
  },
  "blacklist.added": { about: "a client or an address was blacklisted", of: "blacklistEntry", is: anything },

  "webhook.test": { about: "sent on request, to see whether it arrives" },
} as const satisfies Record<string, EventDefinition>;

export type WebhookEventName = keyof typeof definitions;

/** The types of events, with what each tells. */
export const webhookEvents: Readonly<Record<WebhookEventName, EventDefinition>> = definitions;

export const webhookEventNames = Object.keys(webhookEvents).filter(isWebhookEventName);

export function isWebhookEventName(name: unknown): name is WebhookEventName {
  return typeof name === "string" && Object.hasOwn(definitions, name);
}

/** What an entry of the audit log is told as; `undefined`: it is told to nobody. */
export function webhookEventOf(source: WebhookSource): WebhookEventName | undefined {
  return webhookEventNames.find((name) => {
    const { of, is } = webhookEvents[name];
    return of === source.record && is?.(source);
  });
}
