import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  eventually,
  ManualClock,
  newApplication,
  onEachDatabase,
  readMails,
  readOutbox,
  RestPeer,
  startSmtp,
  startTestServer,
  type TestServer,
  testCertificate,
} from "@latchkey/testkit";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mailFrom = "latchkey@example.org";
const email = "ann@example.com";

onEachDatabase("mails", (newDatabase) => {
  let directory: string;
  let certificate: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "latchkey-test-"));
    certificate = join(directory, "certificate.pem");
    writeFileSync(certificate, testCertificate);
  });
  after(() => rmSync(directory, { recursive: true }));

  async function open(clock: ManualClock, settings: Readonly<Record<string, string>> = {}) {
    return startTestServer({ clock, settings: { ...(await newDatabase()), mailFrom, ...settings } });
  }

  async function newPeople(server: TestServer, settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    const account = await addAccount(server, product, { email });
    const rest = RestPeer.of(server, product);
    const restore = async (identity = email) => {
      const { status, text } = await rest.get(`/users/restorepassword/${identity}`);
      assert.deepEqual([status, text], [200, "null"]);
    };
    return { product, account, rest, restore };
  }

  const queued = (server: TestServer) => server.db.selectFrom("mail").selectAll().execute();
  const smtpAt = (port: number) => ({ smtpHost: "127.0.0.1", smtpPort: `${port}` });
  const queueToBe = (server: TestServer, length: number) =>
    eventually(`${length} mails in the queue`, async () => (await queued(server)).length === length);

  test("[US-MAIL-1] with SMTP a mail goes out through it, with TLS because the server offers it", async () => {
    await using smtp = await startSmtp({ tls: true });
    await using server = await open(new ManualClock(), { ...smtpAt(smtp.port), smtpCertificate: certificate });
    const { restore } = await newPeople(server);
    await restore();
    await queueToBe(server, 0);
    const [mail] = smtp.taken;
    assert.deepEqual([smtp.taken.length, mail!.isSecure, mail!.recipients], [1, true, [email]]);
    assert.deepEqual(mail!.from, { name: "Test product", address: mailFrom });
    assert.equal(mail!.to, email);
    assert.deepEqual(await readOutbox(server), []);
  });

  test("[US-MAIL-1] without TLS on offer it goes out all the same, but never with a password", async () => {
    await using plain = await startSmtp();
    await using server = await open(new ManualClock(), smtpAt(plain.port));
    await (await newPeople(server)).restore();
    await queueToBe(server, 0);
    assert.deepEqual([plain.taken.length, plain.taken[0]!.isSecure], [1, false]);

    await using demanding = await startSmtp({ password: "of the mail server" });
    const credentials = { smtpUser: "latchkey", smtpPassword: "of the mail server" };
    await using careful = await open(new ManualClock(), { ...smtpAt(demanding.port), ...credentials });
    await (await newPeople(careful)).restore();
    await eventually("an attempt to fail", async () => careful.logged.some((line) => line.startsWith("mail not sent")));
    assert.equal(demanding.taken.length, 0);
    assert.match(careful.logged.join("\n"), /ETLS/);
  });

  test("[US-MAIL-1] who has to sign in does so under TLS", async () => {
    await using smtp = await startSmtp({ tls: true, password: "of the mail server" });
    const credentials = { smtpUser: "latchkey", smtpPassword: "of the mail server", smtpCertificate: certificate };
    await using server = await open(new ManualClock(), { ...smtpAt(smtp.port), ...credentials });
    await (await newPeople(server)).restore();
    await queueToBe(server, 0);
    assert.deepEqual([smtp.taken[0]!.isSecure, smtp.taken[0]!.user], [true, "latchkey"]);
  });

  test("[US-MAIL-2] [US-MAIL-3] without SMTP a mail is a file that only the operator can read, and the log says so", async () => {
    const clock = new ManualClock();
    await using server = await open(clock);
    const { restore } = await newPeople(server);
    await restore();
    await readMails(server, email);
    const outbox = join(server.dataDirectory, "outbox");
    const [name = ""] = readdirSync(outbox);
    assert.match(name, /^20300101T000000Z-recover-[0-9a-f]{16}\.eml$/);
    assert.equal(statSync(outbox).mode & 0o777, 0o700);
    assert.equal(statSync(join(outbox, name)).mode & 0o777, 0o600);
    await eventually("the hint", async () => server.logged.some((line) => /mail sent.*smtpHost/.test(line)));

    await clock.leap(7 * dayMs - 1);
    assert.deepEqual(readdirSync(outbox), [name]);
    await clock.leap(hourMs);
    await eventually("the file to be deleted", async () => readdirSync(outbox).length === 0);
  });

  test("[US-MAIL-4] SMTP failures are retried with growing pauses for a day, then the mail goes to outbox/failed", async () => {
    const clock = new ManualClock();
    await using smtp = await startSmtp();
    smtp.answer = "550 no such user";
    await using server = await open(clock, smtpAt(smtp.port));
    const { product, restore } = await newPeople(server);
    await restore();
    const pauses: number[] = [];
    for (let attempts = 1; ; attempts++) {
      await eventually(`attempt ${attempts} to end`, async () => {
        const [mail] = await queued(server);
        return !mail || (mail.attempts === attempts && mail.dueAt - clock.now() !== 300_000);
      });
      const [mail] = await queued(server);
      if (!mail) break;
      pauses.push(mail.dueAt - clock.now());
      await clock.leap(mail.dueAt - clock.now());
    }
    assert.deepEqual(pauses.slice(0, 4), [10_000, 20_000, 40_000, 80_000]);
    assert.ok(pauses.every((pause, index) => index === pauses.length - 1 || pause >= (pauses[index - 1] ?? 0)));
    assert.equal(
      pauses.reduce((sum, pause) => sum + pause, 0),
      dayMs,
    );
    assert.equal(smtp.offered, pauses.length + 1);
    const failed = await readOutbox(server, "outbox/failed");
    assert.deepEqual(
      failed.map(({ to }) => to),
      [email],
    );
    const path = `/${product.id}/users/recover/${failed[0]!.secret}`;
    assert.equal(
      (await new RestPeer(server.url, "").get(path)).status,
      200,
      "its link is good: the operator may relay it",
    );
    assert.deepEqual(await readOutbox(server), []);
  });

  test("[US-SEC-9] what an SMTP server says is not logged: it may repeat the address", async () => {
    await using smtp = await startSmtp();
    smtp.answer = "451 try later";
    await using server = await open(new ManualClock(), smtpAt(smtp.port));
    await (await newPeople(server)).restore();
    await eventually("an attempt to fail", async () => server.logged.some((line) => line.startsWith("mail not sent")));
    const log = server.logged.join("\n");
    assert.match(log, /"responseCode":\d{3}/);
    assert.doesNotMatch(log, /@example/);
  });

  test("[US-MAIL-4] a caller never waits for SMTP, and what was queued before a stop is sent after it", async () => {
    const clock = new ManualClock();
    const database = await newDatabase();
    const data = mkdtempSync(join(directory, "data-"));
    const settings = { ...database, data, mailFrom };
    const held = Promise.withResolvers<void>();
    await using stuck = await startSmtp({ hold: () => held.promise });
    {
      await using server = await startTestServer({ clock, settings: { ...settings, ...smtpAt(stuck.port) } });
      const { restore } = await newPeople(server);
      await restore();
      assert.equal((await queued(server)).length, 1);
    }
    held.resolve();
    await using smtp = await startSmtp();
    await using again = await startTestServer({ clock, settings: { ...settings, ...smtpAt(smtp.port) } });
    await queueToBe(again, 0);
    assert.deepEqual(smtp.taken[0]!.recipients, [email]);
  });

  test("[US-MAIL-5] blUserLocale chooses the language, English is the fallback, and no mail has a password", async () => {
    await using server = await open(new ManualClock());
    const product = await newApplication(server.console, { emailConfirmationRequired: true });
    const rest = RestPeer.of(server, product);
    const words = {
      de: /bestätigen.*Test product.*7 Tage.*8\. Januar 2030/s,
      "de-AT": /bestätigen/,
      FR_ca: /confirmer.*Test product.*7 jours.*8 janvier 2030/s,
      es: /Confirme.*Test product.*7 días.*8 de enero de 2030/s,
      it: /Confermi.*Test product.*7 giorni/s,
      "pt-BR": /Confirme.*Test product.*7 dias/s,
      en: /Please confirm.*Test product.*7 days, until January 8, 2030/s,
      tlh: /Please confirm/,
    };
    for (const [blUserLocale, expected] of Object.entries(words)) {
      const to = `${blUserLocale.toLowerCase()}@example.com`;
      const password = "never in a mail";
      await rest.post("/users/register", { email: to, password, blUserLocale });
      const [mail] = await readMails(server, to);
      assert.match(mail!.text, expected, blUserLocale);
      assert.ok(mail!.html.includes(`href="${mail!.link}"`), blUserLocale);
      assert.match(mail!.html, /<html lang="(en|de|fr|es|it|pt)">/);
      assert.ok(![mail!.text, mail!.html, mail!.subject].some((text) => text.includes(password)), blUserLocale);
      assert.equal(mail!.headers["auto-submitted"], "auto-generated");
    }
  });

  test("[US-MAIL-5] a name of an application is text in every part of a mail", async () => {
    await using server = await open(new ManualClock());
    const product = await newApplication(server.console, {});
    const name = `<b>"x"</b>, a@b.c`;
    await server.db
      .updateTable("application")
      .set({ name })
      .where("id", "=", product.id as never)
      .execute();
    await addAccount(server, product, { email });
    await RestPeer.of(server, product).get(`/users/restorepassword/${email}`);
    const [mail] = await readMails(server, email);
    assert.deepEqual([mail!.from, mail!.to], [{ name, address: mailFrom }, email]);
    assert.ok(mail!.text.includes(name) && mail!.subject.includes(name));
    assert.ok(!mail!.html.includes("<b>"));
  });

  test("[US-MAIL-6] links begin with publicUrl, of the application or of the server, and with nothing of the request", async () => {
    const publicUrl = "https://id.example.org";
    await using server = await open(new ManualClock(), { publicUrl, pathPrefix: "/users-door" });
    const own = await newApplication(server.console, { publicUrl: "https://app.example.net/door/" });
    const plain = await newApplication(server.console);
    const forged = { host: "evil.example", "x-forwarded-host": "evil.example", origin: "https://evil.example" };
    for (const [product, base] of [
      [own, "https://app.example.net/door"],
      [plain, `${publicUrl}/users-door`],
    ] as const) {
      const to = `${product.id.toLowerCase()}@example.com`;
      await addAccount(server, product, { email: to });
      const rest = new RestPeer(server.url, `/${product.id}/${product.apiKeys.BL ?? ""}`, forged);
      await rest.get(`/users/restorepassword/${to}`);
      const [mail] = await readMails(server, to);
      assert.equal(mail!.link, `${base}/${product.id}/users/recover/${mail!.secret}`);
      const { fields } = await rest.post(`/users/createEmailConfirmationURL/${to}`);
      assert.ok(String(fields["confirmationURL"]).startsWith(`${base}/${product.id}/users/confirm/`));
    }
  });

  test("[US-MAIL-6] where nothing is set, links begin with the address that the server listens on", async () => {
    await using server = await open(new ManualClock());
    await (await newPeople(server)).restore();
    const [mail] = await readMails(server, email);
    assert.ok(mail!.link.startsWith(`${server.url}/`));
  });
});
