import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CredentialsType } from "@latchkey/protocol";
import { type Config, readConfig, systemClock } from "@latchkey/server";
import {
  ask,
  eventually,
  linkTo,
  must,
  type NewDatabase,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  RawPeer,
  RestPeer,
  startTestServer,
  storeFile,
  type TestServer,
} from "@latchkey/testkit";
import { openDatabase } from "#storage/database.ts";
import { makeBackup } from "./make-backup.ts";
import { restoreBackup } from "./restore-backup.ts";

const root = mkdtempSync(join(tmpdir(), "latchkey-backup-"));
const signingKey = "what the links of tests are sealed with";
const asCopy = { takesOver: false, withAnotherKey: false };
let places = 0;

after(() => {
  rmSync(root, { recursive: true });
});

function newPlace(): string {
  return join(root, `place-${++places}`);
}

function configOf(settings: Readonly<Record<string, string>>): Config {
  const read = readConfig({ signingKey, ...settings });
  assert.ok("config" in read);
  return read.config;
}

/** A webhook, and an event that it is to be told in the far future. */
async function addDelivery({ db }: TestServer, applicationId: string): Promise<void> {
  const far = Number.MAX_SAFE_INTEGER;
  const times = { createdAt: far, afterPosition: far, claimedUntil: far };
  const webhook = { id: "w", applicationId, url: "https://example.org", sealedSecret: "s", ...times };
  await db.insertInto("webhook").values(webhook).execute();
  const state = { state: "pending", dueAt: far, attempts: 0, attemptsBefore: 0 };
  const delivery = { id: "d", webhookId: "w", type: "license.created", body: "{}", createdAt: far, ...state };
  await db
    .insertInto("webhookDelivery")
    .values(delivery as never)
    .execute();
}

async function backUp(server: TestServer, settings: Readonly<Record<string, string>>) {
  const directory = newPlace();
  const config = configOf({ ...settings, data: server.dataDirectory });
  return { directory, manifest: await makeBackup(config, { clock: systemClock }, directory) };
}

onEachDatabase("backup", (newDatabase, kind) => {
  declareBackup(newDatabase, kind === "SQLite" ? () => Promise.resolve({}) : newDatabase);
});

