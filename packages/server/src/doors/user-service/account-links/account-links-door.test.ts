import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  ManualClock,
  newApplication,
  readMails,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
  withoutTable,
} from "@latchkey/testkit";

const headers = { accept: "application/json" };
const unknown = "x".repeat(43);

suite("the pages of links", () => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { linkPagesPerAddress: "20", trustedProxies: "127.0.0.1" } });
  });
  after(() => server[Symbol.asyncDispose]());

  let visitors = 0;
  /** Each from an address of its own. */
  const visitor = () => new RestPeer(server.url, "", { "x-forwarded-for": `192.0.2.${++visitors}` });

  async function newLink(kind: "confirm" | "recover") {
    const product = await newApplication(server.console, { emailConfirmationRequired: true });
    const email = `person-${product.id.toLowerCase()}@example.com`;
    const rest = RestPeer.of(server, product, "BL");
    await rest.register(email);
    if (kind === "recover") {
      await readMails(server, email);
      await rest.get(`/users/restorepassword/${email}`);
    }
    const mails = await readMails(server, email, kind === "recover" ? 2 : 1);
    const path = new URL(mails.find(({ link }) => link.includes(kind))!.link).pathname;
    return { product, email, path, secret: path.slice(path.lastIndexOf("/") + 1) };
  }

  test("[US-SEC-10] every page has the headers that keep it to itself, and loads no script", async () => {
    const confirm = await newLink("confirm");
    const recover = await newLink("recover");
    const pages = [
      await visitor().get(confirm.path),
      await visitor().post(confirm.path),
      await visitor().get(recover.path),
      await visitor().request("POST", recover.path, { body: { password: "" } }),
      await visitor().post(`/${recover.product.id}/users/recover/${unknown}`),
      await visitor().request("GET", `/${recover.product.id}/users/recover/${unknown}`, { headers }),
    ];
    assert.deepEqual(
      pages.map(({ status }) => status),
      [200, 200, 200, 400, 400, 400],
    );
    for (const page of pages) {
      assert.equal(
        page.headers["content-security-policy"],
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
      );
      assert.equal(page.headers["referrer-policy"], "no-referrer");
      assert.equal(page.headers["x-content-type-options"], "nosniff");
      assert.equal(page.headers["cache-control"], "no-store");
      assert.equal(page.headers["set-cookie"], undefined);
      assert.doesNotMatch(page.text, /<script|javascript:| on\w+=|style=/i);
      const [, sheet] = /<link rel="stylesheet" href="([^"]+)">/.exec(page.text) ?? [];
      if (sheet !== undefined) {
        const { pathname } = new URL(sheet, `${server.url}${confirm.path}`);
        assert.match(String((await visitor().get(pathname)).headers["content-type"]), /^text\/css/);
      }
    }
  });

  test("[US-HTTP-2] [US-CONF-2] nothing but the link's own secret does anything: a forged request finds none to use", async () => {
    const { product, email } = await newLink("confirm");
    const rest = RestPeer.of(server, product);
    const forged = {
      origin: "https://evil.example",
      cookie: "user-token=x; session=y",
      referer: "https://evil.example/",
    };
    for (const secret of [unknown, "", "%00", email, "..%2F..%2F"]) {
      const path = `/${product.id}/users/confirm/${secret}`;
      const answer = await visitor().request("POST", path, { headers: { ...forged, ...headers } });
      assert.notEqual(answer.status, 200, secret);
    }
    assert.equal((await rest.post("/users/login", { login: email, password: userPassword })).fields["code"], 3087);
  });

  test("[US-SEC-6] link pages are limited to 20 a minute for an address, by page and by use, as page and as JSON", async () => {
    const { path } = await newLink("confirm");
    const person = visitor();
    for (let visit = 0; visit < 20; visit++) {
      assert.equal((await person.request(visit % 2 ? "POST" : "GET", path)).status, 200, `${visit}`);
    }
    const limited = await person.get(path);
    assert.equal(limited.status, 429);
    assert.equal(limited.headers["retry-after"], "60");
    assert.match(limited.text, /Too many requests/);
    const asProgram = await person.request("POST", path, { headers });
    assert.deepEqual([asProgram.fields["code"], asProgram.fields["errorData"]], [42_900, { retryAfter: 60 }]);
    assert.equal((await visitor().get(path)).status, 200, "another address");
    await clock.advance(60_000);
    assert.equal((await person.get(path)).status, 200);
  });

  test("[US-ERR-6] other methods, and paths that only resemble a link, are no pages", async () => {
    const { path } = await newLink("confirm");
    for (const method of ["PUT", "DELETE", "PATCH"]) {
      assert.equal((await visitor().request(method, path)).fields["code"], 40_400, method);
    }
    for (const other of [`${path}/more`, path.replace("confirm", "unknown"), path.replace("users", "people")]) {
      assert.notEqual((await visitor().get(other)).status, 200, other);
    }
    assert.equal((await visitor().request("HEAD", path)).text, "");
  });

  test("[US-MAIL-5] a page speaks its reader's language: the account's, else the browser's", async () => {
    const { product, path } = await newLink("confirm");
    const german = { headers: { "accept-language": "tlh, de-AT;q=0.9, en;q=0.8" } };
    assert.match((await visitor().request("GET", path, german)).text, /<html lang="de">[^]*Adresse bestätigen/);
    await server.db
      .updateTable("account")
      .set({ locale: "fr" })
      .where("applicationId", "=", product.id as never)
      .execute();
    assert.match((await visitor().request("GET", path, german)).text, /<html lang="fr">/);
    const invalid = await visitor().request("GET", `/${product.id}/users/confirm/${unknown}`, german);
    assert.match(invalid.text, /<html lang="de">[^]*nicht gültig/);
  });

  test("[US-SEC-10] the name of an application is text on its pages", async () => {
    const { product, path } = await newLink("recover");
    const name = `<img src=x onerror="x">`;
    await server.db
      .updateTable("application")
      .set({ name })
      .where("id", "=", product.id as never)
      .execute();
    const { text } = await visitor().get(path);
    assert.ok(!text.includes("<img") && text.includes("&lt;img src=x onerror=&quot;x&quot;&gt;"));
  });

  test("[US-SEC-11] a failure shows an id for the log and nothing else", async () => {
    const { path } = await newLink("confirm");
    await withoutTable(server, "account_link", async () => {
      const page = await visitor().get(path);
      assert.equal(page.status, 500);
      assert.doesNotMatch(page.text, /account_link|Error|\.ts/);
      const asProgram = await visitor().request("POST", path, { headers });
      assert.deepEqual([asProgram.status, asProgram.fields["code"]], [500, 50_000]);
      assert.match(String(Object(asProgram.fields["errorData"]).requestId), /^[0-9a-f-]{36}$/);
    });
  });

  test("[US-SEC-9] no secret, identity, password or key is logged, whether it works or fails", async () => {
    const { product, email, path, secret } = await newLink("recover");
    const peers = [RestPeer.of(server, product), RestPeer.of(server, product, "BL")];
    const calls = async () => {
      for (const rest of peers) {
        await rest.get(`/users/restorepassword/${email}`);
        await rest.post(`/users/resendconfirmation/${email}`);
        await rest.post(`/users/createEmailConfirmationURL/${email}`);
        await rest.get("/users/isvalidusertoken/some-secret-token");
      }
      await visitor().get(path);
      await visitor().request("POST", path, { body: { password: "a secret password" } });
    };
    await withoutTable(server, "account", calls);
    await withoutTable(server, "account_link", calls);
    await withoutTable(server, "mail", calls);
    await calls();
    const log = server.logged.join("\n");
    assert.match(log, /failed.*restorePassword/);
    assert.match(log, /mail sent/);
    const secrets = [secret, email, encodeURIComponent(email), "some-secret-token", "a secret password"];
    for (const told of [...secrets, ...Object.values(product.apiKeys)]) assert.ok(!log.includes(told), told);
  });
});

test("[US-CLIENT-3] [US-CONF-1] links are served below the path prefix as well", async () => {
  await using server = await startTestServer({ settings: { pathPrefix: "/users-door/" } });
  const product = await newApplication(server.console);
  const { email } = await addAccount(server, product, { email: "ann@example.com" });
  await RestPeer.of(server, product).get(`/users/restorepassword/${email}`);
  const [mail] = await readMails(server, "ann@example.com");
  const { pathname } = new URL(mail!.link);
  assert.ok(pathname.startsWith("/users-door/"), pathname);
  const page = new RestPeer(server.url, "");
  assert.equal((await page.get(pathname)).status, 200);
  assert.equal((await page.get(pathname.replace("/users-door", ""))).status, 200);
  assert.equal((await page.get("/users-door/link-pages.css")).status, 200);
});
