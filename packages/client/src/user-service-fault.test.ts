import assert from "node:assert/strict";
import { test } from "node:test";
import { endsLocalLogin } from "@latchkey/protocol";
import { LocalFaultCode, UserServiceFault, faultFrom } from "./user-service-fault.ts";

test("the codes that log out locally are those of the official JavaScript SDK, and no others", () => {
  const codes = [2002, 3007, 3023, 3064, 3090, 3091, 41300, 50000, ...Object.values(LocalFaultCode)];
  assert.deepEqual(codes.filter(endsLocalLogin), [3023, 3064, 3090, 3091]);
});

test("whatever else is thrown becomes a fault that holds it", () => {
  const bug = new TypeError("a bug");
  const fault = faultFrom(bug);
  assert.equal(fault.code, LocalFaultCode.unexpected);
  assert.equal(fault.cause, bug);
  assert.equal(faultFrom(fault), fault);
  assert.ok(fault instanceof UserServiceFault);
});
