import { account } from "./account.ts";
import { applications } from "./applications.ts";
import { bulk } from "./bulk.ts";
import { general } from "./general.ts";
import { history } from "./history.ts";
import { licenses } from "./licenses.ts";
import { problems } from "./problems.ts";
import { settingGroups, settings, userAccess } from "./settings.ts";
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
};
