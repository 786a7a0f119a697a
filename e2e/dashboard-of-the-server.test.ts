import assert from "node:assert/strict";
import { after, test } from "node:test";
import { must, startTestServer } from "@latchkey/testkit";
import { builtDashboard } from "../scripts/built-dashboard.ts";
import { barriers } from "./browser/barriers.ts";
import { startChromium } from "./browser/chromium.ts";

const chromium = await startChromium();
after(() => chromium[Symbol.asyncDispose]());

test(
  "[MG-DASH-4] an owner gives a shop a key and takes it back, invites a colleague, and reads it in the audit log",
  { skip: chromium.browser ? false : chromium.reason },
  async () => {
    await using server = await startTestServer({ dashboard: await builtDashboard() });
    const { application } = await must(server.console, "createApplication", { name: "Photon Studio" });
    const { secret = "" } = await must(server.console, "offerSetUp", {});
    const context = await chromium.browser!.newContext({
      reducedMotion: "reduce",
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    const found: string[] = [];
    const look = async (name: string) => {
      for (const barrier of await barriers(page)) found.push(`${name}: ${barrier}`);
    };
    const dialog = page.getByRole("dialog");
    const closed = () => dialog.waitFor({ state: "hidden" });

    await page.goto(`${server.url}/#/set-up/${secret}`);
    await page.getByLabel("Your name").fill("Ada Lovelace");
    await page.getByLabel("E-mail address").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill("otter piano window lamp");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("button", { name: "Not now" }).click();

    await page.getByRole("link", { name: "Management keys" }).click();
    await page.getByRole("button", { name: "Create key" }).click();
    await dialog.getByText("Photon Studio").waitFor();
    await look("new key");
    await dialog.getByLabel("Name").fill("Shop");
    await dialog.getByRole("button", { name: "Create key" }).click();
    await dialog.getByRole("button", { name: "I have copied it" }).waitFor();
    await look("key");
    const key = await dialog.locator(".lk-key").first().innerText();
    const sell = () =>
      fetch(`${server.url}/manage/v1/applications/${application.id}/licenses`, {
        method: "POST",
        headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
        body: JSON.stringify({ count: 1 }),
      });
    assert.equal((await sell()).ok, true);
    await dialog.getByRole("button", { name: "I have copied it" }).click();
    await closed();
    await page.getByText(`lk_mgmt_…${key.slice(-4)}`).waitFor();
    await look("keys");
    assert.equal((await page.content()).includes(key), false);
    await page.getByRole("button", { name: "Revoke Shop" }).click();
    await dialog.getByLabel("Reason").fill("Shop is closed");
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("row", { name: /Shop.*Revoked/ }).waitFor();
    assert.equal((await sell()).status, 401);

    await page.getByRole("link", { name: "Operators" }).click();
    await page.getByRole("button", { name: "Invite operator" }).click();
    await look("invite");
    await dialog.getByLabel("E-mail address").fill("grace@example.com");
    await dialog.getByRole("button", { name: "Make invitation" }).click();
    await dialog.getByText(`${server.url}/#/invitation/`).waitFor();
    await dialog.getByRole("button", { name: "I have copied it" }).click();
    await closed();
    await page.getByRole("button", { name: "Revoke the invitation of grace@example.com" }).waitFor();
    await look("operators");

    await page.getByRole("link", { name: "Audit log" }).last().click();
    await page.getByRole("link", { name: "Revoke management key" }).click();
    await dialog.getByText("“Shop is closed”").waitFor();
    await look("entry");
    await page.keyboard.press("Escape");
    await closed();
    await look("audit log");
    await page.getByRole("button", { name: "Verify" }).click();
    await dialog.getByText(/^Verified up to entry/).waitFor();
    await look("verification");
    await page.keyboard.press("Escape");
    await closed();
    await page.getByRole("link", { name: "Health" }).click();
    await page.getByText("Answers you").waitFor();
    await look("health");
    assert.deepEqual(found, []);
  },
);
