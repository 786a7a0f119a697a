import type { Migration } from "kysely/migration";
import type { DatabaseKit } from "../dialects/kit.ts";
import * as core from "./0001-core.ts";
import * as changeLog from "./0002-change-log.ts";
import * as variablesAndValues from "./0003-variables-and-values.ts";
import * as resume from "./0004-resume.ts";
import * as licenseEnds from "./0005-license-ends.ts";
import * as licenseList from "./0006-license-list.ts";
import * as recentActions from "./0007-recent-actions.ts";
import * as files from "./0008-files.ts";
import * as columns from "./0009-columns.ts";
import * as roles from "./0010-roles.ts";
import * as linksAndMail from "./0011-links-and-mail.ts";
import * as providers from "./0012-providers.ts";
import * as foreignHashes from "./0013-foreign-hashes.ts";
import * as sharedSessions from "./0014-shared-sessions.ts";
import * as audit from "./0015-audit.ts";
import * as operators from "./0016-operators.ts";
import * as metrics from "./0017-metrics.ts";
import * as listsAndBulk from "./0018-lists-and-bulk.ts";
import * as webhooks from "./0019-webhooks.ts";
import * as managementRequests from "./0020-management-requests.ts";
import * as mailTemplates from "./0021-mail-templates.ts";

/** Forward only, in order of their names; a released one is never edited. */
export function migrationsOn(kit: DatabaseKit): Record<string, Migration> {
  return {
    "0001-core": core,
    "0002-change-log": { up: (db) => changeLog.up(db, kit) },
    "0003-variables-and-values": variablesAndValues,
    "0004-resume": resume,
    "0005-license-ends": licenseEnds,
    "0006-license-list": licenseList,
    "0007-recent-actions": recentActions,
    "0008-files": files,
    "0009-columns": columns,
    "0010-roles": roles,
    "0011-links-and-mail": linksAndMail,
    "0012-providers": providers,
    "0013-foreign-hashes": foreignHashes,
    "0014-shared-sessions": sharedSessions,
    "0015-audit": { up: (db) => audit.up(db, kit) },
    "0016-operators": operators,
    "0017-metrics": metrics,
    "0018-lists-and-bulk": listsAndBulk,
    "0019-webhooks": webhooks,
    "0020-management-requests": managementRequests,
    "0021-mail-templates": mailTemplates,
  };
}
