import type { Command } from "./command.ts";
import { accountList } from "./commands/account-list.ts";
import { accountShow } from "./commands/account-show.ts";
import { appCreate } from "./commands/app-create.ts";
import { appList } from "./commands/app-list.ts";
import { appShow } from "./commands/app-show.ts";
import { demo } from "./commands/demo.ts";
import { doctor } from "./commands/doctor.ts";
import { fileDelete } from "./commands/file-delete.ts";
import { fileList } from "./commands/file-list.ts";
import { filePut } from "./commands/file-put.ts";
import { licenseCreate } from "./commands/license-create.ts";
import { licenseList } from "./commands/license-list.ts";
import { licenseShow } from "./commands/license-show.ts";
import { migrate } from "./commands/migrate.ts";
import { serve } from "./commands/serve.ts";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  serve,
  appCreate,
  appList,
  appShow,
  licenseCreate,
  licenseList,
  licenseShow,
  accountList,
  accountShow,
  filePut,
  fileList,
  fileDelete,
  doctor,
  migrate,
  demo,
];
