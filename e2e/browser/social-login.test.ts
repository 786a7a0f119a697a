import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { suite, test, type TestContext } from "node:test";
import { openSocialStage, type SocialStage, within } from "@latchkey/testkit";
import type { Page } from "playwright-core";
import { startChromium } from "./chromium.ts";
import { serveSite } from "./site.ts";

const sdk = readFileSync(
  createRequire(import.meta.url)
    .resolve("backendless/package.json")
    .replace("package.json", "dist/backendless.min.js"),
  "utf8",
);

/** A page with a button that begins a sign-in, as its title tells what came of it, or opens a window where it is told. */
const pageScript = `${sdk}
const button = document.createElement("button");
document.body.append(button);
addEventListener("message", ({ origin, data }) => { document.body.dataset.heard = origin + data });
const framed = (url) => new Promise((resolve) => {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.onload = resolve;
  frame.src = url;
});
button.onclick = () => {
  if (button.dataset.url) return void open(button.dataset.url);
  Backendless.initApp(JSON.parse(button.dataset.app));
  Backendless.UserService.loginWithGooglePlus({ name: "nick" }).then(
    (user) => { document.title = JSON.stringify({ email: user.email, nick: user.nick, token: user["user-token"] }) },
    (error) => { document.title = "refused: " + error.message },
  );
};`;

interface App {
  readonly appId: string;
  readonly apiKey: string;
  readonly serverURL: string;
}

async function press(page: Page, url: string, app: App): Promise<string> {
  await page.goto(url);
  await page.evaluate(`button.dataset.app = ${JSON.stringify(JSON.stringify(app))}`);
  await page.click("button");
  await page.waitForFunction("document.title !== ''");
  return page.title();
}

interface Scene {
  readonly stage: SocialStage;
  readonly page: Page;
  readonly app: App;
  readonly listed: string;
  readonly unlisted: string;
}

/** Chromium is one process here and goes down with the first window that closes, so each test has its own. */
async function inChromium(t: TestContext, run: (scene: Scene) => Promise<void>): Promise<void> {
  await using chromium = await startChromium();
  const { browser, reason } = chromium;
  if (!browser) {
    t.skip(`no Chromium starts here: ${reason}`);
    return;
  }
  await using site = await serveSite(pageScript);
  await using other = await serveSite(pageScript);
  const allowedOrigins = [new URL(site.url).origin];
  await using stage = await openSocialStage({ name: "googleplus", application: { allowedOrigins } });
  const { server, product } = stage;
  const app = { appId: product.id, apiKey: product.apiKeys.JS ?? "", serverURL: server.url };
  await run({ stage, page: await browser.newPage(), app, listed: site.url, unlisted: other.url });
}

suite("the JavaScript SDK signs in at a provider through a window in Chromium", () => {
  test("[US-CLIENT-1] [US-SOCIAL-3] on a listed page the user is signed in", (t) =>
    inChromium(t, async ({ stage: { peer }, page, app, listed }) => {
      const { token, ...rest } = JSON.parse(await press(page, listed, app)) as { token: string };
      assert.deepEqual(rest, { email: "ann@example.com", nick: "Ann" });
      assert.ok(await peer.isLive(token));
      const roles = (await peer.get("/users/userroles", token)).body;
      assert.deepEqual(roles, ["JSUser", "AuthenticatedUser", "SocialUser", "GooglePlusUser"]);
    }));

  test("a sign-in that comes to nothing is the SDK's rejection", (t) =>
    inChromium(t, async ({ stage, page, app, listed }) => {
      await stage.configure({ trustEmail: false });
      await stage.peer.register("ann@example.com");
      assert.match(await press(page, listed, app), /^refused: Another account has the e-mail address/);
    }));

  test("[US-SOCIAL-3] on another page the sign-in does not even begin", (t) =>
    inChromium(t, async ({ stage, page, app, unlisted }) => {
      assert.match(await press(page, unlisted, app), /^refused: /);
      assert.equal((await stage.server.db.selectFrom("signInAttempt").selectAll().execute()).length, 0);
    }));

  test("[US-SOCIAL-3] a sign-in that somebody began for the listed page tells another page nothing", (t) =>
    inChromium(t, async ({ stage, page, listed, unlisted }) => {
      await page.goto(unlisted);
      const { body } = await stage.begin({}, new URL(listed).origin);
      const opened = page.waitForEvent("popup");
      await page.evaluate(`button.dataset.url = ${JSON.stringify(body)}`);
      await page.click("button");
      const popup = await within(opened, "a window");
      await popup.waitForFunction("document.body?.textContent.includes('You are signed in')");
      // What the page was given is gone from it, so it was sent; had it arrived, that would have been noted by the next turn.
      assert.equal(await popup.evaluate("document.body.dataset.message"), undefined);
      await page.evaluate("new Promise((resolve) => setTimeout(resolve))");
      assert.equal(await page.evaluate("document.body.dataset.heard"), undefined);
    }));

  test("the page at the end of a sign-in shows in no frame", (t) =>
    inChromium(t, async ({ stage, page, listed }) => {
      await page.goto(listed);
      const { body } = await stage.begin({}, new URL(listed).origin);
      const back = await stage.provider.visit(String(body));
      await page.evaluate(`framed(${JSON.stringify(back)})`);
      const texts = await Promise.all(
        page.frames().map((frame) => frame.evaluate<string>("document.body.textContent")),
      );
      assert.ok(!texts.some((text) => text.includes("You are signed in")));
    }));
});
