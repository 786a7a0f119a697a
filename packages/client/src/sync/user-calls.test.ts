import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import type { AsyncCallback, UserCallName } from "../user-calls.ts";
import { userCallNames } from "../user-calls.ts";
import { UserService } from "../user-service.ts";
import { UserServiceFault } from "../user-service-fault.ts";
import { SyncUserService } from "./sync-user-service.ts";

/** A call by a user who is logged in: what it is given, what it sends and what it makes of the answer. */
interface Case {
  readonly args: readonly unknown[];
  readonly sends: readonly Sent[];
  readonly answer?: unknown;
  readonly result?: unknown;
}

type Sent = readonly [request: string, token: "token" | "", body?: unknown];

const alice = { objectId: "A-1", email: "alice@wonderland.com", plan: "pro" };
const loginAnswer = { ...alice, "user-token": "T-1" };
const secondAnswer = { ...alice, plan: "free", "user-token": "T-2" };
const second = { ...alice, plan: "free" };
const column = { name: "plan", type: "STRING", required: false, identity: false };
const guest = { objectId: "G-1", userStatus: "GUEST" };

/** Every call, once: one that is missing does not compile. */
const cases: Readonly<Record<UserCallName, readonly Case[]>> = {
  register: [{ args: [alice], sends: [["POST /users/register", "token", alice]], answer: alice, result: alice }],
  login: [
    {
      args: ["alice", "white rabbit"],
      sends: [["POST /users/login", "", { login: "alice", password: "white rabbit" }]],
      answer: secondAnswer,
      result: second,
    },
  ],
  loginAsGuest: [
    { args: [], sends: [["POST /users/register/guest", ""]], answer: { ...guest, "user-token": "T-2" }, result: guest },
  ],
  loginWithObjectId: [
    {
      args: ["A-1"],
      sends: [["POST /users/login", "", { objectId: "A-1" }]],
      answer: secondAnswer,
      result: second,
    },
  ],
  loginWithOAuth2: [
    {
      args: ["google", "at", undefined],
      sends: [["POST /users/social/google/login", "", { accessToken: "at" }]],
      answer: secondAnswer,
      result: second,
    },
    {
      args: ["go/ogle", "at", { fieldsMapping: { name: "nick" }, guestUser: guest }],
      sends: [
        [
          "POST /users/social/go%2Fogle/login",
          "",
          { accessToken: "at", fieldsMapping: { name: "nick" }, guestUser: guest },
        ],
      ],
      answer: secondAnswer,
      result: second,
    },
  ],
  loginWithToken: [{ args: ["A-1", "T-1"], sends: [["GET /data/Users/A-1", "token"]], answer: second, result: second }],
  getAuthorizationUrlLink: [
    {
      args: ["google", undefined],
      sends: [["POST /users/oauth/google/request_url", "", {}]],
      answer: "https://id",
      result: "https://id",
    },
    {
      args: ["google", { permissions: ["email"], redirect: true, redirectAfterLoginUrl: "https://app" }],
      sends: [
        [
          "POST /users/oauth/google/request_url",
          "",
          { permissions: ["email"], redirect: true, redirectAfterLoginUrl: "https://app" },
        ],
      ],
      answer: "https://id",
      result: "https://id",
    },
  ],
  logout: [{ args: [], sends: [["GET /users/logout", "token"]], answer: null, result: undefined }],
  isValidLogin: [
    { args: [], sends: [["GET /users/isvalidusertoken/T-1", ""]], answer: true, result: true },
    { args: [], sends: [["GET /users/isvalidusertoken/T-1", ""]], answer: false, result: false },
  ],
  getCurrentUser: [{ args: [], sends: [], result: alice }],
  reloadCurrentUser: [{ args: [], sends: [["GET /data/Users/A-1", "token"]], answer: second, result: second }],
  getUserToken: [{ args: [], sends: [], result: "T-1" }],
  update: [{ args: [second], sends: [["PUT /users/A-1", "token", second]], answer: second, result: second }],
  deleteUser: [
    {
      args: ["A-1"],
      sends: [["DELETE /data/Users/A-1", "token"]],
      answer: { deletionTime: 1_760_000_000_000 },
      result: undefined,
    },
  ],
  findById: [{ args: ["A/2?"], sends: [["GET /data/Users/A%2F2%3F", "token"]], answer: second, result: second }],
  findUsers: [
    {
      args: [{ where: "plan = 'pro'", sortBy: "created desc", props: ["email", "plan"], excludeProps: ["a", "b"] }],
      sends: [
        [
          "POST /data/Users/find",
          "token",
          { where: "plan = 'pro'", sortBy: "created desc", props: "email,plan", excludeProps: "a,b" },
        ],
      ],
      answer: [alice],
      result: [alice],
    },
    { args: [undefined], sends: [["POST /data/Users/find", "token", {}]], answer: [], result: [] },
  ],
  findByRole: [
    { args: ["editor", undefined], sends: [["GET /users/role/editor", "token"]], answer: [], result: [] },
    {
      args: ["a/b", { loadRoles: true, pageSize: 5, where: "plan = 'a&b'", props: ["email", "plan"] }],
      sends: [
        [
          "GET /users/role/a%2Fb?loadRoles=true&pageSize=5&where=plan+%3D+%27a%26b%27&property=email&property=plan",
          "token",
        ],
      ],
      answer: [{ ...alice, roles: ["a/b"] }],
      result: [{ ...alice, roles: ["a/b"] }],
    },
  ],
  getUserRoles: [{ args: [], sends: [["GET /users/userroles", "token"]], answer: ["JSUser"], result: ["JSUser"] }],
  getRolesOf: [{ args: ["A-2"], sends: [["GET /users/userroles/A-2", "token"]], answer: [], result: [] }],
  assignRole: [
    {
      args: ["alice", "editor"],
      sends: [["POST /users/assignRole", "token", { user: "alice", roleName: "editor" }]],
      answer: null,
    },
  ],
  unassignRole: [
    {
      args: ["alice", "editor"],
      sends: [["POST /users/unassignRole", "token", { user: "alice", roleName: "editor" }]],
      answer: null,
    },
  ],
  enableUser: [{ args: ["A-2"], sends: [["PUT /users/A-2/status", "token", { userStatus: "ENABLED" }]], answer: null }],
  disableUser: [
    { args: ["A-2"], sends: [["PUT /users/A-2/status", "token", { userStatus: "DISABLED" }]], answer: null },
  ],
  verifyPassword: [
    {
      args: ["secret"],
      sends: [["POST /users/verifypassword", "token", { password: "secret" }]],
      answer: true,
      result: true,
    },
  ],
  describeUserClass: [
    { args: [], sends: [["GET /users/userclassprops", "token"]], answer: [column], result: [column] },
  ],
  restorePassword: [
    {
      args: ["alice+1@example.com"],
      sends: [["GET /users/restorepassword/alice%2B1%40example.com", ""]],
      answer: null,
    },
  ],
  resendEmailConfirmation: [
    { args: ["a/b@example.com"], sends: [["POST /users/resendconfirmation/a%2Fb%40example.com", ""]], answer: {} },
  ],
  createEmailConfirmationURL: [
    {
      args: ["alice@example.com"],
      sends: [["POST /users/createEmailConfirmationURL/alice%40example.com", "token"]],
      answer: { confirmationURL: "https://confirm" },
      result: "https://confirm",
    },
  ],
};

