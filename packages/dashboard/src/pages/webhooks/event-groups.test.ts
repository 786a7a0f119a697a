import assert from "node:assert/strict";
import { test } from "node:test";
import { webhookEventNames } from "@latchkey/protocol";
import { eventGroups } from "./event-groups.ts";

test("every event but the test can be chosen, once", () => {
  const offered = eventGroups.flatMap(({ events }) => events);
  assert.deepEqual([...offered, "webhook.test"].toSorted(), webhookEventNames.toSorted());
});
