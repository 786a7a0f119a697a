import assert from "node:assert/strict";
import { test } from "node:test";
import { type Config, readConfig } from "#config.ts";
import { Traffic } from "./traffic.ts";

function configOf(settings: Record<string, string>): Config {
  const read = readConfig(settings);
  assert.ok("config" in read);
  return read.config;
}

test("[LP-RATE-3] without settings it is 90, 900, 200 and 5 minutes", () => {
  const { sessionActionsPerMinute, addressActionsPerMinute, uninitializedPerAddress, addressBlock } = configOf({});
  assert.deepEqual(
    [sessionActionsPerMinute, addressActionsPerMinute, uninitializedPerAddress, addressBlock],
    [90, 900, 200, 300_000],
  );
});

test("[LP-RATE-2] no flood of other addresses washes a block away", () => {
  const traffic = new Traffic(configOf({ addressActionsPerMinute: "2" }));
  for (let n = 0; n < 3; n++) traffic.arrive("blocked", 0);
  for (let n = 0; n < 150_000; n++) for (let action = 0; action < 3; action++) traffic.arrive(`2001:db8:${n}`, 1);
  assert.equal(traffic.blockedMs("blocked", 299_999), 1);
  assert.equal(traffic.blockedMs("blocked", 300_000), 0);
});

test("[LP-RATE-2] after a block everything counts anew", () => {
  const traffic = new Traffic(configOf({ addressActionsPerMinute: "2", addressBlock: "1s" }));
  const arrivals = [0, 0, 0, 1000, 1000, 1000].map((at) => traffic.arrive("a", at));
  assert.deepEqual(arrivals, [true, true, false, true, true, false]);
});