/** Answers that are not what a call has to have; every text is none of a user, a list or a boolean. */
const unusable: Partial<Record<UserCallName, unknown>> = {
  findUsers: {},
  getUserRoles: [1],
  describeUserClass: [{}],
  getAuthorizationUrlLink: null,
  createEmailConfirmationURL: {},
  update: [],
  login: alice,
};

type Untyped = Record<UserCallName, (...args: unknown[]) => unknown>;

/** Every form of a call, as a promise of what it comes to. */
const forms: Readonly<Record<string, (options: Options) => Promise<Form> | Form>> = {
  "a promise": (options) => {
    const users = new UserService(options);
    const calls = users as unknown as Untyped;
    return { call: async (name, args) => calls[name](...args), end: () => undefined };
  },
  "an AsyncCallback": (options) => {
    const users = new UserService(options);
    const calls = users as unknown as Untyped;
    const call: Form["call"] = (name, args) =>
      new Promise((handleResponse, handleFault) => {
        const callback: AsyncCallback<unknown> = { handleResponse, handleFault };
        assert.equal(calls[name](...args, callback), undefined);
      });
    return { call, end: () => undefined };
  },
  "a blocking call": (options) => {
    const users = new SyncUserService(options);
    const calls = users as unknown as Untyped;
    return { call: async (name, args) => calls[name](...args), end: () => users[Symbol.dispose]() };
  },
};

