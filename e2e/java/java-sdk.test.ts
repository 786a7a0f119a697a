import assert from "node:assert/strict";
import { after, before, suite, test, type TestContext } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import { must, newApplication, RestPeer, startTestServer, type TestServer } from "@latchkey/testkit";
import { type JavaProgram, type Line, type Said, startJava } from "./java-sdk.ts";

const email = "ann@example.com";
const password = "correct horse";
const deadToken = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";

const lines: readonly Line[] = [6, 7];
const forms = ["blocking", "callback"] as const;

for (const line of lines) {
  suite(`the Backendless Java SDK ${line}, unmodified`, () => {
    let server: TestServer;
    let java: Awaited<ReturnType<typeof startJava>>;
    before(async () => {
      server = await startTestServer({ settings: { signInsPerAddress: "1000000" } });
      java = await startJava(line);
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      if ("call" in java) await java[Symbol.asyncDispose]();
    });

    for (const form of forms) {
      scene(
        "[US-ACC-4] [US-CLIENT-2] [US-AMF-35] registers, logs in right and wrong, and reads itself",
        async (open) => {
          const { call, codeOf } = await open();
          const given = [
            "name=text:Ann €",
            "visits=int:5",
            "ratio=double:1.5",
            "points=long:5000000000",
            "isMember=boolean:true",
          ];
          const user = userIn(
            await call("register", `email=text:${email}`, `password=text:${password}`, ...given, "tags=list:a,b"),
          );
          assert.deepEqual(
            ["___class", "email", "name", "visits", "ratio", "points", "isMember", "tags", "updated"].map(
              (name) => user[name],
            ),
            ["Users", email, "Ann €", 5, { Double: 1.5 }, { Double: 5000000000 }, true, ["a", "b"], null],
          );
          assert.deepEqual(Object.keys(user["created"] as object), ["Date"]);
          assert.equal((await call("currentUser")).result, null);
          assert.equal(await codeOf("register", `email=text:${email}`, `password=text:${password}`), "3033");
          assert.equal(await codeOf("login", email, "wrong"), "3003");
          assert.equal(await codeOf("login", "nobody@example.com", "wrong"), "3003");

          const current = userIn(await call("login", email, password));
          assert.deepEqual([current["objectId"], current["user-token"]], [user["objectId"], undefined]);
          assert.deepEqual(userIn(await call("currentUser")), current);
          assert.deepEqual(userIn(await call("findById", String(user["objectId"]))), current);
          assert.equal(await codeOf("findById", deadToken), "3057");
        },
      );

      scene("[US-ACC-4] [US-AMF-9] a user who stays logged in is valid until the session is gone", async (open) => {
        const { call, rest } = await open(true);
        await call("login", email, password, "stay");
        const token = String((await call("userToken")).result);
        assert.equal(await rest.isLive(token), true);
        assert.equal((await call("isValidLogin")).result, true);
        assert.equal((await rest.get("/users/logout", token)).status, 200);
        assert.equal((await call("isValidLogin")).result, false);
      });

      scene("[US-ACC-4] [US-AMF-38] [US-ROLE-2] tells the roles with and without a user", async (open) => {
        const { call } = await open(true);
        assert.deepEqual((await call("getUserRoles")).result, ["AndroidUser", "NotAuthenticatedUser"]);
        await call("login", email, password);
        assert.deepEqual((await call("getUserRoles")).result, ["AndroidUser", "AuthenticatedUser"]);
      });

      scene("[US-ACC-4] [US-LOGOUT-1] [US-LOGOUT-2] logs out with a live token and without one", async (open) => {
        const { call, rest } = await open(true);
        await call("login", email, password);
        const token = String((await call("userToken")).result);
        assert.deepEqual(await call("logout"), { result: null });
        assert.equal(await rest.isLive(token), false);
        await isLoggedOut(call);
        assert.deepEqual(await call("logout"), { result: null });
      });

      scene(
        "[US-ACC-4] [US-LOGOUT-3] [US-LOGOUT-30] takes a logout with a dead token as one that has happened",
        async (open) => {
          const { call, codeOf, rest } = await open(true);
          await call("login", email, password);
          const token = String((await call("userToken")).result);
          assert.equal((await rest.get("/users/logout", token)).status, 200);
          assert.equal(await codeOf("getUserRoles"), "3064");
          assert.deepEqual(await call("logout"), { result: null });
          await isLoggedOut(call);
          await call("setUserToken", deadToken);
          assert.deepEqual(await call("logout"), { result: null });
          await isLoggedOut(call);
        },
      );

      scene(
        "[US-LOGOUT-30] [US-AMF-34] logs in while a user is current whose session has ended, and not at a wrong address",
        async (open) => {
          const { call, codeOf, rest, product } = await open(true);
          await call("login", email, password);
          const token = String((await call("userToken")).result);
          await rest.get("/users/logout", token);
          assert.equal(userIn(await call("login", email, password))["email"], email);
          await call("initApp", server.url, product.id, deadToken);
          assert.equal(await codeOf("getUserRoles"), "2002");
          await call("initApp", server.url, deadToken, product.apiKeys.ANDROID ?? "");
          assert.equal(await codeOf("logout"), "2002");
        },
      );

      scene("[US-LOGIN-7] [US-KEY-2] a client key does not log in by object id, server code does", async (open) => {
        const { call, codeOf, product, objectId } = await open(true);
        assert.equal(await codeOf("loginById", objectId), "2014");
        await call("initApp", server.url, product.id, product.apiKeys.BL ?? "");
        assert.equal(userIn(await call("loginById", objectId))["objectId"], objectId);
        assert.deepEqual((await call("getUserRoles")).result, ["ServerCodeUser", "AuthenticatedUser"]);
      });

      scene("[US-ACC-4] [US-AMF-36] [US-AMF-37] describes the columns of a user", async (open) => {
        const { call } = await open(true, ["score=double:5.5", "address=map:x", "since=date:5"]);
        const described = (await call("describeUserClass")).result as { name: string; type: string }[];
        const types = new Map(described.map(({ name, type }) => [name, type]));
        assert.deepEqual(
          ["email", "password", "score", "address", "since"].map((name) => types.get(name)),
          ["STRING", "STRING", "DOUBLE", "TEXT", "DATETIME"],
        );
        assert.deepEqual(
          described.find(({ name }) => name === "email"),
          { name: "email", type: "STRING", required: true, identity: true },
        );
      });

      scene("[US-ACC-4] [US-AMF-40] updates itself, and gets doubles and dates back as such", async (open) => {
        const { call } = await open(true, ["score=double:5.5", "since=date:1760000000000"]);
        await call("login", email, password);
        const changed = userIn(await call("update", "visits=int:6", "score=double:7.5"));
        assert.deepEqual(
          ["visits", "score", "since"].map((name) => changed[name]),
          [6, { Double: 7.5 }, { Date: 1_760_000_000_000 }],
        );
        assert.deepEqual(Object.keys(changed["updated"] as object), ["Date"]);
      });

      scene("[US-ACC-4] asks for a new password, for a known identity and an unknown one alike", async (open) => {
        const { call, codeOf } = await open(true);
        assert.deepEqual(await call("restorePassword", email), { result: null });
        assert.deepEqual(await call("restorePassword", "nobody@example.com"), { result: null });
        assert.equal(await codeOf("resendEmailConfirmation", email), "3103");
      });

      scene("[US-ACC-4] [US-GUEST-1] logs in as a guest and logs out again", async (open) => {
        const { call } = await open();
        assert.equal(userIn(await call("loginAsGuest"))["userStatus"], "GUEST");
        assert.deepEqual(await call("logout"), { result: null });
        await isLoggedOut(call);
      });

      scene("[US-CLIENT-2] server code changes roles and states, others may not", async (open) => {
        const { call, codeOf, product, objectId } = await open(true);
        assert.equal(await codeOf("assignRole", email, "Editors"), "2011");
        assert.equal(await codeOf("disableUser", objectId), "3054");
        await call("initApp", server.url, product.id, product.apiKeys.BL ?? "");
        assert.equal(await codeOf("assignRole", email, "AuthenticatedUser"), "2007");
        assert.equal(await codeOf("unassignRole", email, "Nobody"), "2005");
        assert.deepEqual(await call("disableUser", objectId), { result: null });
        assert.equal(await codeOf("disableUser", objectId), "3085");
        assert.deepEqual(await call("enableUser", objectId), { result: null });
      });

      if (line === 7) {
        scene("[US-CLIENT-2] server code verifies a password and reads somebody's roles", async (open) => {
          const { call, codeOf, product, objectId } = await open(true);
          await call("login", email, password, "stay");
          assert.equal(await codeOf("verifyPassword", password), "3122");
          await call("logout");
          await call("initApp", server.url, product.id, product.apiKeys.BL ?? "");
          await call("login", email, password, "stay");
          assert.equal((await call("verifyPassword", password)).result, true);
          assert.equal((await call("verifyPassword", "wrong")).result, false);
          assert.equal(await codeOf("getUserRolesOf", deadToken), "3057");
          assert.deepEqual(await call("disableUser", objectId), { result: null });
          assert.equal(await codeOf("getUserRoles"), "3090");
        });

        scene("[US-CLIENT-2] server code asks for a confirmation link, others may not", async (open) => {
          const { call, codeOf, product } = await open(true);
          assert.equal(await codeOf("createEmailConfirmationURL", email), "2000");
          await call("initApp", server.url, product.id, product.apiKeys.BL ?? "");
          assert.match(String((await call("createEmailConfirmationURL", email)).result), /\/users\/confirm\//);
          assert.equal(await codeOf("createEmailConfirmationURL", "nobody@example.com"), "3057");
        });

        scene("[US-CLIENT-2] [US-AMF-22] [US-AMF-39] lists the accounts with a role, for server code", async (open) => {
          const { call, codeOf, product, objectId } = await open(true);
          assert.equal(await codeOf("findByRole", "Editors", "10", "email asc"), "2000");
          await call("initApp", server.url, product.id, product.apiKeys.BL ?? "");
          assert.equal(await codeOf("findByRole", "AuthenticatedUser", "10", "email asc"), "2003");
          assert.equal(await codeOf("findByRole", "Nobody", "10", "email asc"), "2005");
          await must(server.console, "createRole", { applicationId: product.id, role: "Editors" });
          assert.deepEqual(await call("assignRole", email, "Editors"), { result: null });
          const [found, ...others] = (await call("findByRole", "Editors", "10", "email asc"))
            .result as Said["result"][];
          const editor = userIn({ result: found });
          assert.deepEqual([editor["objectId"], editor["roles"], others], [objectId, ["Editors"], []]);
          assert.deepEqual((await call("getUserRolesOf", objectId)).result, ["Editors"]);
          assert.deepEqual(await call("unassignRole", email, "Editors"), { result: null });
          if (form === "callback")
            assert.deepEqual((await call("findByRole", "Editors", "10", "email asc")).result, []);
        });
      }

      if (form === "callback") {
        scene("[US-SOCIAL-1] a provider that nobody has set up answers 3001", async (open) => {
          const { call } = await open();
          const { code, extendedData } = await call("getAuthorizationUrlLink", "google");
          assert.deepEqual([code, extendedData], ["3001", { provider: "google" }]);
        });
      }

      /** Tests in this form, in an application of its own. */
      function scene(title: string, run: (open: Open) => Promise<void>): void {
        test(`${title} (${form})`, async (t) => {
          const program = had(t);
          if (program) await run((isRegistered, properties) => opened(program, form, isRegistered, properties));
        });
      }
    }

    test("nothing has failed inside the server", (t) => {
      const program = had(t);
      if (!program) return;
      t.diagnostic(`the Java SDK that was driven: ${program.sdk}`);
      assert.deepEqual(
        server.logged.filter((line) => line.startsWith("failed ")),
        [],
      );
    });

    function had(t: TestContext): JavaProgram | undefined {
      if ("call" in java) return java;
      t.skip(`the Java SDK ${line} was NOT driven, it cannot be had here: ${java.reason}`);
      return undefined;
    }

    async function opened(program: JavaProgram, form: Form, isRegistered = false, properties: readonly string[] = []) {
      const settings: Partial<ApplicationSettings> = { enableMultipleLogins: true, maxConcurrentLogins: 0 };
      const product = await newApplication(server.console, settings);
      const call = (name: string, ...values: readonly string[]) => program.call(form, name, ...values);
      await call("logout");
      await call("initApp", server.url, product.id, product.apiKeys.ANDROID ?? "");
      const given = [`email=text:${email}`, `password=text:${password}`, ...properties];
      const objectId = isRegistered ? String(userIn(await call("register", ...given))["objectId"]) : "";
      return {
        product,
        objectId,
        call,
        rest: RestPeer.of(server, product),
        codeOf: async (...words: readonly [string, ...string[]]) => (await call(...words)).code,
      };
    }
  });
}

type Form = (typeof forms)[number];
type Call = (name: string, ...values: readonly string[]) => Promise<Said>;
interface Scene {
  readonly product: Awaited<ReturnType<typeof newApplication>>;
  readonly objectId: string;
  readonly call: Call;
  readonly rest: RestPeer;
  readonly codeOf: (...words: readonly [string, ...string[]]) => Promise<string | undefined>;
}
type Open = (isRegistered?: boolean, properties?: readonly string[]) => Promise<Scene>;

function userIn(said: Said): Record<string, unknown> {
  const { BackendlessUser } = (said.result ?? {}) as { readonly BackendlessUser?: Record<string, unknown> };
  assert.ok(BackendlessUser, JSON.stringify(said));
  return BackendlessUser;
}

async function isLoggedOut(call: Call): Promise<void> {
  assert.deepEqual([(await call("currentUser")).result, (await call("userToken")).result], [null, null]);
}
