import type { ApplicationSettings } from "@latchkey/protocol";

interface SettingText {
  readonly label: string;
  readonly help: string;
  /** What a number counts. */
  readonly unit?: string;
}

/** The settings of an application, said so that one need not look them up. */
export const settings: Readonly<Record<keyof ApplicationSettings, SettingText>> = {
  licenseRequired: {
    label: "Accounts need a license",
    help: "Over the live door, an account is created and signed in only with a valid license.",
  },
  sessionQuota: { label: "Sessions at once", help: "Authorized sessions of this application." },
  accountQuota: { label: "Accounts", help: "How many accounts there may be." },
  blacklistQuota: { label: "Blacklist entries by clients", help: "How many devices clients may put on the blacklist." },
  storageQuota: { label: "File storage", help: "All files of the application together.", unit: "bytes" },
  accountsPerAddressPerDay: {
    label: "New accounts per address",
    help: "Created without a license from one address within 24 hours, over the live door.",
  },
  registrationsPerAddressPerDay: {
    label: "Registrations per address",
    help: "With client keys from one address within 24 hours.",
  },
  userRegistrationEnabled: { label: "Registration", help: "Users may register themselves." },
  emailConfirmationRequired: {
    label: "Confirm addresses",
    help: "A new user can sign in after following a link that is mailed.",
  },
  passwordRecoveryEnabled: {
    label: "Password recovery",
    help: "Users may have a link mailed that sets a new password.",
  },
  enableLogin: { label: "Sign-in", help: "Users may sign in over the user service." },
  guestLoginEnabled: { label: "Guests", help: "Users may use your program before they register." },
  guestRetentionDays: {
    label: "Keep guests",
    help: "A guest without a session is deleted after this time.",
    unit: "days",
  },
  enableMultipleLogins: {
    label: "Several sign-ins at once",
    help: "One account may be signed in at several places.",
  },
  logoutLastUser: {
    label: "First sign-in wins",
    help: "While an account is signed in, another sign-in is refused. Off: it ends the earlier one. Without several at once.",
  },
  maxConcurrentLogins: {
    label: "Sign-ins at once",
    help: "For each account, where several are allowed. 0: 1000.",
    unit: "sign-ins",
  },
  countLiveSessions: { label: "Count live sessions", help: "Sessions of the live door count as sign-ins too." },
  failedLoginsLock: {
    label: "Lock after failed sign-ins",
    help: "An account is locked after this many in a row. 0: never.",
    unit: "attempts",
  },
  failedLoginsUnlockSeconds: {
    label: "Unlock after",
    help: "A locked account opens by itself after this time.",
    unit: "seconds",
  },
  sessionTimeoutSeconds: {
    label: "Session timeout",
    help: "A sign-in ends when it is not used for this time.",
    unit: "seconds",
  },
  identityColumn: { label: "Sign in by", help: "The column by which users are named at sign-in." },
  dynamicSchema: { label: "New properties make columns", help: "A property that is not known yet becomes a column." },
  revealUnknownIdentity: {
    label: "Tell that an account is unknown",
    help: "Recovery and confirmation say so. Convenient, but it lets strangers find out who is a user.",
  },
  userAccess: { label: "Users see", help: "Whose properties a signed-in user may read." },
  passwordMinLength: { label: "Shortest password", help: "For users of this application.", unit: "characters" },
  publicUrl: { label: "Start of links in mails", help: "Empty: this server's own address." },
  allowedOrigins: {
    label: "Allowed origins",
    help: "Web pages that may read answers and be given tokens. None: every page may read, none is given a token.",
  },
};

export const settingGroups = {
  licenses: "Licenses",
  registration: "Registration",
  signIn: "Sign-in",
  passwords: "Passwords",
  data: "Data",
  quotas: "Quotas",
  web: "Web",
} as const;

/** Whose properties a user may read. */
export const userAccess = { self: "Themselves", open: "Everybody" } as const;