interface Options {
  readonly url: string;
  readonly applicationId: string;
  readonly apiKey: string;
}

interface Form {
  readonly call: (name: UserCallName, args: readonly unknown[]) => Promise<unknown>;
  readonly end: () => void;
}

// A server in the thread that blocks could never answer, so this file is also the program of the server's thread.
if (isMainThread) testInThisThread();
else recordInThisThread();

/** Answers as it is told to, and tells what it was asked. */
function recordInThisThread(): void {
  let answer: unknown;
  let recorded: Sent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      if (request.url === "/next") {
        answer = body;
        response.end(JSON.stringify(recorded));
        recorded = [];
        return;
      }
      const path = request.url?.replace("/app/key", "") ?? "";
      const token = request.headers["user-token"] === "T-1" ? "token" : "";
      recorded.push(
        body === undefined ? [`${request.method} ${path}`, token] : [`${request.method} ${path}`, token, body],
      );
      response.end(JSON.stringify(answer ?? null));
    });
  });
  server.listen(0, "127.0.0.1", () => parentPort?.postMessage((server.address() as AddressInfo).port));
  parentPort?.once("message", () => {
    server.closeAllConnections();
    server.close();
    parentPort?.close();
  });
}

function testInThisThread(): void {
  let thread: Worker;
  let options: Options;

  before(async () => {
    thread = new Worker(new URL(import.meta.url));
    const [port] = (await once(thread, "message")) as [number];
    options = { url: `http://127.0.0.1:${port}`, applicationId: "app", apiKey: "key" };
  });
  after(async () => {
    thread.postMessage("stop");
    await once(thread, "exit");
  });

  /** Sets the answer to what comes, and tells what was asked until now. */
  async function next(answer: unknown): Promise<Sent[]> {
    const response = await fetch(`${options.url}/next`, { method: "POST", body: JSON.stringify(answer ?? null) });
    return (await response.json()) as Sent[];
  }

  async function loggedIn(form: Form): Promise<void> {
    await next(loginAnswer);
    await form.call("login", ["alice", "white rabbit"]);
  }

  for (const [kind, newForm] of Object.entries(forms)) {
    test(`as ${kind}, every call sends what the contract has for it, and has its result`, async () => {
      const form = await newForm(options);
      for (const name of userCallNames) {
        for (const { args, sends, answer, result } of cases[name]) {
          await loggedIn(form);
          await next(answer);
          assert.deepEqual(await form.call(name, args), result, name);
          assert.deepEqual(await next(null), sends, name);
        }
      }
      form.end();
    });

    test(`as ${kind}, a call whose answer is another's fails`, async () => {
      const form = await newForm(options);
      for (const [name, answer] of Object.entries(unusable) as [UserCallName, unknown][]) {
        await loggedIn(form);
        await next(answer);
        const call = form.call(name, cases[name][0]!.args);
        await assert.rejects(call, { name: "UserServiceFault", code: 90_001 }, name);
        assert.ok((await call.catch((fault: unknown) => fault)) instanceof UserServiceFault);
      }
      form.end();
    });
  }

  test("a service has no other calls, whatever its form", () => {
    const others = ["constructor", "withTimeout", "withSignal"];
    for (const { prototype } of [UserService, SyncUserService]) {
      const methods = Object.getOwnPropertyNames(prototype).filter((name) => !others.includes(name));
      assert.deepEqual(methods.sort(), [...userCallNames].sort());
    }
  });

  test("a blocking service waits as long as it is told to", () => {
    using users = new SyncUserService(options);
    assert.throws(() => users.withTimeout(0), RangeError);
    assert.throws(() => new SyncUserService({ ...options, url: "nowhere" }), TypeError);
    assert.equal(users.withTimeout(5_000).getCurrentUser(), null);
  });
}
