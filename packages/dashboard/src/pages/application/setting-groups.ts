import type { ApplicationSettings } from "@latchkey/protocol";

export type SettingName = keyof ApplicationSettings;

/** Every setting once; a type test sees to it that none is forgotten. */
export const settingGroups = {
  licenses: ["licenseRequired"],
  registration: [
    "userRegistrationEnabled",
    "emailConfirmationRequired",
    "registrationsPerAddressPerDay",
    "accountsPerAddressPerDay",
    "guestLoginEnabled",
    "guestRetentionDays",
  ],
  signIn: [
    "enableLogin",
    "identityColumn",
    "enableMultipleLogins",
    "maxConcurrentLogins",
    "logoutLastUser",
    "countLiveSessions",
    "sessionTimeoutSeconds",
    "failedLoginsLock",
    "failedLoginsUnlockSeconds",
  ],
  passwords: ["passwordMinLength", "passwordRecoveryEnabled", "revealUnknownIdentity"],
  data: ["dynamicSchema", "userAccess"],
  quotas: ["sessionQuota", "accountQuota", "blacklistQuota"],
  web: ["publicUrl", "allowedOrigins"],
} as const satisfies Record<string, readonly SettingName[]>;

export type SettingGroup = keyof typeof settingGroups;

type Grouped = (typeof settingGroups)[SettingGroup][number];
/** Does not compile while a setting is in no group. */
export type Forgotten = Exclude<SettingName, Grouped> extends never ? true : Exclude<SettingName, Grouped>;
export const nothingIsForgotten: Forgotten = true;
