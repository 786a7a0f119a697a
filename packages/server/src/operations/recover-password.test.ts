import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  changeSettings,
  eventually,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  type Product,
  readMails,
  readOutbox,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";

const hourMs = 3_600_000;
const headers = { accept: "application/json" };
const newPassword = "a new password";

onEachDatabase("recovery", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  let people = 0;
  before(async () => {
    server = await startTestServer({ clock, settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    const email = `person-${++people}@example.com`;
    const account = await addAccount(server, product, { email });
    return { product, rest: RestPeer.of(server, product), email, account };
  }

  const restore = (rest: RestPeer, identity: string) => rest.get(`/users/restorepassword/${identity}`);
  const linkOf = ({ id }: Product, secret: string) => `/${id}/users/recover/${secret}`;
  const page = () => new RestPeer(server.url, "");
  const codeOf = async (answer: ReturnType<RestPeer["get"]>) => (await answer).fields["code"];

  function use(product: Product, secret: string, password: unknown = newPassword) {
    return page().request("POST", linkOf(product, secret), { headers, body: { password } });
  }

  async function recoverable(settings: Partial<ApplicationSettings> = {}) {
    const opened = await open(settings);
    await restore(opened.rest, opened.email);
    const [mail] = await readMails(server, opened.email);
    return { ...opened, secret: mail!.secret };
  }

  function queueToBeEmpty(): Promise<void> {
    return eventually("the queue to be empty", async () => {
      return (await server.db.selectFrom("mail").select("id").execute()).length === 0;
    });
  }

  test("[US-RECOV-1] one mail with a link, of which the hash is stored; the password stays until it is used", async () => {
    const { product, rest, email } = await open();
    const { status, text } = await restore(rest, encodeURIComponent(` ${email.toUpperCase()} `));
    assert.deepEqual([status, text], [200, "null"]);
    const [mail] = await readMails(server, email);
    assert.equal(mail!.link, `${server.url}${linkOf(product, mail!.secret)}`);
    assert.equal(Buffer.from(mail!.secret, "base64url").length, 32, "256 bits");
    await queueToBeEmpty();
    assert.equal((await readMails(server, email)).length, 1);
    const [row] = await server.db
      .selectFrom("accountLink")
      .selectAll()
      .where("secretHash", "=", sha256(mail!.secret))
      .execute();
    assert.equal(row!.expiresAt - clock.now(), hourMs);

    assert.equal((await page().get(linkOf(product, mail!.secret))).status, 200);
    assert.equal(await rest.isLive(await rest.login(email)), true);
    assert.equal(await codeOf(use(product, mail!.secret)), undefined);
    assert.equal(await codeOf(rest.post("/users/login", { login: email, password: userPassword })), 3003);
    assert.equal(await rest.isLive(await rest.login(email, newPassword)), true);
    assert.equal(await codeOf(use(product, mail!.secret)), 3051, "once");
  });

  test("[US-RECOV-1] a link is over after an hour", async () => {
    const { product, secret } = await recoverable();
    await clock.leap(hourMs - 1);
    assert.equal((await page().get(linkOf(product, secret))).status, 200);
    await clock.leap(1);
    assert.equal(await codeOf(use(product, secret)), 3051);
    assert.equal((await page().get(linkOf(product, secret))).status, 400);
  });

  test("[US-RECOV-2] whoever gets no mail gets the same bytes, or what they are with revealUnknownIdentity", async () => {
    const { product, rest, email } = await open();
    await addAccount(server, product, { login: "mailless" });
    await addAccount(server, product, { email: "disabled@example.com", status: "disabled" });
    await addAccount(server, product, { email: "blacklisted@example.com", blacklistedAt: 1 });
    await addAccount(server, product, {
      email: "social@example.com",
      passwordHash: null,
      socialIdentities: JSON.stringify({ google: ["1"] }),
    });
    const silent = {
      "nobody@example.com": 3020,
      mailless: 3020,
      "disabled@example.com": 3090,
      "blacklisted@example.com": 3090,
      "social@example.com": 3075,
    };
    const answers = [];
    for (const identity of [email, ...Object.keys(silent)]) {
      const { status, text, headers: fields } = await restore(rest, identity);
      const { date: _, "x-request-id": __, ...same } = fields;
      answers.push(JSON.stringify([status, text, same]));
    }
    assert.equal(new Set(answers).size, 1, answers.join("\n"));
    await readMails(server, email);
    await queueToBeEmpty();
    for (const identity of Object.keys(silent)) {
      assert.deepEqual(
        (await readOutbox(server)).filter(({ to }) => to === identity),
        [],
        identity,
      );
    }
    await changeSettings(server, product, { revealUnknownIdentity: true });
    for (const [identity, code] of Object.entries(silent)) {
      assert.equal(await codeOf(restore(rest, identity)), code, identity);
    }
  });

  test("[US-RECOV-1] an account that came without a password gets its first one", async () => {
    const { product, rest } = await open();
    await addAccount(server, product, { email: "imported@example.com", passwordHash: null });
    await restore(rest, "imported@example.com");
    const [mail] = await readMails(server, "imported@example.com");
    assert.equal((await use(product, mail!.secret)).status, 200);
    assert.equal(await rest.isLive(await rest.login("imported@example.com", newPassword)), true);
  });

  test("[US-RECOV-2] a known and an unknown identity are answered after the same statements", async () => {
    const { rest, email } = await open();
    const { product: _, ...other } = await open();
    await restore(rest, email);
    await restore(rest, "nobody@example.com");
    await queueToBeEmpty();
    // What is written for nobody is written for good, like a mail to somebody: the transaction commits.
    await server.db.schema.alterTable("mail").renameTo("mail_away").execute();
    try {
      assert.equal(await codeOf(restore(other.rest, other.email)), 3025);
      assert.equal(await codeOf(restore(other.rest, "nobody@example.com")), 3025);
    } finally {
      await server.db.schema.alterTable("mail_away").renameTo("mail").execute();
    }
  });

  test("[US-RECOV-3] 3101 while recovery is off, for known and unknown alike", async () => {
    const { rest, email } = await open({ passwordRecoveryEnabled: false });
    assert.equal(await codeOf(restore(rest, email)), 3101);
    assert.equal(await codeOf(restore(rest, "nobody@example.com")), 3101);
  });

  test("[US-RECOV-4] [US-REG-4] a password that is refused leaves the link as it is", async () => {
    const { product, rest, email, secret } = await recoverable({ passwordMinLength: 10 });
    assert.equal(await codeOf(use(product, secret, "short")), 40_001);
    assert.equal(await codeOf(use(product, secret, "x".repeat(257))), 40_001);
    assert.equal(await codeOf(use(product, secret, "")), 40_001);
    assert.equal(await codeOf(page().request("POST", linkOf(product, secret), { headers })), 40_001);
    assert.equal(await codeOf(use(product, secret, 1_234_567_890)), 3050);
    assert.equal(await codeOf(use(product, secret, "ä".repeat(256))), undefined);
    assert.equal(await rest.isLive(await rest.login(email, "ä".repeat(256))), true);
  });

  test("[US-RECOV-4] a form sets it as well, and shows again what was wrong", async () => {
    const { product, rest, email, secret } = await recoverable({ passwordMinLength: 10 });
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const send = (body: string) => page().request("POST", linkOf(product, secret), { headers: form, body });
    const refused = await send("password=short");
    assert.equal(refused.status, 400);
    assert.match(refused.text, /role="alert">[^<]*10 to 256/);
    assert.match(refused.text, /type="password"/);
    assert.doesNotMatch(refused.text, /value=/);
    const done = await send("password=a+new+p%C3%A4ssword");
    assert.equal(done.status, 200);
    assert.match(done.text, /Password changed/);
    assert.equal(await rest.isLive(await rest.login(email, "a new pässword")), true);
  });

  test("[US-RECOV-4] the link of a disabled account is none", async () => {
    const { product, account, secret } = await recoverable();
    await must(server.console, "disableAccount", { accountId: account.id });
    assert.equal(await codeOf(use(product, secret)), 3051);
    assert.equal((await page().get(linkOf(product, secret))).status, 400);
  });

  test("[US-RECOV-5] [US-SESS-11] [US-LOCK-5] it ends every session, lifts the lock, voids other links and confirms the address", async () => {
    const { product, rest, email, account, secret } = await recoverable({
      enableMultipleLogins: true,
      maxConcurrentLogins: 0,
      failedLoginsLock: 2,
      emailConfirmationRequired: true,
    });
    await restore(rest, email);
    const other = (await readMails(server, email, 2)).find((mail) => mail.secret !== secret);
    const tokens = [await rest.login(email), await rest.login(email)];
    await server.db.updateTable("account").set({ status: "unconfirmed" }).where("id", "=", account.id).execute();
    for (const password of ["wrong", "wrong"]) await rest.post("/users/login", { login: email, password });
    assert.equal(await codeOf(rest.post("/users/login", { login: email, password: userPassword })), 3036);

    assert.equal(await codeOf(use(product, secret)), undefined);
    for (const token of tokens) assert.equal(await rest.isLive(token), false);
    assert.equal(await rest.isLive(await rest.login(email, newPassword)), true);
    assert.equal(await codeOf(use(product, other!.secret)), 3051);
  });

  test("[US-RECOV-1] [US-RECOV-5] of parallel uses of one link exactly one sets its password", async () => {
    const { product, rest, email, secret } = await recoverable();
    const passwords = ["first password", "second password", "third password"];
    const answers = await Promise.all(passwords.map((password) => use(product, secret, password)));
    const winners = passwords.filter((_, index) => answers[index]!.status === 200);
    assert.equal(winners.length, 1);
    assert.equal(await rest.isLive(await rest.login(email, winners[0])), true);
    assert.deepEqual(new Set(answers.map(({ fields }) => fields["code"])), new Set([undefined, 3051]));
  });

  test("[US-RECOV-5] of parallel uses of two links of one account one wins too", async () => {
    const { product, rest, email, secret } = await recoverable();
    await restore(rest, email);
    const other = (await readMails(server, email, 2)).find((mail) => mail.secret !== secret);
    const answers = await Promise.all([
      use(product, secret, "password one"),
      use(product, other!.secret, "password two"),
    ]);
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  test("[US-RECOV-6] a password that is set in another way voids links, those too that are not sent yet", async () => {
    const { product, rest, email, account, secret } = await recoverable();
    await rest.login(email);
    const dueAt = clock.now() + hourMs;
    await restore(rest, "nobody@example.com");
    await server.db
      .insertInto("mail")
      .values({
        id: `waiting-${people}` as never,
        applicationId: product.id as never,
        accountId: account.id,
        kind: "recover",
        queuedAt: clock.now(),
        dueAt,
        attempts: 0,
      })
      .execute();
    await must(server.console, "setAccountPassword", { accountId: account.id, password: "by the operator" });
    assert.equal(await codeOf(use(product, secret)), 3051);
    await clock.leap(hourMs);
    await queueToBeEmpty();
    assert.equal((await readMails(server, email)).length, 1);
  });

  test("[US-RECOV-6] [US-CONF-8] an update of password or address voids links, and another address is to be confirmed", async () => {
    const one = await recoverable();
    const token = await one.rest.login(one.email);
    const put = (opened: typeof one, user: string, body: object) =>
      opened.rest.request("PUT", `/users/${opened.account.id}`, { token: user, body });
    assert.equal((await put(one, token, { password: userPassword, plan: "pro" })).status, 200);
    assert.equal((await page().get(linkOf(one.product, one.secret))).status, 200, "the same password is no change");
    assert.equal((await put(one, token, { password: "by the user" })).status, 200);
    assert.equal(await codeOf(use(one.product, one.secret)), 3051);

    const other = await recoverable({ emailConfirmationRequired: true });
    const session = await other.rest.login(other.email);
    const changed = `new-${other.email}`;
    const { status, fields } = await put(other, session, { email: changed });
    assert.deepEqual([status, fields["userStatus"]], [200, "EMAIL_CONFIRMATION_PENDING"]);
    assert.equal(await codeOf(use(other.product, other.secret)), 3051);
    assert.equal(await other.rest.isLive(session), true);
    assert.equal(await codeOf(other.rest.post("/users/login", { login: changed, password: userPassword })), 3087);
    const [mail] = await readMails(server, changed);
    assert.equal((await page().post(new URL(mail!.link).pathname)).status, 200);
    assert.equal(await other.rest.isLive(await other.rest.login(changed)), true);
  });

  test("[US-RECOV-1] the links and mails of an account that is deleted go with it", async () => {
    const { product, account, secret } = await recoverable();
    await must(server.console, "deleteAccount", { accountId: account.id });
    assert.equal(await codeOf(use(product, secret)), 3051);
  });
});
