import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { test } from "node:test";
import { boundedFetch } from "./bounded-fetch.ts";

async function serve(answer: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("only https is asked, and http on this very machine", async () => {
  for (const url of ["http://example.com/", "file:///etc/passwd", "ftp://127.0.0.1/", "http://127.0.0.1.example.com/"])
    await assert.rejects(boundedFetch(url, {}), /neither https nor on this machine/);
});

test("a provider's answer does not lead on to somewhere else", async () => {
  let asked = 0;
  await using elsewhere = await serve((_, response) => {
    asked++;
    response.end();
  });
  await using provider = await serve((_, response) => response.writeHead(302, { location: elsewhere.url }).end());
  assert.equal((await boundedFetch(provider.url, {})).status, 302);
  assert.equal(asked, 0);
});

test("an answer that never ends is not read to its end", async () => {
  await using provider = await serve((_, response) => {
    const endless = Readable.from(Array.from({ length: 1_000 }, () => Buffer.alloc(65_536)));
    pipeline(endless, response, () => undefined);
  });
  await assert.rejects(boundedFetch(provider.url, {}), /longer than 262144 bytes/);
});

test("an answer that does not come in time is given up", async () => {
  await using provider = await serve(() => undefined);
  const signal = AbortSignal.abort(new Error("too late"));
  await assert.rejects(boundedFetch(provider.url, { signal }), /too late/);
});
