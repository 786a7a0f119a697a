import assert from "node:assert/strict";
import { test } from "node:test";
import { networkList } from "./network-list.ts";
import { isPermitted, isPublicAddress, isWebhookUrl } from "./webhook-target.ts";

const refused = {
  unspecified: ["0.0.0.0", "0.1.2.3", "::"],
  loopback: ["127.0.0.1", "127.255.255.254", "::1"],
  private: ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"],
  "link-local": ["169.254.169.254", "fe80::1", "fe80::1%eth0", "febf::1"],
  "site-local": ["fec0::1"],
  "carrier-grade NAT": ["100.64.0.1", "100.127.255.255"],
  multicast: ["224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"],
  reserved: ["240.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1", "192.88.99.1", "100::1", "5f00::1", "4000::1"],
  examples: ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],
  "IPv4-mapped": ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8", "0:0:0:0:0:ffff:a9fe:a9fe"],
  "IPv4-compatible": ["::127.0.0.1", "::7f00:1", "::8.8.8.8"],
  NAT64: ["64:ff9b::127.0.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::a00:1"],
  "6to4": ["2002:7f00:1::", "2002:808:808::1"],
  Teredo: ["2001:0:53aa:64c::1"],
  "no address": ["", "localhost", "127.1", "0x7f000001", "2130706433", "example.com"],
};

for (const [what, addresses] of Object.entries(refused)) {
  test(`[MG-HOOK-9] ${what} is not on the internet`, () => {
    for (const address of addresses) assert.equal(isPublicAddress(address), false, address);
  });
}

test("[MG-HOOK-9] addresses of the internet are", () => {
  const addresses = [
    "8.8.8.8",
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "223.255.255.1",
  ];
  for (const address of [...addresses, "2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888"])
    assert.equal(isPublicAddress(address), true, address);
});

test("[MG-HOOK-9] a network that is named may be reached, also under the guise of IPv6, and no other by it", () => {
  const named = networkList(["127.0.0.0/8", "fd00::/8", "10.1.2.3"]);
  const http = new URL("http://hooks.example");
  for (const address of ["127.0.0.1", "::ffff:127.0.0.1", "fd00::1", "10.1.2.3"])
    assert.equal(isPermitted(address, http, named), true, address);
  for (const address of ["10.1.2.4", "::1", "8.8.8.8", "fe80::1", "fe80::1%lo", "localhost", "64:ff9b::7f00:1"])
    assert.equal(isPermitted(address, http, named), false, address);
  assert.equal(isPermitted("8.8.8.8", new URL("https://hooks.example"), named), true);
});

const local = ["127.0.0.0/8"];

test("[MG-HOOK-9] a webhook's URL is https, to a name or a public address", () => {
  for (const url of ["https://hooks.example/path?query=1", "https://hooks.example:8443", "https://8.8.8.8/"])
    assert.equal(isWebhookUrl(url, []), true, url);
  const wrong = [
    ...["http://hooks.example", "http://8.8.8.8", "ftp://hooks.example", "file:///etc/passwd", "hooks.example", ""],
    ...["https://user@hooks.example", "https://user:word@hooks.example", "https://:word@hooks.example"],
    ...["https://hooks.example/#part", `https://hooks.example/${"x".repeat(2_000)}`],
    ...["https://127.0.0.1", "https://127.1", "https://0x7f.0.0.1", "https://2130706433", "https://017700000001"],
    ...["https://[::1]", "https://[::ffff:127.0.0.1]", "https://[::ffff:7f00:1]", "https://[64:ff9b::a00:1]"],
    ...["https://0", "https://[::]", "https://１２７.0.0.1", "https://169.254.169.254/latest/meta-data"],
  ];
  for (const url of wrong) assert.equal(isWebhookUrl(url, []), false, url);
});

test("[MG-HOOK-9] http is for the networks that are named; where a name leads is seen later", () => {
  for (const url of ["http://127.0.0.1:3000", "http://[::ffff:127.0.0.1]", "http://127.1", "http://localhost:3000"])
    assert.equal(isWebhookUrl(url, local), true, url);
  for (const url of ["http://8.8.8.8", "http://10.0.0.1", "http://[::1]"])
    assert.equal(isWebhookUrl(url, local), false, url);
});
