export { SyncSession } from "./sync-session.ts";
export type { SyncSessionOptions } from "./sync-session.ts";
export { SyncUserService } from "./sync-user-service.ts";
export type { SyncUserServiceOptions } from "./sync-user-service.ts";
