import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointAt, locationOf } from "./endpoint.ts";

test("[LP-CONN-1] every way to write the server's address leads to /live", () => {
  const addresses = [
    ["http://127.0.0.1:8090", "ws://127.0.0.1:8090/live"],
    ["ws://127.0.0.1:8090/", "ws://127.0.0.1:8090/live"],
    ["ws://127.0.0.1:8090/live", "ws://127.0.0.1:8090/live"],
    ["ws://127.0.0.1:8090/live/", "ws://127.0.0.1:8090/live"],
    ["https://id.example.com", "wss://id.example.com/live"],
    ["wss://id.example.com/doors//?a=1#b", "wss://id.example.com/doors/live"],
    ["https://id.example.com/alive", "wss://id.example.com/alive/live"],
    ["http://[::1]:8090", "ws://[::1]:8090/live"],
  ] as const;
  for (const [address, expected] of addresses) {
    const { webSocketUrl, locationUrl } = endpointAt(address);
    assert.equal(webSocketUrl.href, expected);
    assert.equal(locationUrl.href, expected.replace(/^ws/, "http"));
  }
});

test("an address that cannot be a server's is refused at once", () => {
  for (const address of ["", "127.0.0.1:8090", "/live", "ftp://127.0.0.1", "file:///live"]) {
    assert.throws(() => endpointAt(address), TypeError, address);
  }
});

test("[LP-CONN-10] a server that does not say where it is, is where its address says", async () => {
  const nobody = endpointAt("http://127.0.0.1:9");
  assert.equal(await locationOf(nobody, new AbortController().signal), "127.0.0.1:9");
});
