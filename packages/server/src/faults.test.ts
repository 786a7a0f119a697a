import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { InputOf, OperationName } from "@latchkey/protocol";
import { ManualClock } from "@latchkey/testkit";
import type { KyselyPlugin, RootOperationNode } from "kysely";
import { ChangeLog } from "#cluster/change-log.ts";
import { LastUse } from "#cluster/last-use.ts";
import { Limiter } from "#cluster/limiter.ts";
import { NodeLease } from "#cluster/node-lease.ts";
import { RememberedApplications } from "#cluster/remembered-applications.ts";
import { type ClientLink, Roster } from "#cluster/roster.ts";
import { RunningDownloads } from "#cluster/running-downloads.ts";
import { SessionActivity } from "#cluster/session-activity.ts";
import { SystemState } from "#cluster/system-state.ts";
import { Traffic } from "#cluster/traffic.ts";
import { OperatorSecrets } from "#crypto/operator-secrets.ts";
import { AuditChain } from "#crypto/audit-chain.ts";
import { Passwords } from "#crypto/passwords.ts";
import { Seal } from "#crypto/seal.ts";
import { SignInProviders } from "#providers/sign-in-providers.ts";
import { Metrics } from "#report/metrics.ts";
import { OperationReport } from "#report/operation-report.ts";
import { Tally } from "#report/tally.ts";
import { signingKey } from "#crypto/signing-key.ts";
import { DownloadLinks } from "#files/download-links.ts";
import { openFileStore } from "#files/open-file-store.ts";
import { newLinkSecret, newResumeId, sha256 } from "#crypto/tokens.ts";
import { insertAccountLink } from "#storage/account-links.ts";
import { databaseKit, openDatabase } from "#storage/database.ts";
import { type DirectDialect, isDirect } from "#storage/dialects/direct.ts";
import type { ApplicationId, Db } from "#storage/tables.ts";
import type { Caller } from "#caller.ts";
import { readConfig } from "#config.ts";
import type { Resources } from "#context.ts";
import { Gate, type Outcome } from "#gate.ts";
import { handlers } from "#handlers.ts";
import { PublicUrl } from "./public-url.ts";

/** Everything that an operation could leave half done. */
const tables = [
  "application",
  "account",
  "identity",
  "license",
  "session",
  "mail",
  "accountLink",
  "auditEntry",
] as const;
/** Of the tables whose rows have no id. */
const keys: Readonly<Record<string, string>> = { identity: "key", accountLink: "secretHash", auditEntry: "serial" };

/** Fails at one statement, counted from 1, whichever way it is run; the others go through. */
class FailingStatement implements KyselyPlugin {
  failAt = 0;
  #count = 0;

  /** The statements that the query builder does not see. */
  watch(dialect: DirectDialect): void {
    const run = dialect.runDirectly.bind(dialect);
    dialect.runDirectly = async (...statement) => {
      this.#step();
      return run(...statement);
    };
  }

  arm(failAt: number): void {
    this.failAt = failAt;
    this.#count = 0;
  }

  transformQuery({ node }: { node: RootOperationNode }): RootOperationNode {
    this.#step();
    return node;
  }

  #step(): void {
    if (++this.#count === this.failAt) throw new Error(`statement ${this.failAt} fails`);
  }

  transformResult<T>({ result }: { result: T }): Promise<T> {
    return Promise.resolve(result);
  }
}

test("an operation that fails at any of its statements leaves everything as it was, and works when tried again", async () => {
  await using house = await openHouse();
  const { call, snapshot, failing } = house;
  for (const [name, prepare] of house.stories) {
    let statements = 0;
    for (;;) {
      const input = await prepare();
      const before = await snapshot();
      failing.arm(++statements);
      const outcome = await call(name, input);
      failing.arm(0);
      if (outcome.ok) break;
      assert.ok("fault" in outcome && outcome.fault === "internal", `${name}: ${JSON.stringify(outcome)}`);
      assert.deepEqual(await snapshot(), before, `${name} at statement ${statements}`);
    }
    assert.ok(statements > 1, `${name} ran no statement`);
  }
});

