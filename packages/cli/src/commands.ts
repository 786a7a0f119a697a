import type { Command } from "./command.ts";
import { account } from "./commands/account.ts";
import { app } from "./commands/app.ts";
import { audit } from "./commands/audit.ts";
import { backup } from "./commands/backup.ts";
import { blacklist } from "./commands/blacklist.ts";
import { column } from "./commands/column.ts";
import { demo } from "./commands/demo.ts";
import { doctor } from "./commands/doctor.ts";
import { file } from "./commands/file.ts";
import { host } from "./commands/host.ts";
import { key } from "./commands/key.ts";
import { license } from "./commands/license.ts";
import { migrate } from "./commands/migrate.ts";
import { restore } from "./commands/restore.ts";
import { operator } from "./commands/operator.ts";
import { role } from "./commands/role.ts";
import { provider } from "./commands/provider.ts";
import { serve } from "./commands/serve.ts";
import { session } from "./commands/session.ts";
import { variable } from "./commands/variable.ts";
import { webhook } from "./commands/webhook.ts";

/** Every command, in the order of the help. Each is in the file that its first word names. */
export const commands: readonly Command[] = [
  serve,
  ...app,
  ...host,
  ...license,
  ...account,
  ...role,
  ...provider,
  ...session,
  ...column,
  ...variable,
  ...blacklist,
  ...file,
  ...operator,
  ...key,
  ...webhook,
  ...audit,
  backup,
  restore,
  doctor,
  migrate,
  demo,
];
