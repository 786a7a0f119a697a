import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { ask, newApplication, newLicense, openLive, packet, RawPeer, startTestServer } from "@latchkey/testkit";
import { fill, smallDisk } from "./small-disk.ts";

const password = "correct horse";

const disk = smallDisk();

test(
  "a full disk answers 6 and loses nothing; with room again everything goes on",
  { skip: "reason" in disk ? disk.reason : false },
  async () => {
    assert.ok("path" in disk);
    await using stack = new AsyncDisposableStack();
    stack.defer(disk.unmount);
    const data = join(disk.path, "data");
    const filler = join(disk.path, "filler");
    const kept: string[] = [];
    let resumeId: string;
    {
      await using server = await startTestServer({ settings: { data, hashPasses: "2" } });
      const application = await newApplication(server.console, { accountsPerAddressPerDay: null });
      const license = await newLicense(server.console, application);
      await using peer = await openLive(server, application);
      const create = async (login: string) => {
        const { status } = await ask(peer, packet.createAccount, { login, password });
        if (status === 1) kept.push(login);
        return status;
      };
      assert.equal(await create("before"), 1);
      fill(filler);
      const answers: unknown[] = [];
      // The database has a little room of its own left at first.
      for (let attempt = 0; attempt < 200 && !answers.includes(6); attempt++)
        answers.push(await create(`full-${attempt}`));
      assert.equal(answers.at(-1), 6, "no answer told of the full disk");
      assert.ok(
        server.logged.some((line) => line.includes("disk is full")),
        server.logged.join("\n"),
      );
      assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
      assert.deepEqual(await ask(peer, packet.authorizeByLicense, { license }), { status: 6 });
      assert.deepEqual(await ask(peer, packet.logout), { status: 3 });

      rmSync(filler);
      assert.equal(await create("after"), 1);
      assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
      ({ resumeId } = peer);
      const logins = (await server.db.selectFrom("account").select("login").execute()).map(({ login }) => login);
      assert.deepEqual(logins.toSorted(), kept.toSorted(), "what was answered, and nothing else, is there");
      await peer.cut();
    }
    await using again = await startTestServer({ settings: { data } });
    await using resumed = await RawPeer.resume(again.url, resumeId);
    assert.equal((await ask(resumed, packet.getCurrentLicense))["status"], 1);
    const database = new DatabaseSync(join(data, "latchkey.db"), { readOnly: true });
    assert.deepEqual(database.prepare("pragma integrity_check").all(), [{ __proto__: null, integrity_check: "ok" }]);
    database.close();
  },
);
