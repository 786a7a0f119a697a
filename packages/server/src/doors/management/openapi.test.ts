import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { scopes } from "@latchkey/protocol";
import { must, newApplication, startTestServer, type TestServer } from "@latchkey/testkit";
import { Validator } from "@seriousme/openapi-schema-validator";
import { OpenAPIClientAxios } from "openapi-client-axios";

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server[Symbol.asyncDispose]());

async function readDocument(): Promise<Record<string, unknown>> {
  const response = await fetch(`${server.url}/manage/v1/openapi.json`);
  assert.equal(response.status, 200);
  return (await response.json()) as Record<string, unknown>;
}

test("[MG-API-1] the document is what OpenAPI 3.1 says a document is", async () => {
  const { valid, errors } = await new Validator().validate(await readDocument());
  assert.ok(valid, JSON.stringify(errors));
});

test("[MG-API-2] a client that knows nothing but the document sells, pauses and revokes a license", async () => {
  const { id: applicationId } = await newApplication(server.console);
  const { key } = await must(server.console, "createManagementKey", {
    name: "of a foreign client",
    scopes: scopes.filter((scope) => scope.startsWith("licenses:")),
    applicationIds: [applicationId],
  });
  const definition = { ...(await readDocument()), servers: [{ url: server.url }] };
  const headers = { authorization: `Bearer ${key}` };
  const foreign = new OpenAPIClientAxios({
    // The library's type asks for what the test above has seen.
    definition: definition as never,
    axiosConfigDefaults: { headers, validateStatus: () => true },
  });
  const client = await foreign.init();
  const created = await client["createLicenses"]?.({ applicationId }, { count: 1, levels: ["pro"] });
  assert.equal(created?.status, 201);
  const { licenses } = created.data as { licenses: { license: string }[] };
  const license = licenses[0]?.license ?? "";
  const paused = await client["pauseLicense"]?.({ applicationId, license }, {});
  assert.equal((paused?.data as { license: { state: string } }).license.state, "paused");
  const deleted = await client["deleteLicense"]?.({ applicationId, license });
  assert.equal(deleted?.status, 200);
  const gone = await client["showLicense"]?.({ applicationId, license });
  assert.equal((gone?.data as { code: string }).code, "licenseNotFound");
  const refused = await client["listAccounts"]?.({ applicationId });
  assert.equal(refused?.status, 403);
});
