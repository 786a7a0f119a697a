import assert from "node:assert/strict";
import { test } from "node:test";
import { Status } from "@latchkey/protocol";
import { StatusError, TransportError, orThrow, transportErrorFrom } from "./errors.ts";
import { License } from "./results/license.ts";

test("orThrow hands on what is ok, be it a status or a result", () => {
  const license = new License(Status.Ok, { license: "ABCDEF-123456" });
  assert.equal(orThrow(license), license);
  assert.equal(orThrow(Status.Ok), Status.Ok);
});

test("orThrow fails closed: any other status is an error named after it", () => {
  const refused = new License(Status.LicenseExpired, { levels: ["pro"] });
  assert.throws(() => orThrow(refused), { name: "StatusError", status: 103, message: "license_expired" });
  assert.throws(() => orThrow(Status.None), { name: "StatusError", status: 0, message: "none" });
  assert.throws(
    () => orThrow(4711),
    (error) => error instanceof StatusError && error.message === "status_4711",
  );
});

test("an error says by which code and for what reason the connection ended", () => {
  const error = new TransportError("closed", "over", { closeCode: 4100, reason: "disconnected from panel" });
  assert.deepEqual([error.code, error.closeCode, error.reason], ["closed", 4100, "disconnected from panel"]);
  const other = new TransportError("timeout", "too late");
  assert.deepEqual([other.code, other.closeCode, other.reason], ["timeout", undefined, ""]);
});

test("whatever else is thrown becomes a TransportError that holds it", () => {
  const bug = new RangeError("a bug");
  const error = transportErrorFrom(bug);
  assert.equal(error.code, "unexpected");
  assert.equal(error.cause, bug);
  assert.equal(transportErrorFrom(error), error);
});