function newOpening() {
  const link: ClientLink = { sessionId: undefined, event: () => undefined, close: () => undefined };
  return { resumeId: newResumeId(), link };
}

async function openHouse() {
  await using opened = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), "latchkey-faults-"));
  opened.defer(() => {
    rmSync(directory, { recursive: true });
  });
  const limits = { registrationsPerAddress: "1000", linkRequestsPerAddress: "1000", linkPagesPerAddress: "1000" };
  const read = readConfig({ data: directory, signInsPerIdentity: "1000", signInsPerAddress: "1000", ...limits });
  if ("problems" in read) throw new Error(read.problems.join());
  const { config } = read;
  const clock = new ManualClock();
  const kit = databaseKit(config.database);
  const db = await openDatabase(config.database, kit);
  opened.defer(() => db.destroy());
  const log = { info: () => undefined, error: () => undefined };
  const node = opened.use(await NodeLease.start(db, clock, log, config.resumeWindow));
  const activity = opened.use(new SessionActivity(db, new Roster(), clock, () => undefined));
  const roster = new Roster();
  const changeLog = opened.use(await ChangeLog.start(db, kit, roster, clock, log));
  const metrics = new Metrics();
  const rest = {
    config,
    clock,
    log,
    node,
    roster,
    changeLog,
    activity,
    metrics,
    report: new OperationReport({ metrics, tally: new Tally(), clock }),
    system: new SystemState(db, kit, clock, config),
    limiter: new Limiter(),
    traffic: new Traffic(config),
  };
  const failing = new FailingStatement();
  const dialect: object = db.getExecutor().adapter;
  assert.ok(isDirect(dialect));
  failing.watch(dialect);
  const publicUrl = new PublicUrl(config);
  const files = {
    fileStore: openFileStore(config),
    publicUrl,
    mailSender: { wake: () => undefined },
    auditChain: new AuditChain(() => [Buffer.alloc(32)]),
    bulkRunner: { wake: () => undefined },
    auditSealer: { wake: () => undefined },
    webhookSender: { wake: () => undefined },
    webhookSecrets: new Seal(() => signingKey(config, "webhook secrets")),
    downloadLinks: new DownloadLinks(new Seal(() => signingKey(config, "download links")), publicUrl),
    providers: new SignInProviders(new Seal(() => signingKey(config, "provider secrets")), clock, log),
    operatorSecrets: new OperatorSecrets((purpose) => signingKey(config, purpose)),
    lastUse: opened.use(new LastUse(db, log)),
    downloads: opened.use(new RunningDownloads(db, roster, clock, log, config.resumeWindow)),
  };
  const applications = new RememberedApplications(db);
  const resources = { ...rest, ...files, applications, passwords: new Passwords(config.passwords) };
  const sound = new Gate({ ...resources, db }, handlers);
  const broken = new Gate({ ...resources, db: db.withPlugin(failing) } satisfies Resources, handlers);

  const created = await sound.call(
    "createApplication",
    { door: "console", address: "" },
    {
      name: "Fault test",
      settings: { accountsPerAddressPerDay: null, licenseRequired: false, emailConfirmationRequired: true },
    },
  );
  assert.ok(created.ok);
  const { application } = created.output;
  const applicationId = application.id as ApplicationId;
  const guest: Caller = { door: "live", address: "127.0.0.1", applicationId, keyKind: "JS" };
  let asking: Caller = guest;
  let count = 0;

  async function must<N extends OperationName>(name: N, caller: Caller, input: InputOf<N>) {
    const outcome = await sound.call(name, caller, input);
    assert.ok(outcome.ok, `${name}: ${JSON.stringify(outcome)}`);
    return outcome.output;
  }
  async function license(): Promise<string> {
    const { licenses } = await must(
      "createLicenses",
      { door: "console", address: "" },
      { applicationId, count: 1, seats: 3 },
    );
    return licenses[0]?.license ?? "";
  }
  async function account(): Promise<{ login: string; password: string }> {
    const credentials = { login: `user-${++count}`, password: "secret" };
    await must("createAccount", guest, credentials);
    return credentials;
  }
  /** The address of an account that waits for its confirmation. */
  async function addressee(): Promise<string> {
    const email = `user-${++count}@example.com`;
    await must("register", guest, { properties: { email, password: "secret" } });
    return email;
  }
  /** A fresh, initialized session to ask from. */
  async function connect(): Promise<void> {
    const opening = newOpening();
    const input = { websocketApiKey: application.websocketApiKey, clientId: "client-1" };
    await must("initialize", { door: "live", address: "127.0.0.1", opening }, input);
    const { sessionId } = opening.link;
    assert.ok(sessionId);
    const session = { id: sessionId, secretHash: sha256(opening.resumeId), clientId: "client-1" };
    asking = { ...guest, session, request: { id: ++count, type: 0, mayRepeat: false } };
  }
  function adopt(): void {
    const id = asking.session?.id;
    const entry = id && roster.find(id, clock.now());
    asking = { ...asking, ...(entry?.authorization && { authorization: entry.authorization }) };
  }

  const stories: [OperationName, () => Promise<object>][] = [
    [
      "initialize",
      async () => {
        asking = { door: "live", address: "127.0.0.1", opening: newOpening() };
        return { websocketApiKey: application.websocketApiKey, clientId: "client-1" };
      },
    ],
    [
      "createAccount",
      async () => {
        asking = guest;
        return { login: `user-${++count}`, password: "secret", license: await license() };
      },
    ],
    [
      "authorizeByLicense",
      async () => {
        await connect();
        return { license: await license() };
      },
    ],
    [
      "authorizeByCredentials",
      async () => {
        const credentials = await account();
        await connect();
        return { ...credentials, license: await license() };
      },
    ],
    [
      "linkLicenseToAccount",
      async () => {
        const credentials = await account();
        await connect();
        await must("authorizeByCredentials", asking, credentials);
        adopt();
        return { license: await license() };
      },
    ],
    [
      "logout",
      async () => {
        await connect();
        await must("authorizeByLicense", asking, { license: await license() });
        adopt();
        return {};
      },
    ],
    [
      "register",
      async () => {
        asking = guest;
        return { properties: { email: `user-${++count}@example.com`, password: "secret" } };
      },
    ],
    [
      "login",
      async () => {
        const credentials = await account();
        asking = guest;
        await must("login", guest, credentials);
        return credentials;
      },
    ],
    [
      "resendConfirmation",
      async () => {
        asking = guest;
        return { identity: await addressee() };
      },
    ],
    [
      "recoverPassword",
      async () => {
        asking = guest;
        const email = await addressee();
        const linked = await db.selectFrom("account").selectAll().where("email", "=", email).executeTakeFirstOrThrow();
        const secret = newLinkSecret();
        const link = { applicationId, accountId: linked.id, kind: "recover", expiresAt: clock.now() + 1 } as const;
        await insertAccountLink(db, { ...link, secretHash: sha256(secret) });
        await must("login", guest, await account());
        return { applicationId, secret, password: "another secret" };
      },
    ],
  ];

  const closing = opened.move();
  return {
    stories,
    failing,
    call: (name: OperationName, input: object): Promise<Outcome> => broken.call(name, asking, input),
    snapshot: () => dump(db),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

async function dump(db: Db): Promise<unknown> {
  return Promise.all(
    tables.map((table) =>
      db
        .selectFrom(table)
        .selectAll()
        .orderBy((keys[table] ?? "id") as never)
        .execute(),
    ),
  );
}
