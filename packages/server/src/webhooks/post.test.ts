import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, setGlobalProxyFromEnv } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { test } from "node:test";
import { flush } from "@latchkey/testkit";
import { networkList } from "#domain/network-list.ts";
import { post, type Resolve } from "./post.ts";
import { wordsFor } from "./words-for.ts";

const local = networkList(["127.0.0.0/8"]);
const never = new AbortController().signal;
const leadsTo =
  (...addresses: string[]): Resolve =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));

async function listen(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const send = (url: string, networks = local, resolve?: Resolve, signal = never) =>
  post({ url: new URL(url), headers: { "x-test": "yes" }, body: "{}" }, networks, signal, resolve);

test("[MG-HOOK-9] what is connected to is what was examined: the name is asked for once", async () => {
  const hosts: unknown[] = [];
  await using server = await listen((request, response) => {
    hosts.push(request.headers.host);
    response.end("heard");
  });
  let asked = 0;
  const turning: Resolve = () => leadsTo(asked++ === 0 ? "127.0.0.1" : "10.0.0.1")("");
  const url = `http://rebound.example:${server.port}/`;
  assert.deepEqual(await send(url, local, turning), { status: 200, text: "heard" });
  assert.equal(asked, 1);
  assert.deepEqual(hosts, [`rebound.example:${server.port}`]);
  await assert.rejects(send(url, local, turning), /may not be sent to 10\.0\.0\.1/);
  assert.equal(asked, 2);
});

test("[MG-HOOK-9] a public name that turns to loopback is not connected to", async () => {
  let requests = 0;
  await using server = await listen((_, response) => {
    requests++;
    response.end();
  });
  let asked = 0;
  const turning: Resolve = () => leadsTo(asked++ === 0 ? "192.0.2.255" : "127.0.0.1")("");
  const nowhere = networkList(["192.0.2.255"]);
  const soon = AbortSignal.timeout(50);
  await assert.rejects(send(`http://rebound.example:${server.port}/`, nowhere, turning, soon));
  await assert.rejects(send(`https://rebound.example:${server.port}/`, networkList([]), turning), /127\.0\.0\.1/);
  assert.equal(requests, 0);
});

test("[MG-HOOK-9] of several addresses only those are used that may be", async () => {
  await using server = await listen((_, response) => response.end("here"));
  const several = leadsTo("10.0.0.1", "::1", "127.0.0.1", "169.254.169.254");
  assert.equal((await send(`http://several.example:${server.port}/`, local, several)).text, "here");
  await assert.rejects(send("https://none.example/", local, leadsTo("10.0.0.1", "::1")), /to 10\.0\.0\.1, ::1 over/);
});

test("[MG-HOOK-9] an address in the URL is examined like any other", async () => {
  for (const url of ["http://127.0.0.1:1", "https://127.0.0.1:1", "https://[::1]:1", "https://[::ffff:7f00:1]:1"])
    await assert.rejects(send(url, networkList([])), { name: "ForbiddenTargetError" }, url);
  await assert.rejects(send("http://8.8.8.8:1"), /over http$/);
});

test("[MG-HOOK-10] a redirect is an answer and not followed, and a proxy of the environment is not used", async (t) => {
  let requests = 0;
  await using server = await listen((_, response) => {
    requests++;
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  const withoutProxy = setGlobalProxyFromEnv({ http_proxy: "http://127.0.0.1:1" });
  t.after(withoutProxy);
  await assert.rejects(fetch(`http://127.0.0.1:${server.port}/`));
  assert.equal((await send(`http://127.0.0.1:${server.port}/`)).status, 307);
  assert.equal(requests, 1);
});

test("[MG-HOOK-10] of a huge or endless answer the first kilobyte is read", async () => {
  let written = 0;
  await using server = await listen((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write("ä".repeat(1000))) written += 2000;
      response.once("drain", more);
    };
    response.on("error", () => undefined);
    more();
  });
  const { status, text } = await send(`http://127.0.0.1:${server.port}/`);
  assert.deepEqual([status, text], [200, "ä".repeat(512)]);
  assert.ok(written < 20_000_000);
});

test("[MG-HOOK-10] an answer that hangs after its status is that status when the time is up", async () => {
  const begun = Promise.withResolvers<void>();
  await using server = await listen((_, response) => response.write("so far\0", () => begun.resolve()));
  const limit = new AbortController();
  const sending = send(`http://127.0.0.1:${server.port}/`, local, undefined, limit.signal);
  await begun.promise;
  await flush();
  limit.abort();
  assert.deepEqual(await sending, { status: 200, text: "so far\ufffd" });
});

test("[MG-HOOK-10] no answer, no HTTP, nobody there, a name that never resolves: each ends, and is said in words", async () => {
  const limit = new AbortController();
  const hanging = send("https://hangs.example/", local, () => new Promise(() => undefined), limit.signal);
  limit.abort();
  await assert.rejects(hanging, { name: "AbortError" });
  await assert.rejects(send("https://hangs.example/", local, undefined, limit.signal), { name: "AbortError" });

  const tcp = createTcpServer(
    (socket) =>
      void socket
        .on("error", () => undefined)
        .resume()
        .end("SSH-2.0-OpenSSH\r\n"),
  );
  tcp.listen(0, "127.0.0.1");
  await once(tcp, "listening");
  const { port } = tcp.address() as AddressInfo;
  const failure = (url: string) => send(url).then(() => assert.fail(url), wordsFor);
  assert.equal(await failure(`http://127.0.0.1:${port}/`), "the answer is not HTTP");
  assert.match(await failure(`https://127.0.0.1:${port}/`), /TLS/);
  tcp.close();
  await once(tcp, "close");
  assert.equal(await failure(`http://127.0.0.1:${port}/`), "the connection was refused (ECONNREFUSED)");
  assert.match(await failure("http://nobody.invalid/"), /^the host name/);
});
