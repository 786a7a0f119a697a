import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  eventually,
  ManualClock,
  newApplication,
  type PostgresServer,
  RestPeer,
  startPostgres,
  startSmtp,
  startTestServer,
} from "@latchkey/testkit";

suite("mails of two servers on one PostgreSQL", () => {
  let postgres: PostgresServer;
  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres[Symbol.asyncDispose]());

  test("[US-MAIL-4] each mail is sent once, whichever server looks for it", async () => {
    const clock = new ManualClock();
    await using smtp = await startSmtp();
    const database = await postgres.newDatabase();
    const settings = { database, mailFrom: "a@example.org", smtpHost: "127.0.0.1", smtpPort: `${smtp.port}` };
    await using one = await startTestServer({ clock, settings });
    await using other = await startTestServer({ clock, settings });
    const product = await newApplication(one.console);
    const people = Array.from({ length: 20 }, (_, index) => `person-${index}@example.com`);
    for (const email of people) await addAccount(one, product, { email });
    await Promise.all(
      people.map((email, index) =>
        RestPeer.of([one, other][index % 2]!, product).get(`/users/restorepassword/${email}`),
      ),
    );
    await eventually("the queue to be empty", async () => {
      await clock.advance(5_000);
      return (await one.db.selectFrom("mail").select("id").execute()).length === 0;
    });
    assert.deepEqual(smtp.taken.map(({ to }) => to).sort(), people.sort());
  });

  test("[US-MAIL-4] a mail that a server has begun to send and does not end is sent by another", async () => {
    const clock = new ManualClock();
    const held = Promise.withResolvers<void>();
    let mails = 0;
    await using smtp = await startSmtp({ hold: () => (mails++ === 0 ? held.promise : Promise.resolve()) });
    const database = await postgres.newDatabase();
    const settings = { database, mailFrom: "a@example.org", smtpHost: "127.0.0.1", smtpPort: `${smtp.port}` };
    // Its clock stands still, as that of a process that hangs.
    await using one = await startTestServer({ clock: new ManualClock(), settings });
    await using _other = await startTestServer({ clock, settings });
    const product = await newApplication(one.console);
    const { email } = await addAccount(one, product, { email: "ann@example.com" });
    await RestPeer.of(one, product).get(`/users/restorepassword/${email}`);
    await eventually("the first to be at it", async () => mails === 1);
    await clock.advance(299_000);
    assert.equal(mails, 1);
    await clock.advance(6_000);
    await eventually("the mail to be taken", async () => smtp.taken.length === 1);
    for (const { secret } of smtp.taken) {
      const { status } = await new RestPeer(one.url, "").get(`/${product.id}/users/recover/${secret}`);
      assert.equal(status, 200);
    }
    held.resolve();
  });
});
