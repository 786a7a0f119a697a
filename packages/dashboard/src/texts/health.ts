import type { HealthWarning } from "@latchkey/protocol";

interface WarningWords {
  /** What it is, and what to do about it. */
  readonly warnings: Readonly<Record<HealthWarning, readonly [title: string, about: string]>>;
}

const warningWords: WarningWords = {
  warnings: {
    changeLogBehind: [
      "Changes reach clients late",
      "This server is more than 10 seconds behind with telling clients. Look whether the database or the processor is busy.",
    ],
    diskAlmostFull: [
      "The disk is almost full",
      "Less than 1 GiB is free where the data are. Make room before writing fails: delete files or give it a larger disk.",
    ],
    mailsDelayed: [
      "Mails do not get out",
      "One has been waiting for more than 15 minutes. Look whether the mail server is reachable and takes its password.",
    ],
    nodeMissing: [
      "A server process is gone",
      "It has not been heard of in time. If you did not stop it, its log says why. The others go on without it.",
    ],
    passwordsBusy: [
      "Sign-ins are waiting",
      "More passwords wait to be checked than are being checked. Somebody may be guessing passwords; or there are too few processors.",
    ],
  },
};

/** What is said about how the server is. */
export const health = {
  ...warningWords,
  title: "Health",
  about: "How the server is, as the process that answers sees it. Looked at every few seconds.",
  good: "All is well",
  warned: (count: number) => (count === 1 ? "1 warning" : `${count} warnings`),

  version: "Version",
  started: "Started",
  database: "Database",
  databases: { sqlite: "SQLite", postgres: "PostgreSQL" },
  disk: "Free disk space",
  noDisk: "No data directory",

  queues: "What waits",
  queuesAbout: "Empty, or nearly, is as it should be.",
  changeLog: "Changes to be told to clients",
  mails: "Mails to be sent",
  waiting: (count: number) => `${count.toLocaleString("en")} waiting`,
  oldest: (age: string) => `the first for ${age}`,
  nothingWaits: "Nothing",
  passwords: "Passwords to be checked",
  passwordsNow: (running: number, waiting: number) =>
    `${running.toLocaleString("en")} now, ${waiting.toLocaleString("en")} waiting`,
  passwordsRefused: (count: number) =>
    `${count.toLocaleString("en")} turned away since the start because too many were waiting`,

  nodes: "Server processes",
  nodesAbout: "All that work on this database.",
  answers: "Answers you",
  up: "Running",
  gone: "Gone",
  heard: "was to be heard of",
  startedAgo: "started",
  lessThanSecond: "less than a second",
} as const;
