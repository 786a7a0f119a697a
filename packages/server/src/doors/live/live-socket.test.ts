import assert from "node:assert/strict";
import { test } from "node:test";
import { newApplication, newLicense, RawPeer, startTestServer } from "@latchkey/testkit";

test("[LP-RES-7][LP-LIC-6] a goodbye is answered when the seat is free, so the next client gets it at once", async () => {
  await using server = await startTestServer();
  const { websocketApiKey, ...product } = await newApplication(server.console);
  const license = await newLicense(server.console, { websocketApiKey, ...product }, { seats: 1 });
  const connect = async (clientId: string) => {
    const peer = await RawPeer.connect(server.url);
    await peer.request(0, { websocket_api_key: websocketApiKey, client_id: clientId });
    return peer;
  };
  await using next = await connect("next");
  for (let n = 0; n < 20; n++) {
    const leaving = await connect(`leaving-${n}`);
    assert.equal((await leaving.request(2, { license }))["status"], 1);
    leaving.socket.close(1000);
    await leaving.closing();
    assert.equal((await next.request(2, { license }))["status"], 1);
    assert.equal((await next.request(5))["status"], 1);
  }
});
