import type { Picture } from "./pictures.ts";

/** Pages about those who use a program, and what it reads. */
export const peoplePictures: readonly Picture[] = [
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
      await page.getByRole("button", { name: "End all of these" }).click();
      await page.getByText(/signed out now/).waitFor();
    },
  },
];
