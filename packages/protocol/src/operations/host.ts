import * as v from "valibot";
import { operation } from "../operation.ts";
import { text } from "../text.ts";
import { clientKeyKinds } from "../user-service/key-kinds.ts";

/** A host name whose requests act for an application, with the rights of one of its client keys (US-ADDR-3). */
const hostShape = v.object({ host: text, keyKind: v.picklist(clientKeyKinds) });

const named = v.object({ applicationId: text, host: text });

export const host = {
  bindHost: operation({
    route: "POST /manage/v1/applications/{applicationId}/hosts",
    gate: "applications:update",
    input: v.object({ ...named.entries, keyKind: v.exactOptional(v.picklist(clientKeyKinds)) }),
    output: hostShape,
    refuses: ["applicationNotFound", "hostInvalid", "hostTaken", "apiKeyNotFound"],
  }),

  listHosts: operation({
    route: "GET /manage/v1/applications/{applicationId}/hosts",
    gate: "applications:read",
    input: v.object({ applicationId: text }),
    output: v.object({ hosts: v.array(hostShape) }),
    refuses: ["applicationNotFound"],
  }),

  unbindHost: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/hosts/{host}",
    gate: "applications:update",
    input: named,
    output: v.object({ host: text }),
    refuses: ["hostNotFound"],
  }),
};
