import { accountStatuses, CredentialsType, type OutputOf } from "@latchkey/protocol";
import { type Command, consoleCommand } from "../command.ts";
import { failed, wrongUsage } from "../failure.ts";
import { choice, flag, requiredFlag, requiredText, text } from "../options.ts";
import { accountTable, accountText } from "../output/account-text.ts";
import { jsonRecord } from "../output/json-record.ts";
import type { Said } from "../output/output.ts";
import { listed, listOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";
import { exportFile } from "../transfer/export-file.ts";
import { importFile } from "../transfer/import-file.ts";
import { transferFormats } from "../transfer/formats.ts";

/** Never an argument: those of a process can be read by everybody on its machine. */
const passwordStdin = requiredFlag("read the password from standard input");

const unreadable = failed("the password on standard input is far too long, or not UTF-8");

const app = requiredText("ID", "the application");
const format = choice("of the file; unless given, its name says so", transferFormats);

/** Commands that name an account, do one thing to it, and show it. */
type Operation =
  | "showAccount"
  | "enableAccount"
  | "disableAccount"
  | "unlockAccount"
  | "endAccountSessions"
  | "blacklistAccount"
  | "unblacklistAccount"
  | "deleteAccount";

function onAccount(verb: string, operation: Operation, about: string, destroys?: string): Command {
  return consoleCommand({
    name: `account ${verb}`,
    about,
    argument: "A",
    ...(destroys !== undefined && { destroys }),
    async run({ console }, _, accountId) {
      const outcome = await console.call(operation, { accountId });
      if (!outcome.ok) return refused(outcome);
      return { ...shown(outcome.output), ...(destroys !== undefined && { text: `deleted ${accountId}` }) };
    },
  });
}

/** Commands that give an account a role or take one, and show those it has then. */
function onRoles(verb: string, operation: "giveRole" | "takeRole", about: string): Command {
  return consoleCommand({
    name: `account ${verb}`,
    about,
    argument: "A",
    options: { role: requiredText("R", "the name of the role") },
    async run({ console }, { role }, accountId) {
      const outcome = await console.call(operation, { accountId, role });
      if (!outcome.ok) return refused(outcome);
      const { roles } = outcome.output;
      return { json: { id: accountId, roles }, text: `roles: ${roles.join(", ") || "none"}` };
    },
  });
}

export const account: readonly Command[] = [
  consoleCommand({
    name: "account create",
    about: "create an account that signs in by a login or an e-mail address",
    options: {
      app,
      login: text("L", "what it signs in by"),
      email: text("E", "what it signs in by, instead of a login"),
      passwordStdin,
    },
    async run({ console, input }, { app, login, email }) {
      const identity = login ?? email;
      if (identity === undefined || (login !== undefined && email !== undefined)) {
        return wrongUsage("give either --login or --email");
      }
      const password = await input.readSecret();
      if (password === undefined) return unreadable;
      const outcome = await console.call("addAccount", {
        applicationId: app,
        credentialsType: login === undefined ? CredentialsType.EmailPassword : CredentialsType.LoginPassword,
        identity,
        password,
      });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  }),
  consoleCommand({
    name: "account list",
    about: "list the accounts of an application, the oldest first unless told otherwise",
    options: {
      app,
      status: choice("only those in one status", accountStatuses),
      level: text("LEVEL", "only those that have one level"),
      role: text("R", "only those that were given one role"),
      blacklisted: flag("only those on the blacklist"),
      ...listOptions(["created", "lastLogin", "login"]),
    },
    async run({ console }, { app, status, level, role, blacklisted, limit, cursor, ...list }) {
      const found = await readPages({ limit, cursor }, async (page) => {
        const outcome = await console.call("listAccounts", {
          applicationId: app,
          ...(status && { status }),
          ...(level !== undefined && { level }),
          ...(role !== undefined && { role }),
          ...(blacklisted && { blacklisted }),
          ...listed(list),
          ...page,
        });
        if (!outcome.ok) return refused(outcome);
        const { accounts: records, ...next } = outcome.output;
        return { records, ...next };
      });
      if ("exitCode" in found) return found;
      const { records, ...note } = found;
      return { json: records.map(jsonRecord), text: accountTable(records), ...note };
    },
  }),
  consoleCommand({
    name: "account import",
    about: "take accounts in from a file, - for standard input; those that are there already stay as they are",
    argument: "FILE",
    options: {
      app,
      format,
      firebaseHashing: text("FILE", "hash parameters of a Firebase project, as its console shows them"),
    },
    run: ({ console, input, output }, { app, ...options }, path) =>
      importFile({ console, input, output }, { applicationId: app, path, ...options }),
  }),
  consoleCommand({
    name: "account export",
    about: "write the accounts of an application, with the hashes of their passwords",
    options: { app, format, file: text("FILE", "where to write, readable by this user alone; else standard output") },
    run: ({ console, output }, { app, ...options }) =>
      exportFile({ console, output }, { applicationId: app, ...options }),
  }),
  onAccount("show", "showAccount", "show an account"),
  consoleCommand({
    name: "account set-password",
    about: "give an account a new password and end its sessions",
    argument: "A",
    options: { passwordStdin },
    async run({ console, input }, _, accountId) {
      const password = await input.readSecret();
      if (password === undefined) return unreadable;
      const outcome = await console.call("setAccountPassword", { accountId, password });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  }),
  onAccount("enable", "enableAccount", "let a disabled or unconfirmed account sign in"),
  onAccount(
    "disable",
    "disableAccount",
    "end the sessions of an account, and let it sign in no more until it is enabled",
  ),
  onAccount("unlock", "unlockAccount", "lift the lock that failed sign-ins have put on an account"),
  onAccount("end-sessions", "endAccountSessions", "end the sessions of an account, which can sign in again at once"),
  onRoles("assign-role", "giveRole", "give an account a role"),
  onRoles("unassign-role", "takeRole", "take a role from an account"),
  onAccount("blacklist", "blacklistAccount", "end the sessions of an account, and keep it out"),
  onAccount("unblacklist", "unblacklistAccount", "take an account off the blacklist"),
  onAccount("delete", "deleteAccount", "delete an account; its licenses stay", "the account and its sessions"),
];

function shown({ account }: OutputOf<Operation>): Said {
  return { json: jsonRecord(account), text: accountText(account) };
}
