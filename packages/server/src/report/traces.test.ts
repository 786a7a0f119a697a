import assert from "node:assert/strict";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import {
  ask,
  eventually,
  ManualClock,
  newApplication,
  openLive,
  packet,
  RestPeer,
  startTestServer,
  userPassword,
} from "@latchkey/testkit";

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
}

/** A receiver of OTLP over HTTP, and what came to it. */
async function startReceiver(status = 200) {
  const spans: Span[] = [];
  const paths = new Set<string>();
  const server = createServer((request, response) => {
    paths.add(`${request.method} ${request.url} ${request.headers["content-type"]}`);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      if (status === 200) spans.push(...body.resourceSpans[0].scopeSpans[0].spans);
      response.writeHead(status, { "Content-Type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function attributesOf({ attributes }: Span): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
}

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const parentId = "00f067aa0ba902b7";

suite("traces", () => {
  test("[MG-TRACE-1] each operation is a span with its door and outcome", async () => {
    await using receiver = await startReceiver();
    const clock = new ManualClock();
    const server = await startTestServer({ clock, settings: { otlpEndpoint: receiver.url } });
    const product = await newApplication(server.console);
    await ask(await openLive(server, product), packet.ping);
    const rest = RestPeer.of(server, product);
    const { headers } = await rest.post("/users/login", { login: "nobody", password: userPassword });
    await server[Symbol.asyncDispose]();
    assert.deepEqual([...receiver.paths], ["POST /v1/traces application/json"]);
    const told = receiver.spans.map((span) => [span.name, attributesOf(span)["latchkey.door"]]);
    assert.deepEqual(told.slice(0, 4), [
      ["createApplication", "console"],
      ["initialize", "live"],
      ["ping", "live"],
      ["login", "user-service"],
    ]);
    const login = receiver.spans[3]!;
    assert.deepEqual(attributesOf(login), {
      "latchkey.door": "user-service",
      "latchkey.operation": "login",
      "latchkey.outcome": "credentialsWrong",
      "latchkey.request_id": headers["x-request-id"],
    });
    assert.equal(login.endTimeUnixNano, `${clock.now()}000000`);
    assert.ok(BigInt(login.startTimeUnixNano) < BigInt(login.endTimeUnixNano));
    assert.equal(new Set(receiver.spans.map((span) => span.spanId)).size, receiver.spans.length);
  });

  test("[MG-TRACE-2] a trace goes on where the client's has come to, whatever its flags say", async () => {
    await using receiver = await startReceiver();
    const server = await startTestServer({ settings: { otlpEndpoint: receiver.url } });
    const rest = RestPeer.of(server, await newApplication(server.console));
    const given = [
      `00-${traceId}-${parentId}-01`,
      `00-${traceId}-${parentId}-00`,
      `cc-${traceId}-${parentId}-01-what-comes-later`,
      `ff-${traceId}-${parentId}-01`,
      `00-${traceId}-${parentId}-01-more`,
      `00-${"0".repeat(32)}-${parentId}-01`,
      `00-${traceId}-${"0".repeat(16)}-01`,
      "nonsense",
    ];
    for (const traceparent of given) {
      await rest.request("POST", "/users/login", {
        body: { login: "nobody", password: userPassword },
        headers: { traceparent },
      });
    }
    await server[Symbol.asyncDispose]();
    const logins = receiver.spans.filter(({ name }) => name === "login");
    assert.equal(logins.length, given.length);
    for (const [index, span] of logins.entries()) {
      const goesOn = index < 3;
      assert.equal(span.traceId === traceId, goesOn, `${given[index]}`);
      assert.equal(span.parentSpanId, goesOn ? parentId : undefined, `${given[index]}`);
      assert.match(span.traceId, /^[0-9a-f]{32}$/);
    }
  });

  test("[MG-TRACE-3] a receiver that refuses or is gone keeps nobody waiting; what it did not take is counted", async () => {
    await using refusing = await startReceiver(503);
    const gone = await startReceiver();
    await gone[Symbol.asyncDispose]();
    for (const { url } of [refusing, gone]) {
      const clock = new ManualClock();
      await using server = await startTestServer({ clock, settings: { otlpEndpoint: url, metricsPort: "0" } });
      const product = await newApplication(server.console);
      await ask(await openLive(server, product), packet.ping);
      await clock.advance(5_000);
      await eventually("the spans are given up", async () => {
        const text = await (await fetch(server.metricsUrl!)).text();
        return /^latchkey_spans_dropped_total 3$/m.test(text);
      });
      assert.ok(server.logged.some((line) => line.startsWith("traces not handed over")));
    }
  });
});
