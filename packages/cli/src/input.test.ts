import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { Input } from "./input.ts";

function secret(...parts: readonly (string | Uint8Array)[]) {
  return new Input(Readable.from(parts.map((part) => Buffer.from(part))), false).readSecret();
}

test("a secret is all that is there, but for one line break at its end", async () => {
  assert.equal(await secret("pass", "word\n"), "password");
  assert.equal(await secret("pass word\r\n"), "pass word");
  assert.equal(await secret(" two\nlines\n\n"), " two\nlines\n");
  assert.equal(await secret(), "");
  const umlaut = Buffer.from("\u00fc");
  assert.equal(await secret(umlaut.subarray(0, 1), umlaut.subarray(1)), "\u00fc", "a character that comes in parts");
});

test("what is no text, or never ends, is no secret", async () => {
  assert.equal(await secret(Uint8Array.of(0xff, 0xfe)), undefined);
  const endless = Readable.from(
    (function* () {
      while (true) yield Buffer.alloc(1024, "x");
    })(),
  );
  assert.equal(await new Input(endless, false).readSecret(), undefined);
});
