import assert from "node:assert/strict";
import { test } from "node:test";
import { passwordStrength } from "./strength.ts";

test("a password is called strong by what a guesser does not know of it", () => {
  const strengths = [
    "short",
    "aaaaaaaaaaaa",
    "password1234",
    "summer2024sun",
    "blue-kettle-9",
    "otter piano window lamp",
  ].map((password) => passwordStrength(password, 8));
  assert.deepEqual(strengths, [0, 1, 1, 3, 4, 4]);
});
