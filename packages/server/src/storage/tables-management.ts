import type { Selectable } from "kysely";
import type { Branded } from "./branded.ts";

/** A request with an `Idempotency-Key` that has changed something. */
interface ManagementRequestTable {
  /** Who sent it: `key:<id>` or `operator:<id>`. */
  caller: string;
  key: string;
  /** Of what was asked. */
  fingerprint: string;
  /** Of the one run that it came to. */
  runId: string;
  claimedAt: number;
  /** Sealed JSON of the operation's output; `null`: not known yet, or never because the server was killed. */
  sealedAnswer: string | null;
}

/** What an application says in a mail, where that is not what the server says. */
interface MailTemplateTable {
  applicationId: Branded<"application">;
  kind: "confirm" | "recover";
  language: string;
  /** JSON of the protocol's `mailWords`. */
  words: string;
  changedAt: number;
}

export interface ManagementTables {
  managementRequest: ManagementRequestTable;
  mailTemplate: MailTemplateTable;
}

export type MailTemplate = Selectable<MailTemplateTable>;

export type ManagementRequest = Selectable<ManagementRequestTable>;
