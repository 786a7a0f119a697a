import { account } from "./account.ts";
import { accounts } from "./accounts.ts";
import { applications } from "./applications.ts";
import { blacklist } from "./blacklist.ts";
import { audit } from "./audit.ts";
import { bulk } from "./bulk.ts";
import { files } from "./files.ts";
import { general } from "./general.ts";
import { health } from "./health.ts";
import { history } from "./history.ts";
import { keys } from "./keys.ts";
import { licenses } from "./licenses.ts";
import { operators } from "./operators.ts";
import { mails } from "./mails.ts";
import { overview } from "./overview.ts";
import { problems } from "./problems.ts";
import { sessions } from "./sessions.ts";
import { settingGroups, settings, userAccess } from "./settings.ts";
import { variables } from "./variables.ts";
import { webhooks } from "./webhooks.ts";
import { welcome } from "./welcome.ts";

/** Everything the dashboard says, by area. No component has a text of its own. */
export const texts = {
  general,
  bulk,
  problems,
  welcome,
  account,
  applications,
  settings,
  settingGroups,
  userAccess,
  licenses,
  history,
  overview,
  sessions,
  accounts,
  variables,
  files,
  operators,
  keys,
  webhooks,
  blacklist,
  mails,
  audit,
  health,
};
