import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  CredentialsType,
  definitionOf,
  type InputOf,
  type OperationName,
  operationNames,
  providerSettings,
} from "@latchkey/protocol";
import * as v from "valibot";
import {
  checksumOf,
  inPieces,
  must,
  newApplication,
  onEachDatabase,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

/** What an operation that changes something is tried with: an application, and what is in it. */
interface Stage {
  readonly applicationId: string;
  readonly accountId: string;
  readonly license: string;
  readonly operatorId: string;
  /** Signs the account in. */
  readonly session: () => Promise<InputOf<"endSession">>;
  readonly must: <N extends OperationName>(name: N, input: InputOf<N>) => ReturnType<typeof must<N>>;
}

type Inputs = { readonly [N in OperationName]?: (stage: Stage) => InputOf<N> | Promise<InputOf<N>> };

const role = "tester";
const licenseOf = ({ license }: Stage) => ({ license });
const accountOf = ({ accountId }: Stage) => ({ accountId });
const applicationOf = ({ applicationId }: Stage) => ({ applicationId });
const operatorOf = ({ operatorId }: Stage) => ({ operatorId });
const column = { name: "age", type: "INT", required: false, unique: false, defaultValue: null } as const;
const entry = { kind: "client", value: "some-client" } as const;
const content = new TextEncoder().encode("some content");
const provider = {
  name: "work",
  settings: v.parse(providerSettings, {
    kind: "oidc",
    issuer: "https://provider.example",
    clientId: "client",
    scopes: [],
  }),
};
/** Where nobody is. */
const hookUrl = "https://hooks.example.invalid/latchkey";
const mail = {
  kind: "confirm",
  language: "en",
  subject: "Hello",
  text: "Welcome",
  action: "Confirm",
  validity: "Soon",
  otherwise: "Sorry",
} as const;
const file = () => ({
  name: "setup.exe",
  size: content.length,
  checksum: checksumOf(content),
  content: inPieces(content),
});

/** A try of each operation that is for operators and does not only read. */
const inputs: Inputs = {
  addAccount: (stage) => ({
    ...applicationOf(stage),
    credentialsType: CredentialsType.LoginPassword,
    identity: "somebody-else",
    password: "a password",
  }),
  importAccounts: (stage) => ({ ...applicationOf(stage), rows: [{ login: "imported" }] }),
  deleteAccount: accountOf,
  exportAccounts: applicationOf,
  blacklistAccount: accountOf,
  disableAccount: accountOf,
  async enableAccount(stage) {
    await stage.must("disableAccount", accountOf(stage));
    return accountOf(stage);
  },
  giveRole: withRole,
  setAccountPassword: (stage) => ({ ...accountOf(stage), password: "another password" }),
  async takeRole(stage) {
    const input = await withRole(stage);
    await stage.must("giveRole", input);
    return input;
  },
  async unblacklistAccount(stage) {
    await stage.must("blacklistAccount", accountOf(stage));
    return accountOf(stage);
  },
  unlockAccount: accountOf,
  createApplication: () => ({ name: "Another product" }),
  deleteApplication: applicationOf,
  addProvider: (stage) => ({ ...applicationOf(stage), ...provider }),
  bindHost: (stage) => ({ ...applicationOf(stage), host: `${stage.accountId.toLowerCase()}.example` }),
  async deleteColumn(stage) {
    await stage.must("setColumn", { ...applicationOf(stage), ...column });
    return { ...applicationOf(stage), name: column.name };
  },
  pauseApplication: applicationOf,
  async removeProvider(stage) {
    await stage.must("addProvider", { ...applicationOf(stage), ...provider });
    return { ...applicationOf(stage), name: provider.name };
  },
  renewApiKey: (stage) => ({ ...applicationOf(stage), keyKind: "JS" }),
  revokeApiKey: (stage) => ({ ...applicationOf(stage), keyKind: "JS" }),
  rotateApplicationKeys: applicationOf,
  setColumn: (stage) => ({ ...applicationOf(stage), ...column }),
  async unbindHost(stage) {
    const bound = { ...applicationOf(stage), host: `${stage.accountId.toLowerCase()}.example` };
    await stage.must("bindHost", bound);
    return bound;
  },
  async unpauseApplication(stage) {
    await stage.must("pauseApplication", applicationOf(stage));
    return applicationOf(stage);
  },
  updateApplication: (stage) => ({ ...applicationOf(stage), settings: { passwordMinLength: 9 } }),
  addBlacklistEntry: (stage) => ({ ...applicationOf(stage), ...entry }),
  async removeBlacklistEntry(stage) {
    await stage.must("addBlacklistEntry", { ...applicationOf(stage), ...entry });
    return { ...applicationOf(stage), ...entry };
  },
  async deleteFile(stage) {
    await stage.must("addFile", { ...applicationOf(stage), ...file() });
    return { ...applicationOf(stage), name: file().name };
  },
  addFile: (stage) => ({ ...applicationOf(stage), ...file() }),
  createLicenses: (stage) => ({ ...applicationOf(stage), count: 3 }),
  deleteLicense: licenseOf,
  blacklistLicense: licenseOf,
  extendLicense: (stage) => ({ ...licenseOf(stage), durationMs: 1000 }),
  linkLicense: (stage) => ({ ...licenseOf(stage), ...accountOf(stage) }),
  pauseLicense: licenseOf,
  async reinitializeLicense(stage) {
    await stage.must("linkLicense", { ...licenseOf(stage), ...accountOf(stage) });
    return licenseOf(stage);
  },
  resetLicenseClient: licenseOf,
  async unblacklistLicense(stage) {
    await stage.must("blacklistLicense", licenseOf(stage));
    return licenseOf(stage);
  },
  async unpauseLicense(stage) {
    await stage.must("pauseLicense", licenseOf(stage));
    return licenseOf(stage);
  },
  createRole: (stage) => ({ ...applicationOf(stage), role }),
  async deleteRole(stage) {
    await stage.must("createRole", { ...applicationOf(stage), role });
    return { ...applicationOf(stage), role };
  },
  endAccountSessions: accountOf,
  endApplicationSessions: applicationOf,
  endSession: (stage) => stage.session(),
  async deleteVariable(stage) {
    await stage.must("setVariable", { ...applicationOf(stage), name: "motd", content: "hello", public: true });
    return { ...applicationOf(stage), name: "motd" };
  },
  setVariable: (stage) => ({ ...applicationOf(stage), name: "motd", content: "hello", public: true }),
  createManagementKey: () => ({ name: "of a test", scopes: ["audit:read"] }),
  async revokeManagementKey(stage) {
    const { managementKey } = await stage.must("createManagementKey", { name: "of a test", scopes: ["audit:read"] });
    return { keyId: managementKey.id };
  },
  addOperator: () => newOperator(),
  inviteOperator: () => ({ email: newOperator().email, role: "support" }),
  offerSetUp: () => ({}),
  removeOperator: operatorOf,
  async revokeInvitation(stage) {
    const { invitation } = await stage.must("inviteOperator", { email: newOperator().email, role: "support" });
    return { invitationId: invitation.id };
  },
  changeOperatorRole: (stage) => ({ ...operatorOf(stage), role: "admin" }),
  disableOperator: operatorOf,
  async enableOperator(stage) {
    await stage.must("disableOperator", operatorOf(stage));
    return operatorOf(stage);
  },
  resetOperatorPassword: operatorOf,
  setMailTemplate: (stage) => ({ ...applicationOf(stage), ...mail }),
  async resetMailTemplate(stage) {
    await stage.must("setMailTemplate", { ...applicationOf(stage), ...mail });
    return { ...applicationOf(stage), kind: "confirm", language: "en" };
  },
  createWebhook: (stage) => ({ ...applicationOf(stage), url: hookUrl }),
  async updateWebhook(stage) {
    return { ...(await withWebhook(stage)), description: "another" };
  },
  deleteWebhook: withWebhook,
  revealWebhookSecret: withWebhook,
  rotateWebhookSecret: withWebhook,
  testWebhook: withWebhook,
  replayWebhookDelivery: withDelivery,
  replayFailedDeliveries: async (stage) => ({ ...(await withDelivery(stage)), since: 0 }),
  startBulkJob: (stage) => ({ ...applicationOf(stage), kind: "pauseLicenses", licenses: {} }),
};

async function withRole(stage: Stage) {
  await stage.must("createRole", { ...applicationOf(stage), role });
  return { ...accountOf(stage), role };
}

async function withWebhook(stage: Stage) {
  const { webhook } = await stage.must("createWebhook", { ...applicationOf(stage), url: hookUrl });
  return { ...applicationOf(stage), webhookId: webhook.id };
}

async function withDelivery(stage: Stage) {
  const named = await withWebhook(stage);
  const { delivery } = await stage.must("testWebhook", named);
  return { ...named, deliveryId: delivery.id };
}

let operators = 0;
function newOperator() {
  const email = `operator-${++operators}@example.com`;
  return { email, name: "An operator", role: "support", password: "a long enough password" } as const;
}

const changing = operationNames.filter((name) => {
  const { gate } = definitionOf(name);
  // What else is tried above asks for more than its gate does.
  return (gate.includes(":") && !gate.endsWith(":read")) || inputs[name];
});

onEachDatabase("the audit log", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  for (const name of changing) {
    test(`[MG-AUDIT-1] ${name} is in it`, async () => {
      const inputOf: ((stage: Stage) => object | Promise<object>) | undefined = inputs[name];
      assert.ok(inputOf, `${name} changes something: try it in this file, to see that it calls recordAudit`);
      const input = await inputOf(await stageOn(server));
      const { entries: before } = await must(server.console, "listAudit", { action: name, limit: 1 });
      const outcome = await server.console.call(name, input);
      assert.ok(outcome.ok, JSON.stringify(outcome));
      const { entries } = await must(server.console, "listAudit", { action: name });
      assert.ok(entries[0], "there is no entry");
      assert.notEqual(entries[0].id, before[0]?.id);
      assert.equal(entries[0].actor.kind, "console");
      assert.doesNotMatch(JSON.stringify(entries), /password"?:"(?!changed)|secretHash|passwordHash/);
    });
  }

  test("[MG-AUDIT-1] what is only read is not in it", async () => {
    const { applicationId } = await stageOn(server);
    const before = await must(server.console, "listAudit", { applicationId });
    await must(server.console, "showApplication", { applicationId });
    await must(server.console, "listLicenses", { applicationId });
    assert.deepEqual(await must(server.console, "listAudit", { applicationId }), before);
  });
});

async function stageOn(server: TestServer): Promise<Stage> {
  const { console } = server;
  const product = await newApplication(console);
  const identity = { credentialsType: CredentialsType.LoginPassword, identity: "somebody", password: "a password" };
  const { account } = await must(console, "addAccount", { applicationId: product.id, ...identity });
  const { licenses } = await must(console, "createLicenses", { applicationId: product.id, count: 1, durationMs: 1000 });
  const { operator } = await must(console, "addOperator", newOperator());
  return {
    applicationId: product.id,
    accountId: account.id,
    license: licenses[0]?.id ?? "",
    operatorId: operator.id,
    must: (name, input) => must(console, name, input),
    async session() {
      const rest = RestPeer.of(server, product);
      await rest.request("POST", "/users/login", { body: { login: "somebody", password: "a password" } });
      const { sessions } = await must(console, "findSessions", { applicationId: product.id });
      return { sessionId: sessions[0]?.id ?? "" };
    },
  };
}
