import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { definitionOf, isPacketName, operationNames, operations, Status, statusOf } from "@latchkey/protocol";
import { onEachDatabase, startTestServer, type TestServer } from "@latchkey/testkit";
import { latchkeySeeder } from "./latchkey-seeder.ts";
import { play, type Target } from "./play.ts";
import { type Flow, serverFlows, type Step } from "./vectors.ts";

/** The vectors knock more often than any client may. */
const settings = { signInsPerIdentity: "10000", signInsPerAddress: "10000", blacklistsPerAddress: "1000" };
const flows = serverFlows();

/** Vectors that the server does not meet yet, and what is missing. */
const missing = new Map([
  ["end_sessions names a session or all others", "a body that names nobody ends all others"],
  ["end_sessions with others false names nothing", "a body that names nobody ends all others"],
  [
    "a request sent again after a resume is answered as before, and not run again",
    "the answer to create_account is not kept",
  ],
]);

const changed: readonly Step[] = [
  { ask: { type: 17, subscribed: true }, answer: { status: 1 } },
  { operator: "setVersion", with: { version: "2.0" } },
  { connect: "other", initialize: "client-2" },
  { on: "other", ask: { type: 17, subscribed: true }, answer: { status: 1 } },
];

/**
 * `packet status` that no client and no operator can bring about at will: an e-mail address to be confirmed, and the
 * moment between the end of an account's last license and the end of what it was authorized by.
 */
const unreachable = ["3 803", "16 203"];

onEachDatabase("conformance", (newDatabase) => {
  let server: TestServer;
  let target: Target;
  before(async () => {
    server = await startTestServer({ settings: { ...settings, ...(await newDatabase()) } });
    target = targetOf(server);
  });
  after(() => server[Symbol.asyncDispose]());

  for (const flow of flows) {
    const todo = missing.get(flow.title);
    test(`[${flow.rules.join("] [")}] ${flow.title}`, { todo: todo ?? false }, () => play(flow, target));
  }

  test("nothing has failed inside", () => {
    assert.deepEqual(server.logged, []);
  });
});

