import assert from "node:assert/strict";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { test } from "node:test";
import { newApplication, openLive, packet, RestPeer, startTestServer } from "@latchkey/testkit";
import { clientAddressReader, TrustedProxies } from "./client-address.ts";

function requestFrom(remoteAddress: string, forwarded: string | undefined): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: remoteAddress });
  const request = new IncomingMessage(socket);
  if (forwarded !== undefined) request.headers["x-forwarded-for"] = forwarded;
  return request;
}

type Case = [socket: string, forwarded: string | undefined, address: string];

function check(trustedProxies: readonly string[], cases: readonly Case[]): void {
  const addressOf = clientAddressReader(new TrustedProxies(trustedProxies));
  for (const [socket, forwarded, address] of cases) {
    assert.equal(addressOf(requestFrom(socket, forwarded)), address, `${socket} for ${forwarded ?? "nobody"}`);
  }
}

test("[US-SEC-8] without trusted proxies the address is the socket's, whatever a header says", () => {
  check(
    [],
    [
      ["203.0.113.9", undefined, "203.0.113.9"],
      ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
      ["::ffff:203.0.113.9", "198.51.100.1", "203.0.113.9"],
      ["2001:db8::9", "198.51.100.1", "2001:db8::9"],
      ["fe80::1%eth0", "198.51.100.1", "fe80::1%eth0"],
    ],
  );
});

test("[US-SEC-8] behind trusted proxies it is the rightmost entry that is none of them", () => {
  check(
    ["10.0.0.0/8", "192.0.2.1", "2001:db8:f::/48"],
    [
      ["10.1.2.3", "198.51.100.1", "198.51.100.1"],
      ["10.1.2.3", "198.51.100.1, 10.9.9.9", "198.51.100.1"],
      ["10.1.2.3", "1.1.1.1, 198.51.100.1,10.9.9.9 , 192.0.2.1", "198.51.100.1"],
      ["::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"],
      ["10.1.2.3", "::ffff:198.51.100.1", "198.51.100.1"],
      ["10.1.2.3", "198.51.100.1, ::ffff:10.9.9.9", "198.51.100.1"],
      ["2001:db8:f::1", "2001:db8:e::7", "2001:db8:e::7"],
      ["2001:db8:f::1", "2001:db8:e::7, 2001:db8:f:1::2", "2001:db8:e::7"],
      ["192.0.2.1", "198.51.100.1", "198.51.100.1"],
    ],
  );
});

test("[US-SEC-8] a socket that is no trusted proxy's is believed over its header", () => {
  check(
    ["10.0.0.0/8", "192.0.2.1"],
    [
      ["192.0.2.2", "198.51.100.1", "192.0.2.2"],
      ["11.0.0.1", "198.51.100.1", "11.0.0.1"],
      ["2001:db8::1", "198.51.100.1", "2001:db8::1"],
      ["fe80::1%eth0", "198.51.100.1", "fe80::1%eth0"],
      ["", "198.51.100.1", ""],
    ],
  );
});

test("[US-SEC-8] a header that is missing, malformed or all proxies leaves the socket's address", () => {
  const own = "10.1.2.3";
  const malformed = [
    undefined,
    "",
    " ",
    ",",
    "unknown",
    "198.51.100.1,",
    "198.51.100.1, unknown",
    "198.51.100.1:443",
    "[2001:db8:e::7]",
    "198.51.100.1 198.51.100.2",
    "198.51.100",
    "198.51.100.256",
    "10.9.9.9, 10.8.8.8",
  ];
  check(
    ["10.0.0.0/8"],
    malformed.map((forwarded): Case => [own, forwarded, own]),
  );
});

test("[US-SEC-8] both doors count a client by the address that its proxy names", async () => {
  await using server = await startTestServer({ settings: { trustedProxies: "127.0.0.1" } });
  const product = await newApplication(server.console, {
    accountsPerAddressPerDay: 1,
    registrationsPerAddressPerDay: 1,
  });
  const rest = RestPeer.of(server, product);
  const register = async (address: string, email: string) => {
    const headers = { "x-forwarded-for": address };
    return (await rest.request("POST", "/users/register", { headers, body: { email, password: "secret" } })).status;
  };
  const create = async (address: string, login: string) => {
    await using peer = await openLive(server, product, "client-1", { "x-forwarded-for": address });
    return (await peer.request(packet.createAccount, { login, password: "secret" }))["status"];
  };
  assert.deepEqual(
    [
      await register("198.51.100.1", "a@example.com"),
      await register("198.51.100.1", "b@example.com"),
      await register("198.51.100.2", "b@example.com"),
    ],
    [200, 429, 200],
  );
  assert.deepEqual(
    [
      await create("2001:db8:1:2::1", "user1"),
      await create("2001:db8:1:2::2", "user2"),
      await create("2001:db8:1:3::1", "user2"),
    ],
    [1, 5, 1],
  );
});
