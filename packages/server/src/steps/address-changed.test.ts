import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addAccount,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  readMails,
  readOutbox,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";
import { transact } from "#storage/transaction.ts";
import { addressChanged } from "./address-changed.ts";

onEachDatabase("a changed address", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  let people = 0;
  async function change(emailConfirmationRequired: boolean) {
    const product = await newApplication(server.console, { emailConfirmationRequired });
    const [email, changed] = [`old-${++people}@example.com`, `new-${people}@example.com`];
    const account = await addAccount(server, product, { login: `person-${people}`, email });
    const rest = RestPeer.of(server, product);
    await rest.get(`/users/restorepassword/${email}`);
    const [recovery] = await readMails(server, email);
    const token = await rest.login(email);
    await transact(server.db, async (tx) => {
      const row = await tx
        .updateTable("account")
        .set({ email: changed })
        .where("id", "=", account.id)
        .returningAll()
        .executeTakeFirstOrThrow();
      await addressChanged(tx, row, { emailConfirmationRequired }, clock.now());
      return {};
    });
    await clock.advance(5_000);
    return { product, rest, account, changed, token, recovery: recovery! };
  }
  const page = () => new RestPeer(server.url, "", { accept: "application/json" });

  test("[US-CONF-8] [US-RECOV-6] it is mailed a link, sessions go on, new logins wait, and recovery links are void", async () => {
    const { rest, account, changed, token, recovery } = await change(true);
    assert.equal((await must(server.console, "showAccount", { accountId: account.id })).account.status, "unconfirmed");
    assert.equal(await rest.isLive(token), true);
    const login = { login: account.login, password: userPassword };
    assert.equal((await rest.post("/users/login", login)).fields["code"], 3087);
    assert.equal((await page().get(new URL(recovery.link).pathname)).fields["code"], 3051);

    const [mail] = await readMails(server, changed);
    assert.equal((await page().post(new URL(mail!.link).pathname)).status, 200);
    assert.equal((await rest.post("/users/login", login)).status, 200);
  });

  test("[US-RECOV-6] without confirmation recovery links are void as well, and nothing is mailed", async () => {
    const { rest, account, changed, recovery } = await change(false);
    assert.equal((await page().get(new URL(recovery.link).pathname)).fields["code"], 3051);
    assert.equal((await rest.post("/users/login", { login: account.login, password: userPassword })).status, 200);
    assert.deepEqual(
      (await readOutbox(server)).filter(({ to }) => to === changed),
      [],
    );
  });
});
