import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "@latchkey/protocol";
import { readRoleQuery } from "./arguments.ts";

test("[US-AMF-22] the query object of findByRole says what the query of its row does, and nothing where it is empty", () => {
  const query = {
    DEFAULT_PAGE_SIZE: 10,
    DEFAULT_OFFSET: 0,
    pageSize: 20,
    offset: 5,
    whereClause: "plan = 'pro'",
    havingClause: "",
    groupBy: [],
    properties: [],
    excludeProperties: [],
    distinct: false,
    queryOptions: { related: [], ___class: "QueryOptions", sortBy: ["email asc"], fileReferencePrefix: null },
  };
  assert.deepEqual(readRoleQuery(["Editors", true, query]), {
    given: {
      role: "Editors",
      query: { loadRoles: true, pageSize: 20, offset: 5, where: "plan = 'pro'", sortBy: ["email asc"] },
    },
  });
  assert.deepEqual(readRoleQuery(["Editors", false, null]), { given: { role: "Editors", query: {} } });
  assert.deepEqual(readRoleQuery(["Editors"]), { given: { role: "Editors", query: {} } });
  assert.deepEqual(readRoleQuery([null, true]), { fault: faults.requiredArgumentNull });
  for (const values of [[5], ["Editors", "yes"], ["Editors", true, "all"]]) {
    assert.deepEqual(readRoleQuery(values), { fault: faults.malformedRequest });
  }
});

test("[US-TABLE-4] what this server cannot do with a query is passed on, to be refused", () => {
  const read = readRoleQuery(["Editors", true, { groupBy: ["plan"], queryOptions: { related: ["friends"] } }]);
  assert.deepEqual(read, {
    given: { role: "Editors", query: { loadRoles: true, groupBy: ["plan"], related: ["friends"] } },
  });
});
