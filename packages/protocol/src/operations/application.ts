import * as v from "valibot";
import { applicationSettings } from "../application-settings.ts";
import { operation } from "../operation.ts";
import { count, text } from "../text.ts";
import { keyKinds } from "../user-service/key-kinds.ts";

const apiKeys = v.record(v.picklist(keyKinds), text);

/** An application as the operator sees it. The BL key is shown at creation only. */
export const applicationShape = v.object({
  id: text,
  name: text,
  version: text,
  websocketApiKey: text,
  apiKeys,
  settings: applicationSettings,
  createdAt: count,
  pausedAt: v.exactOptional(count),
});

const change = {
  gate: "applications:update",
  conditional: true,
  input: v.object({ applicationId: text }),
  output: v.object({ application: applicationShape }),
  refuses: ["applicationNotFound", "changedMeanwhile"],
} as const;

export const application = {
  createApplication: operation({
    route: "POST /manage/v1/applications",
    gate: "applications:create",
    input: v.object({
      name: text,
      version: v.exactOptional(text),
      settings: v.exactOptional(v.partial(applicationSettings)),
    }),
    output: v.object({ application: applicationShape }),
    refuses: ["applicationNameInvalid"],
  }),

  listApplications: operation({
    route: "GET /manage/v1/applications",
    gate: "applications:read",
    spans: true,
    input: v.object({}),
    output: v.object({ applications: v.array(applicationShape) }),
    refuses: [],
  }),

  showApplication: operation({
    ...change,
    route: "GET /manage/v1/applications/{applicationId}",
    gate: "applications:read",
  }),

  updateApplication: operation({
    ...change,
    route: "PATCH /manage/v1/applications/{applicationId}",
    input: v.object({
      applicationId: text,
      name: v.exactOptional(text),
      version: v.exactOptional(text),
      settings: v.exactOptional(v.partial(applicationSettings)),
    }),
    refuses: ["applicationNotFound", "changedMeanwhile", "applicationNameInvalid"],
  }),
  /** Closes every connection and refuses new ones until it is unpaused. */
  pauseApplication: operation({ ...change, route: "POST /manage/v1/applications/{applicationId}/pause" }),
  unpauseApplication: operation({ ...change, route: "POST /manage/v1/applications/{applicationId}/unpause" }),
  deleteApplication: operation({
    ...change,
    route: "DELETE /manage/v1/applications/{applicationId}",
    gate: "applications:delete",
  }),
  /** Makes new keys of every kind; the old ones name nothing any more. */
  rotateApplicationKeys: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/api-keys/rotate",
  }),

  /** Makes a new key of one kind, shown in this answer; the old one names nothing any more. */
  renewApiKey: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/api-keys/{keyKind}/renew",
    input: v.object({ applicationId: text, keyKind: v.picklist(keyKinds) }),
  }),
  /** Nobody calls with that kind of key any more; hosts bound to it lose it. */
  revokeApiKey: operation({
    ...change,
    route: "DELETE /manage/v1/applications/{applicationId}/api-keys/{keyKind}",
    input: v.object({ applicationId: text, keyKind: v.picklist(keyKinds) }),
    refuses: ["applicationNotFound", "changedMeanwhile", "apiKeyNotFound"],
  }),
  /** Ends all its sessions: clients are told and disconnected, user tokens name nothing any more. */
  endApplicationSessions: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/sessions/end",
    gate: "sessions:disconnect",
  }),

  /** What a client may know of the application its key belongs to. */
  describeApplication: operation({
    gate: "init",
    input: v.object({}),
    output: v.object({ applicationId: text }),
    refuses: [],
  }),
};
