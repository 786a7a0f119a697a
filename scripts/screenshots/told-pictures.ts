import type { Picture } from "./picture.ts";

/** Pages about what an application tells others, and whom it does not listen to. */
export const toldPictures: readonly Picture[] = [
  { name: "webhooks", path: ({ applicationId }) => `/applications/${applicationId}/webhooks` },
  {
    name: "webhooks-create",
    path: ({ applicationId }) => `/applications/${applicationId}/webhooks`,
    before: async (page) => {
      await page.getByRole("button", { name: "Create webhook" }).click();
      await page.getByRole("radio", { name: "Only these" }).check();
    },
  },
  {
    name: "webhooks-created",
    path: ({ applicationId }) => `/applications/${applicationId}/webhooks`,
    before: async (page) => {
      await page.getByRole("button", { name: "Create webhook" }).click();
      await page.getByLabel("Address", { exact: true }).fill("https://crm.photon.example/latchkey");
      await page.getByRole("dialog").getByRole("button", { name: "Create webhook" }).click();
      await page.getByText("The webhook is there").waitFor();
    },
  },
  { name: "webhook", path: ({ applicationId, webhook }) => `/applications/${applicationId}/webhooks/${webhook}` },
  {
    name: "webhook-delivery",
    path: ({ applicationId, webhook }) => `/applications/${applicationId}/webhooks/${webhook}`,
    before: (page) => page.getByRole("button", { name: "Send a test" }).click(),
  },
  {
    name: "webhook-rotated",
    path: ({ applicationId, webhook }) => `/applications/${applicationId}/webhooks/${webhook}`,
    before: async (page) => {
      await page.getByRole("button", { name: "Rotate" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
      await page.getByText("The secret is new").waitFor();
    },
  },
  { name: "blacklist", path: ({ applicationId }) => `/applications/${applicationId}/blacklist` },
  {
    name: "blacklist-add",
    path: ({ applicationId }) => `/applications/${applicationId}/blacklist`,
    before: (page) => page.getByRole("button", { name: "Add to the blacklist" }).click(),
  },
  { name: "mails", path: ({ applicationId }) => `/applications/${applicationId}/mails` },
  {
    name: "mails-changed",
    path: ({ applicationId }) => `/applications/${applicationId}/mails?kind=recover&language=de`,
    before: async (page) => {
      await page.getByLabel("Subject").fill("Dein neues Passwort für {application}");
      await page.getByText("Dein neues Passwort für Photon Studio").waitFor();
    },
  },
];
