import assert from "node:assert/strict";
import { test } from "node:test";
import { Status } from "@latchkey/protocol";
import { TransportError } from "../errors.ts";
import { Account } from "../results/account.ts";
import { AccountSessions } from "../results/account-sessions.ts";
import { Application } from "../results/application.ts";
import { License } from "../results/license.ts";
import { RetryableStatus } from "../results/retryable-status.ts";
import { SessionValue } from "../results/session-value.ts";
import { UserServiceFault } from "../user-service-fault.ts";
import { packError, packResult, unpack } from "./parcel.ts";

test("a result crosses threads as the same result, methods included", () => {
  const output = {
    appName: "Product",
    appVersion: "1.2",
    license: "ABCDEF",
    login: "anna",
    levels: ["pro"],
    comment: "c",
    ipAddress: "::1",
    timeLeft: 60,
    expiresAt: 1_800_000_000,
    licenseRequired: true,
    retryAfter: 30,
    sessions: [{ session_id: "s", created_at: 5 }],
    value: "v",
  };
  for (const Result of [Application, License, Account, RetryableStatus, AccountSessions, SessionValue]) {
    const result = new Result(Status.Ok, output);
    const arrived = unpack(structuredClone(packResult(result)));
    assert.deepEqual(arrived, result);
    assert.ok(arrived instanceof Result && arrived.good());
  }
});

test("plain values cross threads as they are", () => {
  for (const value of [undefined, null, true, 3, { location: "here" }]) {
    assert.deepEqual(unpack(structuredClone(packResult(value))), value);
  }
});

test("an error is thrown on the other side with all it says", () => {
  const closed = new TransportError("closed", "over", { closeCode: 4100, reason: "disconnected from panel" });
  assert.throws(() => unpack(structuredClone(packError(closed))), {
    name: "TransportError",
    code: "closed",
    message: "over",
    closeCode: 4100,
    reason: "disconnected from panel",
  });
  const fault = new UserServiceFault(42900, "too many", { errorData: { retryAfter: 7 } });
  assert.throws(() => unpack(structuredClone(packError(fault))), {
    name: "UserServiceFault",
    code: 42900,
    message: "too many",
    errorData: { retryAfter: 7 },
    retryAfter: 7,
  });
});
