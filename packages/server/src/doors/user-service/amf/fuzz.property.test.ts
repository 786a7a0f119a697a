import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { faults } from "@latchkey/protocol";
import { addAccount, amfMessage, AmfPeer, newApplication, type Said, startTestServer } from "@latchkey/testkit";
import fc from "fast-check";
import { readRequest } from "./message.ts";

const read = 40_000;
const sent = 12_000;
const sentAtOnce = 40;

const { requests } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../../../../conformance/amf/requests.json"), "utf8"),
) as { readonly requests: readonly { readonly hex: string }[] };
const recorded = requests.map(({ hex }) => Buffer.from(hex, "hex"));

type Damage = (bytes: Buffer) => Buffer;

/** Bytes that mean something: markers, references, counts. */
const telling = fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 8, 9, 0x0a, 0x0b, 0x11, 0x13, 0x23, 0x7f, 0x80, 0xff);
/** Anywhere, or where the values begin. */
const place = fc.oneof(fc.nat(1_000), fc.integer({ min: 200, max: 1_000 }));

const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.oneof(
    fc.tuple(place, fc.oneof(telling, fc.nat(255))).map(([at, byte]): Damage => (bytes) => {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[at % copy.length] = byte;
      return copy;
    }),
    fc.tuple(place, fc.uint8Array({ maxLength: 6 })).map(
      ([at, added]): Damage =>
        (bytes) =>
          Buffer.concat([bytes.subarray(0, at % (bytes.length + 1)), added, bytes.subarray(at % (bytes.length + 1))]),
    ),
    fc.tuple(place, fc.nat(40)).map(
      ([at, count]): Damage =>
        (bytes) =>
          Buffer.concat([
            bytes.subarray(0, at % (bytes.length + 1)),
            bytes.subarray((at % (bytes.length + 1)) + count),
          ]),
    ),
    fc.tuple(place, place, fc.nat(60)).map(([from, to, count]): Damage => (bytes) => {
      const part = bytes.subarray(from % (bytes.length + 1)).subarray(0, count);
      return Buffer.concat([bytes.subarray(0, to % (bytes.length + 1)), part, bytes.subarray(to % (bytes.length + 1))]);
    }),
    place.map(
      (end): Damage =>
        (bytes) =>
          bytes.subarray(0, end % (bytes.length + 1)),
    ),
  ),
  { minLength: 1, maxLength: 4 },
);

/** One of these messages, with one to four things about its bytes changed. */
function damaged(messages: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...messages), damages)
    .map(([message, all]) => all.reduce<Buffer>((bytes, damage) => damage(bytes), message));
}

suite("broken AMF messages", () => {
  test(`[US-AMF-12] ${read} of them are read or refused, and what is read says no more than a body can`, () => {
    let tried = 0;
    let understood = 0;
    fc.assert(
      fc.property(damaged(recorded), (bytes) => {
        tried += 1;
        const request = readRequest(bytes);
        if (!request) return;
        understood += 1;
        // A cycle would throw here, and a tangle of references would be longer.
        assert.ok(JSON.stringify(request).length < 6 * 65_536 + 30 * 5_000);
      }),
      { numRuns: read },
    );
    assert.equal(tried, read);
    assert.ok(understood > read / 100 && understood < read, `${understood} were understood`);
  });

  test(`[US-AMF-12] [US-AMF-30] [US-CODE-1] ${sent} of them get a right answer or a known fault, and nothing fails inside`, async () => {
    await using server = await startTestServer({
      settings: { hashConcurrency: "2", hashWaiting: "1", registrationsPerAddress: "50" },
    });
    const product = await newApplication(server.console, { enableMultipleLogins: true, maxConcurrentLogins: 0 });
    const { id } = await addAccount(server, product, { email: "ann@example.com" });
    const peers = [AmfPeer.of(server, product), AmfPeer.of(server, product, "BL")];
    const token = await peers[1]!.login("ann@example.com");
    const live: readonly (readonly [string, Said[]])[] = [
      ["getUserRoles", []],
      ["isValidUserToken", [token]],
      ["findById", [id, []]],
      ["login", [id]],
      [
        "register",
        [{ email: "x@example.com", password: "secret", score: 1.5, since: new Date(5), tags: ["a", { b: "a" }] }],
      ],
    ];
    const messages = [...recorded, ...live.map(([operation, values]) => amfMessage(operation, values, { token }))];
    const known = new Set(Object.values(faults).map(({ code }) => `${code}`));
    const internal = new Set(
      [faults.internalError, ...Object.values(faults).filter((fault) => "status" in fault && fault.status === 500)].map(
        ({ code }) => `${code}`,
      ),
    );
    const unread = new Set<Said | undefined>(
      [faults.malformedRequest, faults.routeUnknown].map(({ code }) => `${code}`),
    );
    let answered = 0;
    /** Of messages that could be read and asked for something. */
    let understood = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(damaged(messages), { minLength: sentAtOnce, maxLength: sentAtOnce }), async (batch) => {
        await Promise.all(
          batch.map(async (bytes, index) => {
            const { code, message } = await peers[index % peers.length]!.send(bytes);
            answered += 1;
            if (!unread.has(code)) understood += 1;
            if (code === undefined) return;
            assert.ok(typeof code === "string" && known.has(code) && !internal.has(code), JSON.stringify(message));
          }),
        );
      }),
      { numRuns: sent / sentAtOnce },
    );
    assert.equal(answered, sent);
    assert.ok(understood > sent / 100 && understood < sent, `${understood} were understood`);
    assert.deepEqual(
      server.logged.filter((line) => line.startsWith("failed ")),
      [],
    );
  });
});