function declareBackup(newDatabase: NewDatabase, newTarget: NewDatabase): void {
  test("[MG-BACKUP-1] what was acknowledged before it began is there, and what came meanwhile is there whole or not at all", async () => {
    const settings = await newDatabase();
    await using server = await startTestServer({ settings });
    const application = await newApplication(server.console);
    const acknowledged: string[] = [];
    let isOver = false;
    const write = async (writer: number) => {
      for (let n = 0; !isOver; n++) {
        const login = `writer-${writer}-${n}`;
        const credentials = {
          credentialsType: CredentialsType.LoginPassword,
          identity: login,
          password: "correct horse",
        };
        await must(server.console, "addAccount", { applicationId: application.id, ...credentials });
        acknowledged.push(login);
        await newLicense(server.console, application, { count: 50 });
      }
    };
    const writing = Promise.all([1, 2, 3].map(write));
    await Promise.race([writing, eventually("five accounts", async () => acknowledged.length >= 5)]);
    const before = [...acknowledged];
    const { directory } = await backUp(server, settings);
    isOver = true;
    await writing;

    const data = newPlace();
    const target = { ...(await newTarget()), data };
    await restoreBackup(configOf(target), directory, asCopy);
    await using db = await openDatabase(configOf(target).database);
    const logins = (await db.selectFrom("account").select("login").execute()).map(({ login }) => login);
    for (const login of before) assert.ok(logins.includes(login), login);
    const { accountCount } = await db.selectFrom("application").select("accountCount").executeTakeFirstOrThrow();
    assert.equal(accountCount, logins.length, "a transaction was cut in two");
    const { count } = await db
      .selectFrom("license")
      .select((e) => e.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    assert.equal(count % 50, 0, "a transaction was cut in two");
  });

  test("[MG-BACKUP-2] a restored server serves: clients sign in, downloads come out, logins go on", async () => {
    const settings = await newDatabase();
    await using server = await startTestServer({ settings });
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application);
    const content = Buffer.from("some bytes of a program");
    await storeFile(server.console, application, "setup.exe", content);
    await storeFile(server.console, application, "empty.txt", Buffer.alloc(0));
    const rest = RestPeer.of(server, application);
    // Some programs take the separators of Unicode for the ends of lines.
    await rest.register("anna@example.com", { note: "one\u2028two\nthree \u{1f600}" });
    const token = await rest.login("anna@example.com");
    const { directory } = await backUp(server, settings);
    await must(server.console, "deleteApplication", { applicationId: application.id });

    const target = { ...(await newTarget()), data: newPlace() };
    await restoreBackup(configOf(target), directory, asCopy);
    await using restored = await startTestServer({ settings: target });
    const again = RestPeer.of(restored, application);
    assert.equal(await again.isLive(token), true);
    await again.login("anna@example.com");
    const { fields } = await again.get("/users/isvalidusertoken/x");
    assert.deepEqual(fields, {});
    const [account] = await restored.db.selectFrom("account").selectAll().execute();
    assert.equal(JSON.parse(account!.properties).note, "one\u2028two\nthree \u{1f600}");
    await using peer = await openLive(restored, application);
    assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
    const link = await linkTo(peer, "setup.exe");
    assert.deepEqual(Buffer.from(await (await fetch(link)).arrayBuffer()), content);
    // New numbers do not collide with the old ones.
    await newApplication(restored.console);
  });

  test("[MG-BACKUP-3] a part that is damaged or missing is refused, and nothing is restored", async () => {
    const settings = await newDatabase();
    await using server = await startTestServer({ settings });
    const application = await newApplication(server.console);
    await storeFile(server.console, application, "setup.exe", Buffer.from("some bytes"));
    const { directory } = await backUp(server, settings);
    const files = join(directory, "files");
    const [folder = ""] = readdirSync(files);
    const [object = ""] = readdirSync(join(files, folder));
    for (const path of ["tables/application.jsonl", "manifest.json", join("files", folder, object)]) {
      const whole = readFileSync(join(directory, path));
      const damaged = Buffer.from(whole);
      damaged[damaged.length >> 1]! ^= 1;
      for (const bytes of [damaged, whole.subarray(0, -2), undefined]) {
        if (bytes) writeFileSync(join(directory, path), bytes);
        else rmSync(join(directory, path));
        const target = { ...(await newTarget()), data: newPlace() };
        await assert.rejects(restoreBackup(configOf(target), directory, asCopy), {
          name: "BackupError",
          message: /damaged|no backup/,
        });
        assert.equal(existsSync(target.data), false);
      }
      writeFileSync(join(directory, path), whole);
    }
    await restoreBackup(configOf({ ...(await newTarget()), data: newPlace() }), directory, asCopy);
  });

  test("[MG-BACKUP-4] nothing is true twice: mails, links and live sessions stay with the old server, unless it has ended", async () => {
    const settings = await newDatabase();
    await using server = await startTestServer({ settings });
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application, { seats: 1 });
    await RestPeer.of(server, application).register("anna@example.com");
    await using peer = await openLive(server, application);
    assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
    const { id: accountId, applicationId } = await server.db
      .selectFrom("account")
      .selectAll()
      .executeTakeFirstOrThrow();
    const never = Number.MAX_SAFE_INTEGER;
    const mail = { applicationId, accountId, kind: "recover", queuedAt: 1, attempts: 0, dueAt: never } as const;
    await server.db
      .insertInto("mail")
      .values({ id: "mail" as never, ...mail })
      .execute();
    const link = { secretHash: "s", applicationId, accountId, expiresAt: never };
    await server.db
      .insertInto("accountLink")
      .values({ ...link, kind: "recover" })
      .execute();
    await addDelivery(server, applicationId);
    const { directory } = await backUp(server, settings);
    await peer.cut();

    for (const takesOver of [false, true]) {
      const target = { ...(await newTarget()), data: newPlace() };
      const { settled } = await restoreBackup(configOf(target), directory, { ...asCopy, takesOver });
      const left = takesOver ? 0 : 1;
      assert.deepEqual(settled, { liveSessions: 1, mails: left, webhookDeliveries: left });
      await using restored = await startTestServer({ settings: target });
      const { db } = restored;
      const { state } = await db.selectFrom("webhookDelivery").select("state").executeTakeFirstOrThrow();
      assert.equal(state, takesOver ? "pending" : "failed");
      assert.equal((await db.selectFrom("mail").selectAll().execute()).length, takesOver ? 1 : 0);
      assert.equal((await db.selectFrom("accountLink").selectAll().execute()).length, takesOver ? 1 : 0);
      assert.equal((await db.selectFrom("node").selectAll().execute()).length, 1, "its own node");
      await using other = await openLive(restored, application);
      assert.equal((await ask(other, packet.authorizeByLicense, { license }))["status"], 1, "the seat is free");
    }
  });

  test("[MG-BACKUP-4] a lost session resumes at the server that takes over", async () => {
    const settings = { data: newPlace(), ...(await newDatabase()) };
    const directory = newPlace();
    let resumeId: string;
    {
      await using server = await startTestServer({ settings });
      const application = await newApplication(server.console);
      const license = await newLicense(server.console, application);
      await using peer = await openLive(server, application);
      assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
      ({ resumeId } = peer);
      await peer.cut();
    }
    await makeBackup(configOf(settings), { clock: systemClock }, directory);
    const target = { ...(await newTarget()), data: newPlace() };
    await restoreBackup(configOf(target), directory, { ...asCopy, takesOver: true });
    await using restored = await startTestServer({ settings: target });
    await using resumed = await RawPeer.resume(restored.url, resumeId);
    assert.equal((await ask(resumed, packet.getCurrentLicense))["status"], 1);
  });

  test("[MG-BACKUP-5] a place that is not empty is refused and stays as it is", async () => {
    const settings = await newDatabase();
    await using server = await startTestServer({ settings });
    await newApplication(server.console);
    const { directory } = await backUp(server, settings);
    const occupied = configOf({ ...settings, data: server.dataDirectory });
    await assert.rejects(restoreBackup(occupied, directory, asCopy), /not empty/);
    assert.equal((await must(server.console, "listApplications", {})).applications.length, 1);
    await assert.rejects(makeBackup(occupied, { clock: systemClock }, directory), /there already/);
    mkdirSync(`${directory}-2.part`);
    await assert.rejects(makeBackup(occupied, { clock: systemClock }, `${directory}-2`), /in the way/);
  });
}
