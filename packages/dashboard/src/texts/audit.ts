import type { auditFaults } from "@latchkey/protocol";

type Fault = (typeof auditFaults)[number];

interface FaultWords {
  readonly faults: Readonly<Record<Fault, (position: string) => string>>;
}

const faultWords: FaultWords = {
  faults: {
    entryChanged: (position) => `Entry ${position} is not the one that was written.`,
    entryMissing: (position) => `Entry ${position} is missing.`,
    headChanged: (position) => `The end of the log, entry ${position}, is not the one that was written.`,
  },
};

/** What is said about the audit log. */
export const audit = {
  ...faultWords,
  title: "Audit log",
  about: "Every change, whoever made it. Nothing can be changed or taken out unnoticed.",
  caption: "Entries of the audit log",
  what: "What",
  who: "Who",
  record: "Record",
  application: "Application",
  anyApplication: "All applications",
  when: "When",
  anyActor: "Anybody",
  anyAction: "Any change",
  anyRecord: "Any record",
  from: "From",
  to: "To",
  actors: {
    operator: "Operators",
    key: "Management keys",
    client: "Clients",
    server: "Server code",
    console: "Command line",
    system: "The server",
  },
  records: {
    account: "Account",
    apiKey: "API key",
    application: "Application",
    blacklistEntry: "Blacklist entry",
    bulkJob: "Bulk change",
    column: "Column",
    file: "File",
    host: "Host",
    invitation: "Invitation",
    license: "License",
    mailTemplate: "Mail template",
    managementKey: "Management key",
    operator: "Operator",
    provider: "Sign-in provider",
    role: "Role",
    session: "Session",
    variable: "Variable",
    webhook: "Webhook",
  },
  exact: { actorId: "By one actor", recordId: "One record" },
  removeFilter: (name: string) => `Remove the filter ${name}`,
  emptyTitle: "Nothing has been changed yet",
  emptyAbout: "Every change appears here by itself, with who made it.",

  one: {
    title: "Change",
    position: "Entry",
    unsealed: "Not sealed yet",
    address: "Address",
    reason: "Reason",
    request: "Request id",
    hash: "Hash",
    id: "Id",
    more: "More of",
    allOfActor: "All by this actor",
    allOfRecord: "All of this record",
    open: "Open it",
    gone: "This entry is not on this page",
    goneAbout: "The list has moved on since, or other filters are set.",
  },
  diff: {
    caption: "What was changed",
    property: "Property",
    before: "Before",
    after: "After",
    none: "Nothing about it is kept but that it happened.",
    absent: "—",
  },

  export: {
    action: "Export",
    running: (count: number) => `${count.toLocaleString("en")} entries…`,
    done: (count: number) =>
      count === 1 ? "1 entry is exported." : `${count.toLocaleString("en")} entries are exported.`,
    file: (applicationId: string | undefined) =>
      applicationId === undefined ? "latchkey-audit.jsonl" : `latchkey-audit-${applicationId}.jsonl`,
  },

  verify: {
    action: "Verify",
    title: "Is the log what was written?",
    running: "Going through every entry. This may take a while.",
    intact: (position: string) => `Verified up to entry ${position}`,
    intactAbout: "Every entry is the one that was written, and none is missing.",
    empty: "There is no entry to verify yet.",
    broken: "The log was tampered with, or damaged",
    brokenAbout:
      "Compare it with a backup or an export from before. Entries up to the one before are as they were written.",
    dropped: (position: string) => `Entries up to ${position} were dropped when their time was over.`,
    unsealed: (count: number) =>
      count === 1 ? "1 new entry is not sealed yet." : `${count.toLocaleString("en")} new entries are not sealed yet.`,
    head: "Where the log ends now",
    headAbout: "Note it somewhere else. Whoever cuts the log off later cannot hide it from",
    command: (head: string) => `latchkey audit verify --head ${head}`,
  },
} as const;
