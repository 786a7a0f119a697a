import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  ManualClock,
  newApplication,
  type Product,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const hourMs = 3_600_000;

suite("limits of mails with links", () => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { linkRequestsPerAddress: "20", trustedProxies: "127.0.0.1" } });
  });
  after(() => server[Symbol.asyncDispose]());

  function from(address: string, { id, apiKeys }: Product, kind: "JS" | "BL" = "JS") {
    return new RestPeer(server.url, `/${id}/${apiKeys[kind] ?? ""}`, { "x-forwarded-for": address });
  }
  const restore = (rest: RestPeer, identity: string) => rest.get(`/users/restorepassword/${identity}`);
  const resend = (rest: RestPeer, identity: string) => rest.post(`/users/resendconfirmation/${identity}`);

  test("[US-SEC-6] [US-SEC-7] restore and resend are 3 an hour in sum for an identity, whether or not it exists", async () => {
    const product = await newApplication(server.console, { emailConfirmationRequired: true });
    await addAccount(server, product, { email: "ann@example.com" });
    const texts = new Set<string>();
    for (const [index, identity] of ["ann@example.com", "nobody@example.com"].entries()) {
      // Whatever address, key and spelling it is asked with.
      const asked = [
        await restore(from(`192.0.2.${index}`, product), identity),
        await resend(from(`198.51.100.${index}`, product), identity.toUpperCase()),
        await restore(from(`203.0.113.${index}`, product, "BL"), identity),
      ];
      for (const { status, text } of asked) assert.equal(status, 200, text);
      for (const kind of ["JS", "BL"] as const) {
        const limited = await restore(from("192.0.2.99", product, kind), identity);
        assert.deepEqual([limited.status, limited.fields["code"]], [429, 42_900]);
        assert.equal(limited.headers["retry-after"], "3600");
        texts.add(limited.text);
      }
      assert.equal((await resend(from("192.0.2.99", product), identity)).status, 429);
    }
    assert.equal(texts.size, 1, "the same bytes");
    const other = await newApplication(server.console);
    assert.equal((await restore(from("192.0.2.99", other), "ann@example.com")).status, 200, "another application");
    await clock.leap(hourMs);
    assert.equal((await restore(from("192.0.2.99", product), "ann@example.com")).status, 200);
  });

  test("[US-SEC-6] [US-SEC-7] and 20 an hour for an address, of which BL keys are free", async () => {
    const product = await newApplication(server.console, { emailConfirmationRequired: true });
    const person = from("192.0.2.200", product);
    for (let count = 0; count < 20; count++) {
      const ask = count % 2 ? resend : restore;
      assert.equal((await ask(person, `person-${count}@example.com`)).status, 200);
    }
    assert.equal((await restore(person, "one-more@example.com")).status, 429);
    assert.equal((await resend(person, "one-more@example.com")).status, 429);
    const server20 = from("192.0.2.200", product, "BL");
    for (let count = 20; count < 45; count++) {
      assert.equal((await restore(server20, `person-${count}@example.com`)).status, 200);
    }
    assert.equal((await restore(from("192.0.2.201", product), "one-more@example.com")).status, 200);
  });
});
