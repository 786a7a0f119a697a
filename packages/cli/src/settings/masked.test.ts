import assert from "node:assert/strict";
import { test } from "node:test";
import { masked } from "./masked.ts";

test("a password never shows, wherever it stands in the URL", () => {
  assert.equal(masked("postgres://me:hunter2@db:5432/app"), "postgres://me:***@db:5432/app");
  assert.equal(masked("postgres://me@db/app?password=hunter2"), "postgres://me@db/app?password=***");
  assert.equal(
    masked("postgres://me@db/app?sslpassword=hunter2&sslmode=require"),
    "postgres://me@db/app?sslpassword=***&sslmode=require",
  );
});

test("a URL without a password stays as it is, and what is no URL does not show at all", () => {
  assert.equal(masked("postgres://me@db/app"), "postgres://me@db/app");
  assert.equal(masked("postgres://me:hunter2@:x"), "***");
  assert.equal(masked(""), "");
});
