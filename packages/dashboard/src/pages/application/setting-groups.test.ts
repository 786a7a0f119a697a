import assert from "node:assert/strict";
import { test } from "node:test";
import { applicationSettings } from "@latchkey/protocol";
import { settingGroups } from "./setting-groups.ts";

test("every setting of an application is in one group of its form", () => {
  const grouped: string[] = Object.values(settingGroups).flat();
  assert.deepEqual(grouped.toSorted(), Object.keys(applicationSettings.entries).toSorted());
});