suite("the conformance kit", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings });
  });
  after(() => server[Symbol.asyncDispose]());

  /** Each departs from what a right server does, in one thing. */
  const wrong: readonly (readonly [reason: RegExp, ...steps: Step[]])[] = [
    [/status is 3 and not 1/, { ask: { type: 5 }, answer: { status: 1 } }],
    [/app_name is absent/, { ask: { type: 103 }, answer: { status: 1, app_name: "$text" } }],
    [
      /online_users_count is 0 and not "\$absent"/,
      { ask: { type: 10 }, answer: { status: 1, online_users_count: "$absent" } },
    ],
    [/is 0 and not "\$between:1:2"/, { ask: { type: 10 }, answer: { status: 1, online_users_count: "$between:1:2" } }],
    [/code is 4301 and not 4302/, { send: [{ type: 18, id: 1 }] }, { closed: 4302 }],
    [/reason is /, { send: [{ type: 18, id: 1 }] }, { closed: 4301, reason: "nonsense" }],
    [
      /closed with 4301 .* instead of an answer to 1/,
      { send: [{ type: 18, id: 1 }] },
      { answers: [{ id: 1, status: 1 }] },
    ],
    [/answered with .* instead of a close/, { send: [{ type: 103, id: 1 }] }, { closed: 4300 }],
    [/waited 300 ms for an event/, { event: { event_type: 1, content: "$absent" } }],
    [/waited 300 ms for an answer to 2/, { send: [{ type: 103, id: 1 }] }, { answers: [{ id: 2, status: 1 }] }],
    [/event_type is 102 and not 101/, ...changed, { event: { event_type: 101, content: "$absent" } }],
    [/an event has come/, ...changed, { ask: { type: 10 }, answer: { status: 1 } }, { quiet: "a" }],
    [/nothing is called \$LICENSE/, { ask: { type: 2, license: "$LICENSE" }, answer: { status: 1 } }],
  ];
  for (const [reason, ...steps] of wrong) {
    test(`finds out: ${reason.source}`, async () => {
      const flow: Flow = { title: "wrong", rules: [], steps: [{ connect: "a", initialize: "client-1" }, ...steps] };
      await assert.rejects(play(flow, { ...targetOf(server), deadlineMs: 300 }), reason);
    });
  }

  test("has a flow for every status of every operation that somebody can bring about", () => {
    const shown = new Set(flows.flatMap(({ steps }) => statusesIn(steps)));
    const promised = operationNames.filter(isPacketName).flatMap((name) => {
      const statuses = definitionOf(name).refuses.map((refusal) => new Map(Object.entries(statusOf)).get(refusal));
      return [Status.Ok, ...statuses]
        .filter((status) => status !== undefined)
        .map((status) => `${operations[name].type} ${status}`);
    });
    assert.deepEqual(
      [...new Set(promised)].filter((one) => !shown.has(one)),
      unreachable,
    );
  });

  test("has a title of its own for every vector", () => {
    const titles = flows.map(({ title }) => title);
    assert.deepEqual(
      titles.filter((title, index) => titles.indexOf(title) !== index),
      [],
    );
  });

  test("plays at a URL from the command line, seeded by a command beside the server", async () => {
    const seed = `"${process.execPath}" conformance/seed-latchkey.ts --data "${server.dataDirectory}" --url ${server.url}`;
    const { code, output } = await run("--url", webSocketUrl(server), "--seed", seed, "--only", "LP-OUT-");
    assert.equal(code, 0, output);
    assert.match(output, /✔ \[LP-OUT-1 LP-OUT-2 LP-OUT-3\]/);
    assert.match(output, /\b0 failed/);
  });

  test("takes a seeding file, leaves out what needs an operator, and fails where the server departs", async () => {
    const directory = mkdtempSync(join(tmpdir(), "latchkey-conformance-"));
    try {
      const seed = join(directory, "seed.json");
      const { app = "", key = "" } = await targetOf(server).seeder.seed({}, { title: "", rules: [], steps: [] });
      writeFileSync(seed, JSON.stringify({ "*": { app, key } }));
      const frames = await run("--url", webSocketUrl(server), "--seed", seed, "--only", "LP-ENV-2");
      assert.equal(frames.code, 0, frames.output);
      const events = await run("--url", webSocketUrl(server), "--seed", seed, "--only", "LP-EVT-4");
      assert.equal(events.code, 1, "nothing was played");
      assert.match(events.output, /1 left out|2 left out|3 left out/);
      writeFileSync(seed, JSON.stringify({ "*": { app, key: "BA0123456789ABCDEFGHI" } }));
      const refused = await run("--url", webSocketUrl(server), "--seed", seed, "--only", "LP-ENV-2");
      assert.equal(refused.code, 1);
      assert.match(refused.output, /✖ .*\n.*status is 600 and not 1/);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

function targetOf(server: TestServer): Target {
  return { url: webSocketUrl(server), seeder: latchkeySeeder(server.console, server.url) };
}

function webSocketUrl({ url }: TestServer): string {
  return url.replace(/^http/, "ws");
}

/** `packet status` of all answers that steps expect. */
function statusesIn(steps: readonly Step[]): string[] {
  const sent = new Map<unknown, unknown>();
  return steps.flatMap((step) => {
    if ("ask" in step) return [`${plain(step.ask["type"])} ${plain(step.answer["status"])}`];
    if ("connect" in step) return step.initialize === undefined ? [] : ["0 1"];
    if ("send" in step)
      for (const frame of step.send) if (typeof frame === "object") sent.set(frame["id"], frame["type"]);
    if (!("answers" in step)) return [];
    return step.answers.map(({ id, status }) => `${plain(sent.get(id))} ${plain(status)}`);
  });
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

async function run(...args: string[]): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, ["conformance/run.ts", ...args], { cwd: join(import.meta.dirname, "..") });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, output: chunks.join("") };
}
