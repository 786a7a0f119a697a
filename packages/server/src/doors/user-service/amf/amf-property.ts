import type { OutputOf } from "@latchkey/protocol";
import { AmfObject } from "./values.ts";

type Column = OutputOf<"describeColumns">["columns"][number];

/** A column as the Java client knows it, which has no word for JSON (US-AMF-36, 37). */
export function amfProperty({ name, required, type, identity }: Column): AmfObject {
  return new AmfObject("com.backendless.services.users.property.UserProperty", {
    name,
    required,
    type: type === "JSON" ? "TEXT" : type,
    identity,
  });
}
