import assert from "node:assert/strict";
import { test } from "node:test";
import { addAccount, must, onEachDatabase, openSocialStage, type SocialStage, userPassword } from "@latchkey/testkit";

const ann = "ann@example.com";

onEachDatabase("an address that a provider vouches for", (newDatabase) => {
  const open = async (application: Parameters<typeof openSocialStage>[0] = {}) =>
    openSocialStage({ settings: await newDatabase(), ...application });

  const codeOf = async ({ peer }: SocialStage, login: string, password: string) =>
    (await peer.post("/users/login", { login, password })).fields["code"];

  test("a trusted provider's address leads to the account that has it, and whoever had that account before is out", async () => {
    await using stage = await open();
    const { peer, signIn } = stage;
    // Anybody can register with an address that is not his.
    const id = await peer.register("Ann@Example.com", { plan: "pro" });
    const squatting = await peer.login(ann);
    const { fields, accountId, token } = await signIn({ fieldsMapping: { name: "nick" } });
    assert.equal(accountId, id);
    assert.deepEqual([fields["email"], fields["plan"], fields["nick"]], ["Ann@Example.com", "pro", undefined]);
    assert.ok(!(await peer.isLive(squatting)) && (await peer.isLive(token)));
    assert.equal(await codeOf(stage, ann, userPassword), 3003);
  });

  test("who has proven the address may give himself a password, and keeps it when he comes from elsewhere", async () => {
    await using stage = await open({ application: { enableMultipleLogins: true, maxConcurrentLogins: 0 } });
    const { peer, server, signIn } = stage;
    const { accountId, token } = await signIn();
    await must(server.console, "setAccountPassword", { accountId, password: "a new one" });
    const mine = await peer.login(ann, "a new one");
    // The same person with another subject, as at a second provider that is trusted.
    stage.provider.people.set("ann-2", { email: ann, email_verified: true });
    stage.provider.person = "ann-2";
    const again = await signIn();
    assert.equal(again.accountId, accountId);
    assert.ok(await peer.isLive(mine));
    assert.ok(!(await peer.isLive(token)), "ended by the new password and by nothing else");
    assert.equal(await codeOf(stage, ann, "a new one"), undefined);
  });

  test("who only had the account, and not the address, is untied when its owner comes", async () => {
    await using stage = await open();
    const { peer, server, provider, signIn } = stage;
    provider.people.set("eve", { email: "eve@example.com", email_verified: true });
    provider.person = "eve";
    const eve = await signIn();
    // An address can be changed without proving it.
    await server.db.updateTable("account").set({ email: ann }).execute();
    await server.db.updateTable("identity").set({ key: ann }).execute();
    provider.person = "ann";
    const owner = await signIn();
    assert.equal(owner.accountId, eve.accountId);
    assert.ok(!(await peer.isLive(eve.token)));
    assert.deepEqual(owner.fields["oAuthIdentities"], { test: "ann" });
    provider.person = "eve";
    assert.notEqual((await signIn()).accountId, owner.accountId);
    assert.ok(await peer.isLive(owner.token));
  });

  test("a confirmed address makes an account that waited for it, and a disabled one stays disabled", async () => {
    await using stage = await open();
    const { server, product, provider, signIn } = stage;
    await addAccount(server, product, { email: ann, status: "unconfirmed" });
    assert.equal((await signIn()).fields["userStatus"], "ENABLED");
    for (const [person, state] of [
      ["dis", { status: "disabled" }],
      ["black", { blacklistedAt: 1 }],
    ] as const) {
      await addAccount(server, product, { email: `${person}@example.com`, ...state });
      provider.people.set(person, { email: `${person}@example.com`, email_verified: true });
      provider.person = person;
      assert.equal((await signIn()).fields["code"], 3090);
    }
    assert.equal((await server.db.selectFrom("socialIdentity").selectAll().execute()).length, 1);
  });

  test("an address that only a provider's word stands for, which is not trusted, neither leads anywhere nor is taken", async () => {
    await using stage = await open();
    const { peer, provider, configure, signIn } = stage;
    await configure({ trustEmail: false });
    const free = await signIn();
    assert.equal(free.fields["email"], null);
    const id = await peer.register(ann);
    assert.equal((await signIn()).accountId, free.accountId);
    provider.people.set("new", { email: ann, email_verified: true });
    provider.person = "new";
    assert.equal((await signIn()).fields["code"], 3060);
    assert.ok(await peer.isLive(await peer.login(ann)));
    await configure({ trustEmail: true });
    assert.equal((await signIn()).accountId, id);
  });

  test("an address that the provider has not verified is as good as none", async () => {
    await using stage = await open();
    const { peer, provider, signIn } = stage;
    const id = await peer.register(ann);
    for (const verified of [false, undefined, "yes", 1]) {
      const person = `p-${String(verified)}`;
      provider.people.set(person, { email: ann, email_verified: verified as boolean });
      provider.person = person;
      const { accountId, fields } = await signIn();
      assert.notEqual(accountId, id);
      assert.equal(fields["email"], null);
    }
    assert.equal(await codeOf(stage, ann, userPassword), undefined);
  });

  test("a login that looks like the address is not the address", async () => {
    await using stage = await open();
    await addAccount(stage.server, stage.product, { login: ann });
    assert.equal((await stage.signIn()).fields["code"], 3060);
  });

  test("where people are known by something else, an address is a property and no identity", async () => {
    await using stage = await open({ application: { identityColumn: "handle" } });
    const { fields } = await stage.signIn({ fieldsMapping: { name: "handle", sub: "other" } });
    assert.deepEqual([fields["email"], fields["handle"], fields["other"]], [ann, null, "ann"]);
    assert.equal((await stage.server.db.selectFrom("identity").selectAll().execute()).length, 0);
  });

  test("a registration and a first sign-in with one address at once leave one account that has it", async () => {
    await using stage = await open();
    const { peer, server, signIn } = stage;
    const register = () => peer.post("/users/register", { email: ann, password: userPassword });
    const [registered, handed] = await Promise.all([register(), signIn(), register()]);
    assert.ok([200, 400].includes(registered.status));
    const accounts = await server.db.selectFrom("account").selectAll().execute();
    assert.deepEqual(
      accounts.map(({ id }) => id),
      [handed.accountId],
    );
    assert.ok(await peer.isLive(handed.token));
    assert.equal(await codeOf(stage, ann, userPassword), 3003, "nobody else can sign in to it");
  });
});
