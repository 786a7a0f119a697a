import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  ask,
  changeSettings,
  eventually,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  readMails,
  readOutbox,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";

const dayMs = 86_400_000;
const json = { accept: "application/json" };

onEachDatabase("confirmation", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  let people = 0;
  before(async () => {
    server = await startTestServer({ clock, settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, { emailConfirmationRequired: true, ...settings });
    return { product, rest: RestPeer.of(server, product), serverCode: RestPeer.of(server, product, "BL") };
  }

  /** An address that nobody else in this file has. */
  function newAddress(): string {
    return `person-${++people}@example.com`;
  }

  async function statusOf(accountId: string): Promise<string> {
    return (await must(server.console, "showAccount", { accountId })).account.status;
  }

  function queueToBeEmpty(): Promise<void> {
    return eventually("the queue to be empty", async () => {
      return (await server.db.selectFrom("mail").select("id").execute()).length === 0;
    });
  }

  const page = () => new RestPeer(server.url, "");
  const linkOf = ({ id }: Product, secret: string) => `/${id}/users/confirm/${secret}`;
  const use = (product: Product, secret: string) => page().request("POST", linkOf(product, secret), { headers: json });
  const codeOf = async (answer: ReturnType<RestPeer["get"]>) => (await answer).fields["code"];

  test("[US-REG-6] [US-CONF-1] registration needs an address, and mails a link of which only the hash is stored", async () => {
    const { product, rest } = await open();
    const email = newAddress();
    const registered = await rest.post("/users/register", { email, password: userPassword });
    assert.equal(registered.fields["userStatus"], "EMAIL_CONFIRMATION_PENDING");

    const [mail] = await readMails(server, email);
    assert.equal(mail!.link, `${server.url}${linkOf(product, mail!.secret)}`);
    assert.equal(Buffer.from(mail!.secret, "base64url").length, 32, "256 bits");
    const links = server.db
      .selectFrom("accountLink")
      .selectAll()
      .where("applicationId", "=", product.id as never);
    const rows = await links.execute();
    assert.deepEqual(
      rows.map(({ secretHash, expiresAt }) => [secretHash, expiresAt - clock.now()]),
      [[sha256(mail!.secret), 7 * dayMs]],
    );
  });

  test("[US-REG-6] an address that is absent answers 3012, and one that is empty 3041", async () => {
    const { rest } = await open({ identityColumn: "login" });
    const register = (fields: object) => codeOf(rest.post("/users/register", { password: userPassword, ...fields }));
    assert.equal(await register({ login: "ann" }), 3012);
    assert.equal(await register({ login: "ann", email: "" }), 3041);
    assert.equal(await register({ login: "ann", email: null }), 3041);
    assert.equal(await register({ login: "ann", email: "x" }), 3040);
    assert.equal(await register({ login: "ann", email: newAddress() }), undefined);
  });

  test("[US-REG-6] [US-REG-9] a guest that becomes a user has to confirm its address as well", async () => {
    const { product, rest } = await open();
    const { fields } = await rest.post("/users/register/guest");
    const token = String(fields["user-token"]);
    const email = newAddress();
    const body = { objectId: fields["objectId"], email, password: userPassword };
    const converted = await rest.post("/users/register", body, token);
    assert.equal(converted.fields["userStatus"], "EMAIL_CONFIRMATION_PENDING");
    assert.equal(await rest.isLive(token), true);
    const [mail] = await readMails(server, email);
    assert.equal((await use(product, mail!.secret)).status, 200);
    assert.equal(await rest.isLive(await rest.login(email)), true);
  });

  test("[US-REG-6] who signs up at the live door has to confirm an address, too; whom the operator adds has not", async () => {
    const { product } = await open();
    const [email, added] = [newAddress(), newAddress()];
    await using peer = await openLive(server, product);
    const credentials = { login: email, password: userPassword, credentials_type: 1 };
    assert.deepEqual(await ask(peer, packet.createAccount, credentials), { status: 1 });
    assert.deepEqual(await ask(peer, packet.authorizeByCredentials, credentials), { status: 803 });
    const [mail] = await readMails(server, email);
    assert.equal((await use(product, mail!.secret)).status, 200);
    assert.equal((await ask(peer, packet.authorizeByCredentials, credentials))["status"], 1);

    const given = { credentialsType: 1, identity: added, password: userPassword } as const;
    const { account } = await must(server.console, "addAccount", { applicationId: product.id, ...given });
    assert.equal(account.status, "enabled");
  });

  test("[US-LOGIN-4] [US-LOGIN-5] a pending account answers 3087, but only to its password", async () => {
    const { rest } = await open();
    const email = newAddress();
    await rest.register(email);
    assert.equal(await codeOf(rest.post("/users/login", { login: email, password: "wrong" })), 3003);
    assert.equal(await codeOf(rest.post("/users/login", { login: email, password: userPassword })), 3087);
  });

  test("[US-CONF-2] looking at a link changes nothing, however often", async () => {
    const { product, rest } = await open();
    const email = newAddress();
    const id = await rest.register(email);
    const [mail] = await readMails(server, email);
    for (const method of ["GET", "HEAD", "GET"]) {
      assert.equal((await page().request(method, linkOf(product, mail!.secret))).status, 200);
    }
    const shown = await page().get(linkOf(product, mail!.secret));
    assert.equal(shown.text.match(/<button/g)?.length, 1);
    assert.equal(shown.text.match(/<input/g), null);
    assert.equal(await statusOf(id), "unconfirmed");
  });

  test("[US-CONF-3] using a link enables the account; a repeat until its end answers the same", async () => {
    const { product, rest } = await open();
    const email = newAddress();
    const id = await rest.register(email);
    const [mail] = await readMails(server, email);
    const first = await use(product, mail!.secret);
    assert.deepEqual([first.status, first.text], [200, "{}"]);
    assert.equal(await statusOf(id), "enabled");
    assert.equal(await rest.isLive(await rest.login(email)), true);
    await clock.leap(7 * dayMs - 1);
    const again = await use(product, mail!.secret);
    assert.deepEqual([again.status, again.text], [200, "{}"]);
    await clock.advance(1);
    assert.equal(await codeOf(use(product, mail!.secret)), 3051);
  });

  test("[US-CONF-4] [US-SEC-13] what is no link any more answers 400, as a page or as 3051", async () => {
    const { product, rest } = await open();
    const other = await open();
    const email = newAddress();
    const id = await rest.register(email);
    const [first] = await readMails(server, email);
    await rest.post(`/users/resendconfirmation/${email}`);
    const second = (await readMails(server, email, 2)).find(({ secret }) => secret !== first!.secret);

    const cases = {
      unknown: linkOf(product, "x".repeat(43)),
      replaced: linkOf(product, first!.secret),
      "of another application": linkOf(other.product, second!.secret),
      "of another kind": `/${product.id}/users/recover/${second!.secret}`,
    };
    for (const [what, path] of Object.entries(cases)) {
      const asProgram = await page().request("POST", path, { headers: json });
      assert.deepEqual([asProgram.status, asProgram.fields["code"]], [400, 3051], what);
      const asPerson = await page().post(path);
      assert.equal(asPerson.status, 400, what);
      assert.match(String(asPerson.headers["content-type"]), /^text\/html/, what);
      assert.match(asPerson.text, /not valid/, what);
    }
    await clock.leap(7 * dayMs);
    assert.equal(await codeOf(use(product, second!.secret)), 3051, "expired");
    assert.equal(await statusOf(id), "unconfirmed");
  });

  test("[US-CONF-5] [US-ADDR-7] a resent link is another one, for identities with slashes too", async () => {
    const { product, rest } = await open({ identityColumn: "login" });
    const email = newAddress();
    const id = await rest.register(email, { login: "a/b/c" });
    const [first] = await readMails(server, email);
    const resent = await rest.post("/users/resendconfirmation/a/b/c");
    assert.deepEqual([resent.status, resent.text], [200, "{}"]);
    const mails = await readMails(server, email, 2);
    const second = mails.find(({ secret }) => secret !== first!.secret);
    assert.equal(await codeOf(use(product, first!.secret)), 3051);
    assert.equal((await use(product, second!.secret)).status, 200);
    assert.equal(await statusOf(id), "enabled");
  });

  test("[US-CONF-5] who is not pending, or unknown, gets the same bytes and no mail; 3103 where nothing is confirmed", async () => {
    const { product, rest } = await open();
    const [pending, enabled] = [newAddress(), newAddress()];
    await rest.register(pending);
    await addAccount(server, product, { email: enabled });
    await readMails(server, pending);
    const answers = [];
    for (const identity of [pending, enabled, "nobody@example.com"]) {
      const { status, text, headers } = await rest.post(`/users/resendconfirmation/${identity}`);
      const { date: _, "x-request-id": __, ...same } = headers;
      answers.push(JSON.stringify([status, text, same]));
    }
    assert.equal(new Set(answers).size, 1, answers.join("\n"));
    await readMails(server, pending, 2);
    await queueToBeEmpty();
    assert.deepEqual(
      (await readOutbox(server)).filter(({ to }) => to === enabled || to === "nobody@example.com"),
      [],
    );

    await changeSettings(server, product, { revealUnknownIdentity: true });
    assert.equal(await codeOf(rest.post(`/users/resendconfirmation/${enabled}`)), 3102);
    assert.equal(await codeOf(rest.post("/users/resendconfirmation/nobody@example.com")), 3104);
    await changeSettings(server, product, { emailConfirmationRequired: false });
    assert.equal(await codeOf(rest.post(`/users/resendconfirmation/${pending}`)), 3103);
  });

  test("[US-CONF-6] [US-ADDR-7] server code gets the link itself, nothing is mailed, and earlier links are void", async () => {
    const { product, rest, serverCode } = await open({ identityColumn: "login" });
    const email = newAddress();
    const id = await rest.register(email, { login: "a/ü" });
    const [mail] = await readMails(server, email);
    assert.equal(await codeOf(rest.post("/users/createEmailConfirmationURL/a/%C3%BC")), 2000);
    assert.equal(await codeOf(serverCode.post("/users/createEmailConfirmationURL/nobody")), 3057);

    const { fields } = await serverCode.post("/users/createEmailConfirmationURL/a/%C3%BC");
    assert.deepEqual(Object.keys(fields), ["confirmationURL"]);
    const url = String(fields["confirmationURL"]);
    assert.ok(url.startsWith(`${server.url}/${product.id}/users/confirm/`), url);
    assert.equal(await codeOf(use(product, mail!.secret)), 3051);
    assert.equal((await use(product, url.slice(url.lastIndexOf("/") + 1))).status, 200);
    assert.equal(await statusOf(id), "enabled");
    await queueToBeEmpty();
    assert.equal((await readMails(server, email)).length, 1);
  });

  test("[US-CONF-6] a link that server code makes takes the place of a mail that is not sent yet", async () => {
    const { product, serverCode } = await open();
    const email = newAddress();
    const account = await addAccount(server, product, { email, status: "unconfirmed" });
    const waiting = {
      applicationId: product.id as never,
      accountId: account.id,
      kind: "confirm",
      attempts: 0,
    } as const;
    const later = clock.now() + dayMs;
    await server.db
      .insertInto("mail")
      .values({ ...waiting, id: "waiting" as never, queuedAt: clock.now(), dueAt: later })
      .execute();
    await serverCode.post(`/users/createEmailConfirmationURL/${email}`);
    await clock.leap(dayMs);
    await queueToBeEmpty();
    assert.equal((await readOutbox(server)).filter(({ to }) => to === email).length, 0);
  });

  test("[US-CONF-7] a link changes nothing of an account that is enabled, and never enables one that is disabled", async () => {
    const { product, rest } = await open();
    const email = newAddress();
    const id = await rest.register(email);
    const [mail] = await readMails(server, email);
    await must(server.console, "disableAccount", { accountId: id });
    assert.equal(await codeOf(use(product, mail!.secret)), 3051);
    assert.equal(await codeOf(page().request("GET", linkOf(product, mail!.secret), { headers: json })), 3051);
    assert.equal(await statusOf(id), "disabled");
    await must(server.console, "enableAccount", { accountId: id });
    const before = await must(server.console, "showAccount", { accountId: id });
    assert.equal((await use(product, mail!.secret)).status, 200);
    assert.deepEqual(await must(server.console, "showAccount", { accountId: id }), before);
  });

  test("[US-CONF-3] [US-ADMIN-1] links of an application that is switched off lead nowhere until it is on again", async () => {
    const { product, rest } = await open();
    const email = newAddress();
    await rest.register(email);
    const [mail] = await readMails(server, email);
    await must(server.console, "pauseApplication", { applicationId: product.id });
    assert.equal(await codeOf(use(product, mail!.secret)), 3051);
    await must(server.console, "unpauseApplication", { applicationId: product.id });
    assert.equal((await use(product, mail!.secret)).status, 200);
  });
});
