import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mailKinds, mailLanguages } from "@latchkey/protocol";
import {
  addAccount,
  ManagementPeer,
  newApplication,
  onEachDatabase,
  readMails,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const words = {
  subject: "New password at {application}?",
  text: "Moin! <b>Here</b> you go:",
  action: "Let's go",
  validity: "Good until {until}.",
  otherwise: "Not you? Fine.",
};

onEachDatabase("mail templates", (newDatabase) => {
  let server: TestServer;
  let peer: ManagementPeer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
    peer = await ManagementPeer.withKey(server, ["applications:read", "applications:update"]);
  });
  after(() => server[Symbol.asyncDispose]());

  const nameOf = async (applicationId: string) =>
    (await peer.must("showApplication", { applicationId })).application.name;

  test("[MG-MAIL-1] an application says in its mails what it likes, and what the server says again", async () => {
    const product = await newApplication(server.console);
    const { id: applicationId } = product;
    const { templates } = await peer.must("listMailTemplates", { applicationId });
    assert.equal(templates.length, mailKinds.length * mailLanguages.length);
    assert.ok(templates.every(({ changedAt }) => changedAt === undefined));

    const named = { applicationId, kind: "recover", language: "de" } as const;
    await peer.must("setMailTemplate", { ...named, ...words });
    const email = `anna-${applicationId.toLowerCase()}@example.com`;
    await addAccount(server, product, { email, locale: "de-AT" });
    const rest = RestPeer.of(server, product);
    const ask = () => rest.request("GET", `/users/restorepassword/${encodeURIComponent(email)}`);
    assert.equal((await ask()).status, 200);
    const [mail] = await readMails(server, email);
    const name = await nameOf(applicationId);
    assert.equal(mail?.subject, `New password at ${name}?`);
    assert.match(mail.text, /^Moin! <b>Here<\/b> you go:\n\nhttp.*\n\nGood until .* UTC\.\n\nNot you\? Fine\./);
    assert.ok(mail.html.includes("Moin! &lt;b&gt;Here&lt;/b&gt; you go:"));

    const { template } = await peer.must("resetMailTemplate", named);
    assert.deepEqual(
      template,
      templates.find(({ kind, language }) => kind === "recover" && language === "de"),
    );
    assert.equal((await ask()).status, 200);
    const mails = await readMails(server, email, 2);
    assert.ok(mails.some(({ subject }) => subject === template.subject.replace("{application}", name)));
  });

  test("[MG-MAIL-2] a preview is the mail that would be sent, and changes nothing", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const named = { applicationId, kind: "confirm", language: "en" } as const;
    const preview = await peer.must("previewMailTemplate", { ...named, ...words });
    assert.equal(preview.subject, `New password at ${await nameOf(applicationId)}?`);
    assert.ok(preview.html.includes("Let&#39;s go"));
    const { templates } = await peer.must("listMailTemplates", { applicationId });
    assert.ok(templates.every(({ changedAt }) => changedAt === undefined));
  });

  test("[MG-MAIL-3] words with places that nothing fills are refused, and so is a subject of two lines", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const named = { applicationId, kind: "confirm", language: "en" } as const;
    const refused = await peer.call("setMailTemplate", { ...named, ...words, text: "Dear {name}" });
    assert.equal(refused.fields["code"], "mailTemplateInvalid");
    const twoLines = await peer.call("setMailTemplate", { ...named, ...words, subject: "a\r\nBcc: b@example.com" });
    assert.equal(twoLines.fields["code"], "requestMalformed");
  });
});
