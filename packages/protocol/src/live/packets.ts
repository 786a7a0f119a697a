import type { OperationName, PacketName } from "../operations.ts";
import { operationNames, operations } from "../operations.ts";

const packets = new Map<number, PacketName>();
for (const name of operationNames) if (isPacketName(name)) packets.set(operations[name].type, name);

export function isPacketName(name: OperationName): name is PacketName {
  return "type" in operations[name];
}

/** The operation behind a packet number of the live door. */
export function packetOf(type: number): PacketName | undefined {
  return packets.get(type);
}
