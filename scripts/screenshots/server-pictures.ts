import type { Picture } from "./picture.ts";

/** Pages about the server itself. */
export const serverPictures: readonly Picture[] = [
  { name: "operators", path: () => "/operators" },
  {
    name: "operator-menu",
    path: () => "/operators",
    before: (page) => page.getByRole("button", { name: "More actions for Linus Pauling" }).click(),
  },
  {
    name: "operator-remove",
    path: () => "/operators",
    before: async (page) => {
      await page.getByRole("button", { name: "More actions for Linus Pauling" }).click();
      await page.getByRole("menuitem", { name: "Remove" }).click();
    },
  },
  {
    name: "operator-invite",
    path: () => "/operators",
    before: (page) => page.getByRole("button", { name: "Invite operator" }).click(),
  },
  {
    name: "operator-invited",
    path: () => "/operators",
    before: async (page) => {
      await page.getByRole("button", { name: "Invite operator" }).click();
      await page.getByLabel("E-mail address").fill("katherine@photon.example");
      await page.getByRole("button", { name: "Make invitation" }).click();
      await page.getByRole("button", { name: "I have copied it" }).waitFor();
    },
  },
  { name: "management-keys", path: () => "/keys" },
  {
    name: "management-key-new",
    path: () => "/keys",
    before: (page) => page.getByRole("button", { name: "Create key" }).click(),
  },
  {
    name: "management-key-made",
    path: () => "/keys",
    before: async (page) => {
      await page.getByRole("button", { name: "Create key" }).click();
      await page.getByLabel("Name").fill("Second shop");
      await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
      await page.getByRole("button", { name: "I have copied it" }).waitFor();
    },
  },
  { name: "audit", path: () => "/audit" },
  {
    name: "audit-entry",
    path: ({ applicationId }) => `/applications/${applicationId}/audit?action=pauseLicense`,
    before: (page) => page.locator(".lk-table tbody .lk-row-link").first().click(),
  },
  {
    name: "audit-verified",
    path: () => "/audit",
    before: async (page) => {
      await page.getByRole("button", { name: "Verify" }).click();
      await page.getByText(/^Verified up to entry/).waitFor();
    },
  },
  { name: "health", path: () => "/health" },
];
