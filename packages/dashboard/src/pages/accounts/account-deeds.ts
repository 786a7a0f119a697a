import type { RoutedName } from "@latchkey/protocol";
import type { BulkDeed } from "#bulk/bulk-deed.ts";
import { texts } from "#texts/texts.ts";

const words = texts.accounts.bulk;

/** The answers that a change of accounts makes old. */
export const accountAnswers: readonly RoutedName[] = [
  "listAccounts",
  "showAccount",
  "showAccountStanding",
  "listLicenses",
  "findSessions",
  "listAudit",
];

/** What can be done with many accounts. */
export const accountDeeds: readonly BulkDeed[] = [
  { kind: "enableAccounts", ...words.enable, harmless: true, undo: "disableAccounts" },
  { kind: "disableAccounts", ...words.disable, undo: "enableAccounts" },
  { kind: "deleteAccounts", ...words.delete },
];
