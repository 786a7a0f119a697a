import type { ExampleData } from "./example-data.ts";
import type { Picture } from "./picture.ts";
import { peoplePictures } from "./people-pictures.ts";
import { serverPictures } from "./server-pictures.ts";
import { toldPictures } from "./told-pictures.ts";

/** What is shown to who is not signed in. */
export const welcomePictures: readonly Picture[] = [
  { name: "sign-in", path: () => "/" },
  {
    name: "sign-in-refused",
    path: () => "/",
    before: async (page) => {
      await page.getByLabel("E-mail address").fill("ada@example.com");
      await page.getByLabel("Password", { exact: true }).fill("not my password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "link-bad", path: () => "/invitation/nobody-made-this" },
];

/** Every page of who is signed in. */
export const pictures: readonly Picture[] = [
  { name: "applications", path: () => "/applications" },
  { name: "application-new", path: () => "/applications?new=1" },
  { name: "licenses", path: ({ applicationId }) => `/applications/${applicationId}/licenses` },
  {
    name: "licenses-chosen",
    path: ({ applicationId }) => `/applications/${applicationId}/licenses?state=paused`,
    before: async (page) => {
      await page
        .getByRole("checkbox", { name: /^Select / })
        .nth(1)
        .check();
      await page
        .getByRole("checkbox", { name: /^Select / })
        .nth(2)
        .check();
    },
  },
  {
    name: "licenses-nothing-found",
    path: ({ applicationId }) => `/applications/${applicationId}/licenses?search=nobody-has-this`,
  },
  {
    name: "licenses-create",
    path: ({ applicationId }) => `/applications/${applicationId}/licenses`,
    before: (page) => page.getByRole("button", { name: "Create licenses" }).click(),
  },
  {
    name: "licenses-created",
    path: ({ applicationId }) => `/applications/${applicationId}/licenses`,
    before: async (page) => {
      await page.getByRole("button", { name: "Create licenses" }).click();
      await page.getByRole("button", { name: "Create license", exact: true }).click();
      await page.getByRole("button", { name: "Done" }).waitFor();
    },
  },
  { name: "license", path: ({ applicationId, activated }) => `/applications/${applicationId}/licenses/${activated}` },
  {
    name: "license-pause",
    path: ({ applicationId, available }) => `/applications/${applicationId}/licenses/${available}`,
    before: (page) => page.getByRole("button", { name: "Pause" }).click(),
  },
  ...["keys", "settings", "columns", "roles", "hosts", "providers", "danger"].map((tab) => ({
    name: `application-${tab}`,
    path: ({ applicationId }: ExampleData) => `/applications/${applicationId}/settings/${tab}`,
  })),
  {
    name: "application-delete",
    path: ({ applicationId }) => `/applications/${applicationId}/settings/danger`,
    before: (page) => page.getByRole("button", { name: "Delete" }).click(),
  },
  {
    name: "application-settings-changed",
    path: ({ applicationId }) => `/applications/${applicationId}/settings/settings`,
    before: (page) => page.getByLabel("Accounts need a license").check({ force: true }),
  },
  { name: "account", path: () => "/account" },
  {
    name: "account-second-factor",
    path: () => "/account",
    before: async (page) => {
      await page.getByRole("button", { name: "Set up second factor" }).click();
      await page.getByLabel("Enter your password first").fill("otter piano window lamp");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("img", { name: "QR code" }).waitFor();
    },
  },
  { name: "palette", path: () => "/applications", before: (page) => page.keyboard.press("Control+k") },
  ...peoplePictures,
  ...serverPictures,
  ...toldPictures,
];
