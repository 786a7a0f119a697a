import { packets, type Shape } from "./packets.ts";

/** A value of each JSON type; `number` stands for integers too. */
const samples = { string: "abcdef", number: 0, boolean: true, null: null, array: [], object: {} } as const;

/** For every packet: each required field missing, and each field of each wrong type. All close with 4302. */
export function bodyVectors(): object {
  const frames = packets.flatMap(({ wireName, type, definition: { gate }, input }) => {
    const { properties = {}, required = [] } = input;
    const good = Object.fromEntries(required.map((name) => [name, sampleOf(properties[name])]));
    const as = gate === "open" ? "opened" : gate === "init" || gate === "session" ? "initialized" : "account";
    const vector = (title: string, body: object) => ({
      title: `${wireName} ${title}`,
      rules: ["LP-ENV-3"],
      as,
      text: JSON.stringify({ type, id: 1, ...body }),
      close: 4302,
    });
    const missing = required.map((name) => {
      const { [name]: _, ...rest } = good;
      return vector(`without ${name}`, rest);
    });
    const wrong = Object.entries(properties).flatMap(([name, shape]) =>
      Object.entries(samples)
        .filter(([kind]) => kind !== jsonType(shape))
        .map(([kind, sample]) => vector(`with ${name} of type ${kind}`, { ...good, [name]: sample })),
    );
    return [...missing, ...wrong];
  });
  return { $schema: "./schema.json", frames };
}

function jsonType(shape: Shape | undefined): string {
  return shape?.type === "integer" ? "number" : (shape?.type ?? "string");
}

function sampleOf(shape: Shape | undefined): unknown {
  return Object.entries(samples).find(([kind]) => kind === jsonType(shape))?.[1];
}
