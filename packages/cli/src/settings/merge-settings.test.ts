import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mergeSettings, type SettingSources } from "./merge-settings.ts";

const nothing: SettingSources = { flags: {}, environment: {}, file: {} };

function merged(given: Partial<SettingSources>) {
  const result = mergeSettings({ ...nothing, ...given });
  assert.ok("config" in result, `these settings must fit: ${JSON.stringify(result)}`);
  return result;
}

function problems(given: Partial<SettingSources>): readonly string[] {
  const result = mergeSettings({ ...nothing, ...given });
  assert.ok("problems" in result, "these settings must not fit");
  return result.problems;
}

function portFrom(given: Partial<SettingSources>) {
  const { config, origins } = merged(given);
  const origin = origins.find(({ name }) => name === "port");
  return [config.port, origin?.source, origin?.label];
}

describe("mergeSettings", () => {
  const flags = { port: "1" };
  const environment = { LATCHKEY_PORT: "2" };
  const file = { port: 3 };

  test("a flag wins over the environment, that over the file, that over the default", () => {
    assert.deepEqual(portFrom({ flags, environment, file }), [1, "flag", "--port"]);
    assert.deepEqual(portFrom({ environment, file }), [2, "environment", "LATCHKEY_PORT"]);
    assert.deepEqual(portFrom({ file }), [3, "file", "port in latchkey.toml"]);
    assert.deepEqual(portFrom({}), [8090, "default", "default"]);
  });

  test("a name of two words is LATCHKEY_TWO_WORDS in the environment and two_words in the file", () => {
    assert.equal(merged({ environment: { LATCHKEY_HASH_PASSES: "5" } }).config.hashPasses, 5);
    assert.equal(merged({ file: { hash_passes: 6 } }).config.hashPasses, 6);
  });

  test("text, whole numbers and lists of text can stand in the file", () => {
    const { config } = merged({ file: { resume_window: "2h", port: 0, trusted_proxies: ["10.0.0.0/8", "::1"] } });
    assert.deepEqual([config.resumeWindow, config.port, config.trustedProxies], [7_200_000, 0, ["10.0.0.0/8", "::1"]]);
    assert.deepEqual(problems({ file: { port: 1.5, host: true } }), [
      "host in latchkey.toml must be text, a whole number or a list of text",
      "port in latchkey.toml must be text, a whole number or a list of text",
    ]);
  });

  test("a value that does not fit is told by the name it was given under", () => {
    const must = "but must be a whole number from 0 to 65535";
    assert.deepEqual(problems({ flags: { port: "x" } }), [`--port is "x" ${must}`]);
    assert.deepEqual(problems({ environment: { LATCHKEY_PORT: "x" } }), [`LATCHKEY_PORT is "x" ${must}`]);
    assert.deepEqual(problems({ file: { port: "x" } }), [`port in latchkey.toml is "x" ${must}`]);
  });

  test("an unknown name is an error, with the nearest known one", () => {
    assert.deepEqual(problems({ environment: { LATCHKEY_PROT: "1" } }), [
      "LATCHKEY_PROT is not a setting: did you mean LATCHKEY_PORT?",
    ]);
    assert.deepEqual(problems({ file: { hash_memry: 1 } }), [
      "hash_memry in latchkey.toml is not a setting: did you mean hash_memory?",
    ]);
    assert.deepEqual(problems({ environment: { LATCHKEY_SOMETHING_ELSE_ALTOGETHER: "1" } }), [
      "LATCHKEY_SOMETHING_ELSE_ALTOGETHER is not a setting",
    ]);
  });

  test("the file, which lies in the data directory, cannot say where that is", () => {
    assert.deepEqual(problems({ file: { data: "elsewhere" } }), ["data in latchkey.toml is not a setting"]);
  });

  test("variables of others are none of our business", () => {
    assert.equal(merged({ environment: { PATH: "/bin", HOME: undefined } }).config.port, 8090);
  });

  test("every problem is told at once", () => {
    assert.equal(problems({ flags: { port: "x" }, environment: { LATCHKEY_X: "1" }, file: { y: 1 } }).length, 3);
  });

  test("a database that is no PostgreSQL URL is refused, and not repeated: it may hold a password", () => {
    const [problem = ""] = problems({ flags: { database: "mysql://me:hunter2@db/x" } });
    assert.match(problem, /postgres:\/\//);
    assert.doesNotMatch(problem, /hunter2/);
  });
});
