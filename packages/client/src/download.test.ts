import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { Status } from "@latchkey/protocol";
import { systemClock } from "./clock.ts";
import { download } from "./download.ts";

const file = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
const checksum = createHash("sha256").update(file).digest("hex");

/** What the next links do; a link beyond them sends all that is asked for. */
const faults: ((response: ServerResponse, rest: Uint8Array) => void)[] = [];
const host = createServer(({ url }, response) => {
  const rest = file.subarray(Number(url?.slice(1)));
  const fault = faults.shift();
  if (fault) fault(response, rest);
  else response.end(rest);
}).listen(0, "127.0.0.1");
await once(host, "listening");
after(() => {
  host.closeAllConnections();
  host.close();
});

function breakAfter(bytes: number) {
  return (response: ServerResponse, rest: Uint8Array) => {
    response.writeHead(200, { "content-length": rest.length });
    response.write(rest.subarray(0, bytes), () => setImmediate(() => response.destroy()));
  };
}
const refuse = (response: ServerResponse) => response.writeHead(403).end("no");
const sayNothing = () => undefined;

function source({
  fileChecksum = checksum,
  timeoutMs = 5_000,
  signal,
}: Partial<Record<"fileChecksum", string>> & { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const asked: number[] = [];
  const link = async (resumeAt: number) => {
    asked.push(resumeAt);
    const { port } = host.address() as AddressInfo;
    const presignedUrl = `http://127.0.0.1:${port}/${resumeAt}`;
    return { status: Status.Ok, output: { presignedUrl, fileSize: file.length, fileChecksum } };
  };
  return { asked, source: { link, clock: systemClock, terms: { timeoutMs, signal } } };
}

test("a file is fetched whole, verified, and its progress told", async () => {
  const progress: number[] = [];
  const onProgress = (received: number, size: number) => progress.push(received / size);
  const fetched = await download(source().source, { onProgress });
  assert.deepEqual([fetched.status, fetched.size, fetched.checksum], [Status.Ok, file.length, checksum]);
  assert.deepEqual(fetched.bytes, file);
  assert.equal(progress.at(-1), 1);
  assert.deepEqual(
    progress,
    progress.toSorted((a, b) => a - b),
  );
});

test("what breaks off goes on under a new link, from the byte reached", async () => {
  faults.push(breakAfter(100_000), refuse, breakAfter(50_000));
  const { asked, source: from } = source();
  const fetched = await download(from, {});
  assert.equal(fetched.status, Status.Ok);
  assert.deepEqual(fetched.bytes, file);
  assert.deepEqual(asked, [0, 100_000, 100_000, 150_000]);
});

test("what stalls is taken for broken off", async () => {
  faults.push(sayNothing);
  const { asked, source: from } = source({ timeoutMs: 50 });
  assert.deepEqual((await download(from, {})).bytes, file);
  assert.deepEqual(asked, [0, 0]);
});

test("a whole file with another checksum is not handed out", async () => {
  const fetched = await download(source({ fileChecksum: "0".repeat(64) }).source, {});
  assert.deepEqual([fetched.status, fetched.bytes.length], [Status.FileChecksumMismatch, 0]);
});

test("a file that is replaced meanwhile is not put together from both", async () => {
  faults.push(breakAfter(100_000));
  const { source: from } = source();
  const links = [checksum, "0".repeat(64)];
  const link = async (resumeAt: number) => {
    const { status, output } = await from.link(resumeAt);
    return { status, output: { ...output, fileChecksum: links.shift() } };
  };
  assert.equal((await download({ ...from, link }, {})).status, Status.FileChecksumMismatch);
});

test("the rest of a file comes from where it is asked for; nothing is left at its end", async () => {
  const rest = await download(source().source, { resumeAt: 200_000 });
  assert.deepEqual([rest.status, rest.bytes], [Status.Ok, file.slice(200_000)]);
  const nothing = await download(source().source, { resumeAt: file.length });
  assert.deepEqual([nothing.status, nothing.bytes.length], [Status.Ok, 0]);
});

test("a refusal of the link is the result, and links that bring nothing come to an end", async () => {
  const { source: from } = source();
  const refused = await download({ ...from, link: async () => ({ status: Status.FileNotFound, output: {} }) }, {});
  assert.deepEqual([refused.status, refused.bytes.length, refused.size], [Status.FileNotFound, 0, 0]);
  faults.push(refuse, refuse, refuse);
  await assert.rejects(download(from, {}), { name: "TransportError", code: "download_failed" });
});

test("a stream is given the bytes instead, and is closed only when they are right", async () => {
  const written: Uint8Array[] = [];
  const seen: string[] = [];
  const to = () =>
    new WritableStream<Uint8Array>({
      write: (chunk) => void written.push(chunk),
      close: () => void seen.push("close"),
      abort: () => void seen.push("abort"),
    });
  const fetched = await download(source().source, { to: to() });
  assert.deepEqual([fetched.status, fetched.bytes.length], [Status.Ok, 0]);
  assert.deepEqual(new Uint8Array(Buffer.concat(written)), file);
  await download(source({ fileChecksum: "0".repeat(64) }).source, { to: to() });
  assert.deepEqual(seen, ["close", "abort"]);
  const full = new WritableStream<Uint8Array>({ write: () => Promise.reject(new Error("disk full")) });
  await assert.rejects(download(source().source, { to: full }), /disk full/);
});

test("a signal ends a download", async () => {
  faults.push(sayNothing);
  const stop = new AbortController();
  const fetching = download(source({ signal: stop.signal }).source, {});
  setImmediate(() => stop.abort("enough"));
  await assert.rejects(fetching, { name: "TransportError", code: "aborted", cause: "enough" });
});
