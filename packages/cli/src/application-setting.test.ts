import assert from "node:assert/strict";
import { test } from "node:test";
import { applicationSettingOption } from "./application-setting.ts";

const option = applicationSettingOption();

function readAll(...given: string[]) {
  let values: ReturnType<NonNullable<typeof option.read>>;
  for (const text of given) values = option.read?.(text, values);
  return values;
}

test("numbers, truth values, null and text are read as such, and gathered", () => {
  assert.deepEqual(
    readAll("passwordMinLength=8", "licenseRequired=true", "accountQuota=null", "identityColumn=login"),
    {
      passwordMinLength: 8,
      licenseRequired: true,
      accountQuota: null,
      identityColumn: "login",
    },
  );
});

test("null is no limit where there may be none, and the default elsewhere", () => {
  assert.deepEqual(readAll("blacklistQuota=null", "passwordMinLength=null", "licenseRequired=null"), {
    blacklistQuota: null,
    passwordMinLength: 4,
    licenseRequired: false,
  });
});

test("a list is separated by commas, and may be empty", () => {
  assert.deepEqual(readAll("allowedOrigins=https://a.example,http://localhost:3000"), {
    allowedOrigins: ["https://a.example", "http://localhost:3000"],
  });
  assert.deepEqual(readAll("allowedOrigins="), { allowedOrigins: [] });
  assert.throws(() => readAll("allowedOrigins=https://a.example/path"), /allowedOrigins: /);
});

test("an unknown name and a value that does not fit are wrong usage", () => {
  assert.throws(
    () => readAll("paswordMinLength=8"),
    /paswordMinLength is not a setting: did you mean passwordMinLength\?/,
  );
  assert.throws(() => readAll("passwordMinLength=0"), /: passwordMinLength: /);
  assert.throws(() => readAll("licenseRequired=yes"), /licenseRequired: /);
  assert.throws(() => readAll("licenseRequired"), /key=value/);
  assert.throws(() => readAll("toString=1"), /toString is not a setting/);
});
