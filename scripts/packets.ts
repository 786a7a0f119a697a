import type { Operation, PacketName } from "@latchkey/protocol";
import { definitionOf, isPacketName, operationNames, operations } from "@latchkey/protocol";
import { toJsonSchema } from "@valibot/to-json-schema";

/** A JSON Schema, as far as the schemas of packets go. */
export interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly [keyword: string]: unknown;
}

export interface PacketDefinition {
  readonly name: PacketName;
  readonly wireName: string;
  readonly type: number;
  readonly definition: Operation;
  readonly input: Shape;
  readonly output: Shape;
}

/** Every packet of the live door in the order of its number, with its schemas as they look on the wire. */
export const packets: readonly PacketDefinition[] = operationNames
  .filter(isPacketName)
  .map((name) => {
    const definition = definitionOf(name);
    return {
      name,
      wireName: snakeCase(name),
      type: operations[name].type,
      definition,
      input: wireShape(definition.input),
      output: wireShape(definition.output),
    };
  })
  .sort((a, b) => a.type - b.type);

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What a function decides (well-formed Unicode, lengths in code points) no JSON Schema can say. */
function wireShape(schema: Operation["input"]): Shape {
  const { $schema: _, ...shape } = toJsonSchema(schema, { errorMode: "ignore" });
  return renamed(asShape(shape));
}

function renamed(shape: Shape): Shape {
  const { properties, required, items } = shape;
  return {
    ...shape,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [snakeCase(name), renamed(inner)]),
      ),
    }),
    ...(required && { required: required.map(snakeCase) }),
    ...(items && { items: renamed(items) }),
  };
}

function asShape(value: object): Shape {
  const shape: unknown = JSON.parse(JSON.stringify(value));
  if (!isShape(shape)) throw new Error("a schema that is no object");
  return shape;
}

function isShape(value: unknown): value is Shape {
  return typeof value === "object" && value !== null;
}
