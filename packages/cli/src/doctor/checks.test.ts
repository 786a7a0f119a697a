import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type ApplicationSettings, settingsOf } from "@latchkey/protocol";
import { checkClock } from "./check-clock.ts";
import { checkDataDirectory } from "./check-data-directory.ts";
import { checkSchemas } from "./check-schemas.ts";

test("a clock that is behind what it has stored fails", () => {
  const now = Date.UTC(2026, 5, 1);
  assert.equal(checkClock(now, []).result, "ok");
  assert.equal(checkClock(now, [now - 1, now]).result, "ok");
  assert.equal(checkClock(now, [now + 1, 0]).result, "failed");
  assert.equal(checkClock(0, []).result, "failed");
});

test("a data directory that is a file, or is not there, fails", () => {
  const directory = mkdtempSync(join(tmpdir(), "latchkey-test-"));
  const file = join(directory, "file");
  writeFileSync(file, "");
  assert.equal(checkDataDirectory(directory).result, "ok");
  assert.equal(checkDataDirectory(file).result, "failed");
  assert.equal(checkDataDirectory(join(directory, "absent")).result, "failed");
  rmSync(directory, { recursive: true });
});

test("[US-DATA-14] applications are named in which client keys can create columns", () => {
  const check = (...all: Partial<ApplicationSettings>[]) =>
    checkSchemas(
      all.map((settings, index) => ({
        id: "x",
        name: `Product ${index}`,
        version: "1",
        websocketApiKey: "x",
        apiKeys: {},
        settings: settingsOf({ settings: JSON.stringify(settings) }),
        createdAt: 0,
      })),
    );
  const closed = { dynamicSchema: false };
  assert.equal(check(closed, closed).result, "ok");
  const { result, message } = check({}, closed, { dynamicSchema: true });
  assert.equal(result, "warning");
  assert.match(message, / in Product 0, Product 2 /);
});
