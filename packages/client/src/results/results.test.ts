import assert from "node:assert/strict";
import { test } from "node:test";
import { Status } from "@latchkey/protocol";
import { Account } from "./account.ts";
import { Application } from "./application.ts";
import { License } from "./license.ts";
import { RetryableStatus } from "./retryable-status.ts";

function fieldsOf(result: object): unknown {
  return Object.fromEntries(Object.entries(result));
}

test("[LP-ENV-4] what the server omits has a default", () => {
  assert.deepEqual(fieldsOf(new Application(Status.AppNotFound, {})), { status: 600, name: "", version: "" });
  const license = { license: "", levels: [], comment: "", ipAddress: "", timeLeft: 0, expiresAt: 0 };
  assert.deepEqual(fieldsOf(new License(Status.LicenseNotFound, {})), { status: 100, ...license });
  assert.deepEqual(fieldsOf(new Account(Status.AppUserNotFound, {})), {
    status: 200,
    login: "",
    levels: [],
    comment: "",
    ipAddress: "",
    timeLeft: 0,
    expiresAt: 0,
    licenseRequired: false,
    retryAfter: 0,
  });
  assert.deepEqual(fieldsOf(new RetryableStatus(Status.Ok, {})), { status: 1, retryAfter: 0 });
});

test("what the server sends is there, and what it should not send has the default too", () => {
  const output = {
    license: "ABCDEF",
    levels: ["pro", 7],
    comment: "c",
    ipAddress: "::1",
    timeLeft: 60,
    expiresAt: "?",
  };
  const license = new License(Status.LicenseExpired, output);
  assert.deepEqual(fieldsOf(license), {
    status: 103,
    license: "ABCDEF",
    levels: ["pro"],
    comment: "c",
    ipAddress: "::1",
    timeLeft: 60,
    expiresAt: 0,
  });
});

test("good() is true for ok alone", () => {
  assert.equal(new Application(Status.Ok, {}).good(), true);
  assert.equal(new Application(Status.None, {}).good(), false);
  assert.equal(new License(Status.LicenseExpired, {}).good(), false);
});

test("a retryable status is compared with a status", () => {
  const limited = new RetryableStatus(Status.TooManyRequests, { retryAfter: 60 });
  assert.equal(limited.is(Status.TooManyRequests), true);
  assert.equal(limited.is(Status.Ok), false);
  assert.equal(limited.retryAfter, 60);
});

test("[LP-ENV-5] a status from a newer server is kept as it is", () => {
  assert.equal(new RetryableStatus(4711, {}).status, 4711);
});
