import {
  CloseCode,
  closeNotes,
  closeReason,
  eventNotes,
  events,
  type ServerEvent,
  statusName,
  statusNotes,
  type Status,
} from "@latchkey/protocol";
import { type PacketDefinition, packets, type Shape, snakeCase } from "./packets.ts";

const channel = { $ref: "#/channels/live" };
const id = { type: "integer", minimum: 0, description: "Unsigned, 64 bits; 2^64−1 is the events' own." };

/** The live protocol in AsyncAPI 3.0, seen from the server: it receives requests, replies to them, and sends events. */
export function asyncApiDocument(version: string, statusesOf: (packet: PacketDefinition) => readonly Status[]): object {
  const messages = [
    ...packets.flatMap((packet) => [request(packet), answer(packet, statusesOf(packet))]),
    ...Object.entries<ServerEvent>(events).map(([name, event]) => eventMessage(name, event)),
  ];
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Latchkey, the live protocol",
      version,
      description: "One WebSocket, one JSON object in each text frame. The rules are in PROTOCOL.md.",
      license: { name: "Apache-2.0" },
    },
    defaultContentType: "application/json",
    servers: { local: { host: "127.0.0.1:8090", protocol: "ws" } },
    channels: {
      live: {
        address: "/live",
        messages: Object.fromEntries(messages.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: {
          ws: {
            method: "GET",
            headers: {
              type: "object",
              properties: {
                "Resume-Id": { type: "string", description: "The latest resume id of a session to take up again." },
              },
            },
          },
        },
        "x-close-codes": Object.fromEntries(
          Object.values(CloseCode).map((number) => [number, { reason: closeReason[number], note: closeNotes[number] }]),
        ),
      },
    },
    operations: Object.fromEntries([...packets.map(received), ...Object.keys(events).map(sent)]),
    components: { messages: Object.fromEntries(messages.map((message) => [message.name, message])) },
  };
}

function request({ name, wireName, type, input }: PacketDefinition) {
  const { properties = {}, required = [], ...rest } = input;
  const payload = {
    ...rest,
    properties: { type: { const: type }, id, ...properties },
    required: ["type", "id", ...required],
  };
  return message(`${name}Request`, `${wireName} (${type})`, payload);
}

function received({ name, wireName }: PacketDefinition): [string, object] {
  const request = { $ref: `#/channels/live/messages/${name}Request` };
  const reply = { channel, messages: [{ $ref: `#/channels/live/messages/${name}Answer` }] };
  return [name, { action: "receive", channel, title: wireName, messages: [request], reply }];
}

function sent(name: string): [string, object] {
  return [`${name}Event`, { action: "send", channel, messages: [{ $ref: `#/channels/live/messages/${name}Event` }] }];
}

/** Only an answer of status 1 has all of its fields; a refusal may have some. */
function answer({ name, wireName, output }: PacketDefinition, statuses: readonly Status[]) {
  const { properties = {}, required = [], ...rest } = output;
  const described = statuses.map((status) => `- ${status} ${statusName(status)}: ${statusNotes[status]}`).join("\n");
  const payload: Shape = {
    ...rest,
    properties: { id, ...properties, status: { type: "integer", enum: statuses, description: described } },
    required: ["id", "status"],
    ...(required.length > 0 && { if: { properties: { status: { const: 1 } } }, then: { required } }),
  };
  return message(`${name}Answer`, `the answer to ${wireName}`, payload);
}

function eventMessage(name: string, { type, content = [] }: ServerEvent) {
  const fields = content.map(snakeCase);
  const payload = {
    type: "object",
    properties: {
      id: { type: "integer", description: "18446744073709551615" },
      event_type: { const: type },
      ...(fields.length > 0 && {
        content: { type: "object", properties: Object.fromEntries(fields.map((field) => [field, { type: "string" }])) },
      }),
    },
    required: ["id", "event_type"],
  };
  const note = new Map<string, string>(Object.entries(eventNotes)).get(name);
  return {
    ...message(`${name}Event`, `${snakeCase(name)} (${type})`, payload),
    ...(note !== undefined && { summary: note }),
  };
}

function message(name: string, title: string, payload: Shape) {
  return { name, title, payload };
}
