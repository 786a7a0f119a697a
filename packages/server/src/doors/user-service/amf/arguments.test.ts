import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "@latchkey/protocol";
import { readRoleQuery, readUpdate } from "./arguments.ts";

test("[US-AMF-21] [US-UPD-2] update takes the id from the map, and lacks it when it is not there", () => {
  const properties = { objectId: "A", name: "Ann" };
  assert.deepEqual(readUpdate([properties]), { given: { accountId: "A", properties } });
  for (const values of [[], [null], [{}], [{ objectId: null }]]) {
    assert.deepEqual(readUpdate(values), { fault: faults.requiredArgumentNull });
  }
  for (const values of [["x"], [[]], [{ objectId: 5 }]]) {
    assert.deepEqual(readUpdate(values), { fault: faults.malformedRequest });
  }
});

test("[US-AMF-22] the query object of findByRole says what the query of its row does, and nothing where it is empty", () => {
  const query = {
    DEFAULT_PAGE_SIZE: 10,
    pageSize: 20,
    offset: 5,
    whereClause: "plan = 'pro'",
    havingClause: "",
    groupBy: [],
    distinct: false,
    queryOptions: { related: [], ___class: "QueryOptions", sortBy: ["email asc"], fileReferencePrefix: null },
  };
  assert.deepEqual(readRoleQuery(["Editors", true, query]), {
    given: {
      role: "Editors",
      query: { loadRoles: true, pageSize: 20, offset: 5, where: "plan = 'pro'", sortBy: ["email asc"] },
    },
  });
  assert.deepEqual(readRoleQuery(["Editors"]), { given: { role: "Editors", query: {} } });
});

test("[US-TABLE-4] what this server cannot do with a query is passed on, to be refused", () => {
  const read = readRoleQuery(["Editors", true, { groupBy: ["plan"], queryOptions: { related: ["friends"] } }]);
  assert.deepEqual(read, {
    given: { role: "Editors", query: { loadRoles: true, groupBy: ["plan"], related: ["friends"] } },
  });
});
