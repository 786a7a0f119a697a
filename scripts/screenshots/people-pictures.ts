import type { Picture } from "./picture.ts";

/** Pages about those who use a program, and what it reads. */
export const peoplePictures: readonly Picture[] = [
  { name: "overview", path: ({ applicationId }) => `/applications/${applicationId}/overview` },
  { name: "overview-new", path: ({ unused }) => `/applications/${unused}/overview` },
  { name: "sessions", path: ({ applicationId }) => `/applications/${applicationId}/sessions` },
  {
    name: "session-details",
    path: ({ applicationId }) => `/applications/${applicationId}/sessions`,
    before: (page) => page.locator(".lk-table tbody .lk-row-link").first().click(),
  },
  {
    name: "sessions-end-many",
    path: ({ applicationId }) => `/applications/${applicationId}/sessions?authorized=true`,
    before: async (page) => {
      await page.getByRole("checkbox", { name: "Select all on this page" }).check();
      await page.getByRole("button", { name: /^Select all \d/ }).click();
      await page.getByRole("button", { name: "End sessions" }).click();
      await page.getByText(/signed out now/).waitFor();
    },
  },
  { name: "accounts", path: ({ applicationId }) => `/applications/${applicationId}/accounts` },
  {
    name: "account-create",
    path: ({ applicationId }) => `/applications/${applicationId}/accounts`,
    before: (page) => page.getByRole("button", { name: "Create account" }).click(),
  },
  { name: "account", path: ({ applicationId, person }) => `/applications/${applicationId}/accounts/${person}` },
  {
    name: "account-disable",
    path: ({ applicationId, person }) => `/applications/${applicationId}/accounts/${person}`,
    before: async (page) => {
      await page.getByRole("button", { name: "Disable" }).click();
      await page.getByText(/sessions? ends? now/).waitFor();
    },
  },
  { name: "variables", path: ({ applicationId }) => `/applications/${applicationId}/variables` },
  {
    name: "variable-edit",
    path: ({ applicationId }) => `/applications/${applicationId}/variables?edit=news.headline`,
  },
  { name: "files", path: ({ applicationId }) => `/applications/${applicationId}/files` },
];
