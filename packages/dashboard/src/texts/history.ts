import type { OutputOf } from "@latchkey/protocol";

type Actor = OutputOf<"listAudit">["entries"][number]["actor"]["kind"];

interface Words {
  readonly title: string;
  readonly empty: string;
  readonly by: (who: string) => string;
  readonly because: (reason: string) => string;
  readonly actors: Readonly<Record<Actor, string>>;
  /** By the name of the operation; others are said as they are called. */
  readonly actions: Readonly<Partial<Record<string, string>>>;
}

/** What has happened to a record. */
export const history: Words = {
  title: "What happened",
  empty: "Nothing yet that the audit log knows of.",
  by: (who: string) => `by ${who}`,
  because: (reason: string) => `“${reason}”`,
  actors: {
    client: "a client",
    server: "server code",
    operator: "an operator",
    key: "a management key",
    console: "the command line",
    system: "the server",
  },
  actions: {
    createLicenses: "Created",
    authorizeByLicense: "Used for the first time",
    pauseLicense: "Paused",
    unpauseLicense: "Unpaused",
    blacklistLicense: "Blacklisted",
    unblacklistLicense: "Removed from blacklist",
    extendLicense: "Extended",
    resetLicenseClient: "Client reset",
    reinitializeLicense: "Reinitialized",
    linkLicense: "Linked to an account",
    linkLicenseToAccount: "Linked to an account",
    deleteLicense: "Deleted",
  },
};
