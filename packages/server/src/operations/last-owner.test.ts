import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ManagementPeer,
  ManualClock,
  must,
  newOperator,
  onEachDatabase,
  operatorPassword as password,
  type RestAnswer,
  signedIn,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const dayMs = 86_400_000;

function codeOf({ fields }: RestAnswer): unknown {
  return fields["code"];
}

onEachDatabase("the owner", (newDatabase) => {
  async function owners({ db }: TestServer): Promise<number> {
    const rows = await db.selectFrom("operator").select(["role", "disabledAt"]).execute();
    return rows.filter(({ role, disabledAt }) => role === "owner" && disabledAt === null).length;
  }

  function accept({ url }: TestServer, secret: string | undefined, more: object): Promise<RestAnswer> {
    const asked = { secret: secret ?? "", password, name: "The owner", ...more };
    return new ManagementPeer(url).call("acceptInvitation", asked);
  }

  test("[MG-OP-1] the first owner comes by the latest link, once, and nobody after", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const offer = async () => (await must(server.console, "offerSetUp", {})).secret;
    await newOperator(server, "admin", "admin@example.com");
    const first = await offer();
    const latest = await offer();
    const email = "first@example.com";
    assert.equal(codeOf(await accept(server, first, { email })), "linkInvalid");
    const shown = await new ManagementPeer(server.url).must("showInvitation", { secret: latest ?? "" });
    assert.deepEqual([shown.kind, shown.role, shown.email], ["setUp", "owner", undefined]);
    assert.equal(codeOf(await accept(server, latest, {})), "emailInvalid");
    assert.equal(codeOf(await accept(server, latest, { email: "admin@example.com" })), "emailTaken");
    const racing = await Promise.all(
      ["a@example.com", "b@example.com", "c@example.com"].map((email) => accept(server, latest, { email })),
    );
    assert.deepEqual(racing.map(({ status }) => status).sort(), [200, 410, 410]);
    assert.equal(await owners(server), 1);
    assert.equal(await offer(), undefined);
  });

  test("[MG-OP-1] a link is void once there is an owner, and after a day", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const { secret: late } = await must(server.console, "offerSetUp", {});
    await clock.leap(dayMs);
    assert.equal(codeOf(await accept(server, late, { email: "late@example.com" })), "linkInvalid");
    const { secret } = await must(server.console, "offerSetUp", {});
    await newOperator(server, "owner", "owner@example.com");
    assert.equal(codeOf(await accept(server, secret, { email: "second@example.com" })), "linkInvalid");
    assert.equal(await owners(server), 1);
  });

  test("[MG-OP-4] the last owner who can sign in stays what it is", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const page = await signedIn(server, "owner", "last@example.com");
    const { operator } = await page.must("showOwnOperator", {});
    const { id: disabled } = await newOperator(server, "owner", "disabled@example.com");
    await page.must("disableOperator", { operatorId: disabled });
    const refused = [
      await page.call("disableOperator", { operatorId: operator.id }),
      await page.call("removeOperator", { operatorId: operator.id }),
      await page.call("changeOperatorRole", { operatorId: operator.id, role: "admin" }),
    ];
    for (const answer of refused) assert.deepEqual([answer.status, codeOf(answer)], [409, "lastOwner"]);
    const byConsole = await server.console.call("removeOperator", { operatorId: operator.id });
    assert.deepEqual(byConsole, { ok: false, refusal: "lastOwner" });
    assert.equal((await page.call("showOwnOperator", {})).status, 200);
    await page.must("enableOperator", { operatorId: disabled });
    assert.equal((await page.call("changeOperatorRole", { operatorId: operator.id, role: "admin" })).status, 200);
  });

  test("[MG-OP-4] owners who put each other out at the same time leave one", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const names = ["disableOperator", "removeOperator", "changeOperatorRole"] as const;
    for (let round = 0; round < 6; round++) {
      const ids: string[] = [];
      for (const n of [1, 2, 3]) ids.push((await newOperator(server, "owner", `${round}-${n}@example.com`)).id);
      await Promise.all(
        ids.map((operatorId, n) => {
          const name = names[(round + n) % names.length] ?? "removeOperator";
          return server.console.call(name, { operatorId, role: "admin" });
        }),
      );
      assert.ok((await owners(server)) >= 1, `round ${round}`);
    }
  });

  test("[MG-OP-2] of two owners who demote each other at the same time one stays owner", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const pages = [
      await signedIn(server, "owner", "anna@example.com"),
      await signedIn(server, "owner", "berta@example.com"),
    ];
    const ids = await Promise.all(pages.map(async (page) => (await page.must("showOwnOperator", {})).operator.id));
    const answers = await Promise.all(
      pages.map((page, n) => page.call("changeOperatorRole", { operatorId: ids[1 - n] ?? "", role: "read-only" })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 403]);
    assert.equal(await owners(server), 1);
  });
});
