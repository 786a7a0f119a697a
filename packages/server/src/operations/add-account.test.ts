import assert from "node:assert/strict";
import { test } from "node:test";
import { CredentialsType, type InputOf } from "@latchkey/protocol";
import {
  ask,
  must,
  newApplication,
  onEachDatabase,
  openLive,
  packet,
  RestPeer,
  startTestServer,
} from "@latchkey/testkit";

const { LoginPassword, EmailPassword } = CredentialsType;
const password = "wonderland";

onEachDatabase("addAccount", (newDatabase) => {
  test("an account that its operator creates signs in at both doors", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const plan = { applicationId: product.id, password };
    const byLogin = { ...plan, credentialsType: LoginPassword, identity: " Alice " } as const;
    const { account } = await must(server.console, "addAccount", byLogin);
    assert.deepEqual([account.login, account.email, account.status], ["Alice", undefined, "enabled"]);
    const byAddress = { ...plan, credentialsType: EmailPassword, identity: "bob@wonderland.example" } as const;
    assert.equal((await must(server.console, "addAccount", byAddress)).account.email, "bob@wonderland.example");

    await using peer = await openLive(server, product);
    const answer = await ask(peer, packet.authorizeByCredentials, { login: "alice", password });
    assert.equal(answer["status"], 1);
    const rest = RestPeer.of(server, product);
    const body = { login: "bob@wonderland.example", password };
    assert.equal((await rest.request("POST", "/users/login", { body })).status, 200);
  });

  test("what is asked of those who sign up is not asked of the operator, but the quota holds", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const closed = { userRegistrationEnabled: false, licenseRequired: true, accountsPerAddressPerDay: 0 };
    const { id } = await newApplication(server.console, { ...closed, accountQuota: 1 });
    const plan = { applicationId: id, credentialsType: LoginPassword, password } as const;
    await must(server.console, "addAccount", { ...plan, identity: "first" });
    const outcome = await server.console.call("addAccount", { ...plan, identity: "second" });
    assert.deepEqual(outcome, { ok: false, refusal: "accountQuotaReached", output: {} });
  });

  test("it is refused for what could not sign in", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const { id: applicationId } = await newApplication(server.console, { passwordMinLength: 8 });
    const plan = { applicationId, credentialsType: LoginPassword, identity: "alice", password } as const;
    await must(server.console, "addAccount", plan);
    const cases: readonly [string, Partial<InputOf<"addAccount">>][] = [
      ["applicationNotFound", { applicationId: "x" }],
      ["loginTooShort", { identity: " bob " }],
      ["loginTooLong", { identity: "x".repeat(321) }],
      ["passwordTooShort", { password: "7 chars" }],
      ["passwordTooLong", { password: "x".repeat(65) }],
      ["emailInvalid", { credentialsType: EmailPassword, identity: "nobody" }],
      ["loginTaken", { identity: "ALICE" }],
    ];
    for (const [refusal, given] of cases) {
      const outcome = await server.console.call("addAccount", { ...plan, ...given });
      assert.equal("refusal" in outcome && outcome.refusal, refusal);
    }
    assert.equal((await must(server.console, "listAccounts", { applicationId })).accounts.length, 1);
  });
});
