import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { addAccount, AmfPeer, newApplication, readMails, RestPeer, startTestServer } from "@latchkey/testkit";

const email = "ann@example.com";

suite("links by AMF", () => {
  test("[US-AMF-20] [US-AMF-21] [US-CONF-5] [US-CONF-6] [US-RECOV-1] mails with links are asked for as in REST", async () => {
    await using server = await startTestServer();
    const product = await newApplication(server.console, { emailConfirmationRequired: true });
    await addAccount(server, product, { email, status: "unconfirmed" });
    const amf = AmfPeer.of(server, product);
    const serverCode = AmfPeer.of(server, product, "BL");

    assert.equal((await amf.call("restorePassword", [email])).body, null);
    assert.equal((await amf.call("resendEmailConfirmation", [email])).body, null);
    const mails = await readMails(server, email, 2);
    assert.deepEqual(mails.map(({ link }) => /confirm|recover/.exec(link)?.[0]).sort(), ["confirm", "recover"]);

    assert.equal((await amf.call("createEmailConfirmationURL", [email])).code, "2000");
    const { body } = await serverCode.call("createEmailConfirmationURL", [email]);
    const used = await new RestPeer(server.url, "").post(new URL(body as string).pathname);
    assert.equal(used.status, 200);
    assert.equal((await amf.call("restorePassword", [email, "ignored"])).body, null);

    for (const operation of ["restorePassword", "resendEmailConfirmation", "createEmailConfirmationURL"]) {
      assert.equal((await serverCode.call(operation, [])).code, "3038", operation);
      assert.equal((await serverCode.call(operation, [5])).code, "2004", operation);
    }
    assert.equal((await amf.call("restorePassword", [email])).code, "42900");
  });
});
