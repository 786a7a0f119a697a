import assert from "node:assert/strict";
import { test } from "node:test";
import { loginRow, userRow } from "../user-row.ts";
import { amfUser } from "./amf-user.ts";
import { AmfDouble } from "./values.ts";

const account: Parameters<typeof amfUser>[0] = {
  id: "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0",
  status: "enabled",
  levels: [],
  properties: { visits: 5, score: 5, since: 5, plan: "pro", nothing: null, rating: null, tags: [5] },
  propertyTypes: {
    visits: "INT",
    score: "DOUBLE",
    since: "DATETIME",
    nothing: "DATETIME",
    rating: "DOUBLE",
    tags: "JSON",
  },
  createdAt: 1,
  updatedAt: 2,
};

test("[US-AMF-35] [US-AMF-40] [US-DATA-4] a number is a date or a double where its column says so", () => {
  const { className, members } = amfUser(account, userRow(account));
  assert.equal(className, "Users");
  assert.deepEqual(
    ["___class", "visits", "score", "since", "nothing", "rating", "tags"].map((name) => members[name]),
    ["Users", 5, new AmfDouble(5), new Date(5), null, null, [5]],
  );
  assert.deepEqual([members["created"], members["updated"], members["lastLogin"]], [new Date(1), new Date(2), null]);
});

test("[US-DATA-2] a token is there when one is given", () => {
  assert.ok(!("user-token" in amfUser(account, userRow(account)).members));
  assert.equal(amfUser(account, loginRow(account, "token")).members["user-token"], "token");
});
