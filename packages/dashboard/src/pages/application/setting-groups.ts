import type { ApplicationSettings } from "@latchkey/protocol";

export type SettingName = keyof ApplicationSettings;

/** Every setting once. */
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
  quotas: ["sessionQuota", "accountQuota", "blacklistQuota", "storageQuota"],
  web: ["publicUrl", "allowedOrigins"],
} as const satisfies Record<string, readonly SettingName[]>;

export type SettingGroup = keyof typeof settingGroups;
