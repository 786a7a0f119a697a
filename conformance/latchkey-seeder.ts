import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { InputOf, OperationName, OutputOf } from "@latchkey/protocol";
import type { Console } from "@latchkey/server";
import type { Seeder } from "./play.ts";
import { isList } from "./match.ts";
import type { Fields, Json } from "./vectors.ts";

/** Seeds a Latchkey through its operator's entrance; `url` is for what only the user service can make. */
export function latchkeySeeder(console: Console, url: string): Seeder {
  const must = <N extends OperationName>(name: N, input: InputOf<N>) => carriedOut(console, name, input);

  async function license(applicationId: string, plan: Fields): Promise<string> {
    const { levels, comment, seconds, seats, bindsClient, paused, blacklisted } = plan;
    const { licenses } = await must("createLicenses", {
      applicationId,
      count: 1,
      ...(levels !== undefined && { levels: list(levels).map(plain) }),
      ...(comment !== undefined && { comment: plain(comment) }),
      ...(seconds !== undefined && { durationMs: Number(seconds) * 1000 }),
      ...(seats !== undefined && { seats: Number(seats) }),
      ...(bindsClient === true && { bindsClient: true }),
    });
    const key = licenses[0]?.license ?? "";
    if (paused) await must("pauseLicense", { license: key, applicationId });
    if (blacklisted) await must("blacklistLicense", { license: key, applicationId });
    return key;
  }

  async function accountId(applicationId: string, login: Json | undefined): Promise<string> {
    const { accounts } = await must("listAccounts", { applicationId });
    const account = accounts.find((one) => one.login === login || one.email === login);
    if (!account) throw new Error(`there is no account ${plain(login)}`);
    return account.id;
  }

  /** What operators do, by the names that flows call it. */
  const operations: Readonly<Record<string, (applicationId: string, given: Fields) => Promise<unknown>>> = {
    extendLicense: (applicationId, { license: key, seconds }) =>
      must("extendLicense", { applicationId, license: plain(key), durationMs: Number(seconds) * 1000 }),
    pauseApplication: (applicationId) => must("pauseApplication", { applicationId }),
    unpauseApplication: (applicationId) => must("unpauseApplication", { applicationId }),
    deleteApplication: (applicationId) => must("deleteApplication", { applicationId }),
    setVersion: (applicationId, { version }) => must("updateApplication", { applicationId, version: plain(version) }),
    disableAccount: async (id, { login }) => must("disableAccount", { accountId: await accountId(id, login) }),
    blacklistAccount: async (id, { login }) => must("blacklistAccount", { accountId: await accountId(id, login) }),
    deleteAccount: async (id, { login }) => must("deleteAccount", { accountId: await accountId(id, login) }),
    setPassword: async (id, { login, password }) =>
      must("setAccountPassword", { accountId: await accountId(id, login), password: plain(password) }),
    endSession: async (applicationId, { client }) => {
      const { sessions } = await must("findSessions", { applicationId });
      const session = sessions.find(({ clientId }) => clientId === client);
      if (!session) throw new Error(`there is no session of ${plain(client)}`);
      await must("endSession", { sessionId: session.id });
    },
  };
  for (const name of licenseChanges) {
    Object.assign(operations, {
      [name]: (applicationId: string, { license: key }: Fields) => must(name, { applicationId, license: plain(key) }),
    });
  }

  return {
    async seed({ version, settings, licenses, variables, blacklist, files, users }) {
      const { application } = await must("createApplication", {
        name: "Conformance",
        ...(version !== undefined && { version: plain(version) }),
        settings: { accountsPerAddressPerDay: null, ...record(settings) },
      });
      const { id, websocketApiKey, apiKeys } = application;
      const values: Record<string, string> = { app: id, key: websocketApiKey };
      for (const [name, plan] of Object.entries(record(licenses))) values[name] = await license(id, record(plan));
      for (const variable of list(variables).map(record)) {
        const { name, content, public: isPublic } = variable;
        await must("setVariable", {
          applicationId: id,
          name: plain(name),
          content: plain(content),
          public: isPublic === true,
        });
      }
      for (const client of list(blacklist)) {
        await must("addBlacklistEntry", { applicationId: id, kind: "client", value: plain(client) });
      }
      for (const [name, text] of Object.entries(record(files))) {
        const bytes = Buffer.from(plain(text));
        const about = { checksum: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
        await must("addFile", { applicationId: id, name, ...about, content: Readable.from([bytes]) });
      }
      for (const [name, user] of Object.entries(record(users))) {
        values[name] = await userToken(`${url.replace(/^ws/, "http")}/${id}/${apiKeys.JS ?? ""}`, record(user));
      }
      return values;
    },
    async operate(operation, app, given) {
      const operate = operations[operation];
      if (!operate) throw new Error(`an operator cannot ${operation}`);
      await operate(app, given);
    },
  };
}

const licenseChanges = [
  "pauseLicense",
  "unpauseLicense",
  "blacklistLicense",
  "unblacklistLicense",
  "resetLicenseClient",
  "reinitializeLicense",
  "deleteLicense",
] as const;

async function carriedOut<N extends OperationName>(console: Console, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const outcome = await console.call(name, input);
  if (!outcome.ok) throw new Error(`${name} came to ${JSON.stringify(outcome)}`);
  return outcome.output;
}

/** Registers a user and signs him in; answers the token. */
async function userToken(base: string, { email, password }: Fields): Promise<string> {
  await post(`${base}/users/register`, { email, password });
  const token = (await post(`${base}/users/login`, { login: email, password }))["user-token"];
  if (typeof token !== "string") throw new Error("login gave no user-token");
  return token;
}

async function post(url: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok || typeof answer !== "object" || answer === null) {
    throw new Error(`${url} answered ${response.status} ${JSON.stringify(answer)}`);
  }
  return Object.fromEntries(Object.entries(answer));
}

function plain(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function list(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

function record(value: Json | undefined): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
