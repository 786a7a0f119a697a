import assert from "node:assert/strict";
import { test } from "node:test";
import { operationNames } from "../operations.ts";
import { webhookEventNames, webhookEventOf, webhookEvents } from "./webhook-events.ts";

/** What the server does by itself, as the audit log names it. */
const ownActions = ["expireLicense", "lockAccount", "removeGuests"];
const states = [
  { before: {}, after: {} },
  { before: {}, after: { createdAt: 1 } },
  { before: { createdAt: 1 }, after: {} },
  { before: {}, after: { activatedAt: 1 } },
  { before: {}, after: { password: "changed" } },
  { before: { status: "disabled" }, after: { status: "enabled" } },
  { before: { status: "enabled" }, after: { status: "disabled" } },
];

test("[MG-HOOK-1] every type of event but the test is what some operation comes to, and has a name of the standard's form", () => {
  for (const name of webhookEventNames) {
    assert.match(name, /^[a-z_]+(\.[a-z_]+)+$/);
    const record = webhookEvents[name].of;
    const isTold = [...operationNames, ...ownActions].some((action) =>
      states.some((state) => record !== undefined && webhookEventOf({ record, action, ...state }) === name),
    );
    assert.equal(isTold, name !== "webhook.test", name);
  }
});

test("[MG-HOOK-1] what operators do among themselves is told to nobody", () => {
  for (const record of ["webhook", "operator", "managementKey", "invitation", "provider", "role", "column", "host"])
    for (const action of operationNames)
      for (const state of states) assert.equal(webhookEventOf({ record, action, ...state }), undefined);
});
