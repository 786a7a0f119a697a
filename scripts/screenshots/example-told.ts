import { must, type TestServer } from "@latchkey/testkit";

/** Webhooks, what an application does not want to see again, and mails in its own words. */
export async function exampleTold({ console: operator }: TestServer, applicationId: string): Promise<string> {
  const { webhook } = await must(operator, "createWebhook", {
    applicationId,
    url: "https://shop.photon.example/hooks/latchkey",
    description: "The shop",
    eventTypes: "all",
  });
  await must(operator, "createWebhook", {
    applicationId,
    url: "https://chat.photon.example/hooks/7d2f",
    eventTypes: ["license.created", "license.blacklisted", "account.locked"],
  });
  await must(operator, "testWebhook", { applicationId, webhookId: webhook.id });
  for (const [kind, value] of [
    ["client", "macbook-pro-9911"],
    ["client", "farm-0042"],
    ["address", "203.0.113.77"],
    ["address", "2001:db8::bad"],
  ] as const)
    await must(operator, "addBlacklistEntry", { applicationId, kind, value });
  await must(operator, "setMailTemplate", {
    applicationId,
    kind: "confirm",
    language: "en",
    subject: "Welcome to {application}",
    text: "Great to have you! One click, and you are in:",
    action: "Yes, that is my address",
    validity: "The link works until {until}.",
    otherwise: "Did not sign up? Then forget about this mail.",
  });
  return webhook.id;
}
