import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addressKey } from "./address.ts";

test("[US-SEC-8] IPv4 addresses count each for itself, IPv6 addresses by their /64", () => {
  const cases: Record<string, string> = {
    "203.0.113.7": "203.0.113.7",
    "::ffff:203.0.113.7": "203.0.113.7",
    "::FFFF:203.0.113.7": "203.0.113.7",
    "2001:db8:1:2::1": "2001:db8:1:2::/64",
    "2001:DB8:1:2:ffff:ffff:ffff:ffff": "2001:db8:1:2::/64",
    "2001:0db8:0001:0002:0:0:0:0": "2001:db8:1:2::/64",
    "2001:db8::": "2001:db8:0:0::/64",
    "2001:db8::1:0:0:1": "2001:db8:0:0::/64",
    "2001:db8:0:1::": "2001:db8:0:1::/64",
    "1:2:3:4:5:6:7:8": "1:2:3:4::/64",
    "1:2:3:4:5:6:7::": "1:2:3:4::/64",
    "::2:3:4:5:6:7:8": "0:2:3:4::/64",
    "64:ff9b::203.0.113.7": "64:ff9b:0:0::/64",
    "1:2:3:4:5:6:203.0.113.7": "1:2:3:4::/64",
    "::1": "0:0:0:0::/64",
    "::": "0:0:0:0::/64",
    "fe80::1%eth0": "fe80:0:0:0::/64",
    "": "",
    console: "console",
  };
  assert.deepEqual(Object.fromEntries(Object.keys(cases).map((address) => [address, addressKey(address)])), cases);
});

test("[US-SEC-8] two IPv6 addresses count as one exactly when their first four groups are the same", () => {
  const group = fc.oneof(fc.constant(0), fc.nat({ max: 0xffff }));
  const groups = fc.array(group, { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(groups, groups, fc.boolean(), (one, other, share) => {
      const second = share ? [...one.slice(0, 4), ...other.slice(4)] : other;
      // ::ffff:0:0/96 is IPv4, which counts in full.
      fc.pre(![one, second].some((address) => address.slice(0, 5).every((each) => each === 0)));
      const same = one.slice(0, 4).join() === second.slice(0, 4).join();
      assert.equal(addressKey(written(one)) === addressKey(written(second)), same);
      assert.equal(addressKey(written(one)), addressKey(shortened(one)));
    }),
  );
});

function written(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16).padStart(4, "0").toUpperCase()).join(":");
}

/** With its longest run of zeros left out. */
function shortened(groups: readonly number[]): string {
  const text = `:${groups.map((group) => group.toString(16)).join(":")}:`;
  const runs = [...text.matchAll(/(?<=:)(0:)+/g)].sort((a, b) => b[0].length - a[0].length);
  const [run] = runs;
  const cut = run ? `${text.slice(0, run.index)}:${text.slice(run.index + run[0].length)}` : text;
  return cut.replace(/^:(?!:)/, "").replace(/(?<!:):$/, "");
}
