import assert from "node:assert/strict";
import { test } from "node:test";
import { CredentialsType } from "@latchkey/protocol";
import { credentialsInput, newAccountInput } from "./inputs.ts";

test("[LP-SDK-1] an empty comment and an empty license are not sent", () => {
  const credentials = { login: "anna", password: "secret" };
  assert.deepEqual(newAccountInput({ ...credentials, comment: "", license: "" }), credentials);
  assert.deepEqual(newAccountInput(credentials), credentials);
  assert.deepEqual(credentialsInput({ ...credentials, license: "" }), credentials);
});

test("everything that is given is sent, the default type included", () => {
  const account = { login: "anna", password: "secret", comment: "c", license: "ABCDEF" };
  assert.deepEqual(newAccountInput({ ...account, type: CredentialsType.LoginPassword }), {
    ...account,
    credentialsType: 0,
  });
});
