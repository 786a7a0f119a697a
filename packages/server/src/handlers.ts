import type { Handlers } from "./gate.ts";
import { authorizeByCredentials } from "#operations/authorize-by-credentials.ts";
import { authorizeByLicense } from "#operations/authorize-by-license.ts";
import { createAccount } from "#operations/create-account.ts";
import { createApplication } from "#operations/create-application.ts";
import { createLicenses } from "#operations/create-licenses.ts";
import { describeApplication } from "#operations/describe-application.ts";
import { getAccount } from "#operations/get-account.ts";
import { getUserRoles } from "#operations/get-user-roles.ts";
import { initialize } from "#operations/initialize.ts";
import { isValidUserToken } from "#operations/is-valid-user-token.ts";
import { linkLicenseToAccount } from "#operations/link-license-to-account.ts";
import { listAccounts } from "#operations/list-accounts.ts";
import { listApplications } from "#operations/list-applications.ts";
import { listLicenses } from "#operations/list-licenses.ts";
import { login } from "#operations/login.ts";
import { logout } from "#operations/logout.ts";
import { ping } from "#operations/ping.ts";
import { register } from "#operations/register.ts";
import { showAccount } from "#operations/show-account.ts";
import { showApplication } from "#operations/show-application.ts";
import { showLicense } from "#operations/show-license.ts";

/** The operation behind each name; a missing one does not compile. */
export const handlers: Handlers = {
  authorizeByCredentials,
  authorizeByLicense,
  createAccount,
  createApplication,
  createLicenses,
  describeApplication,
  getAccount,
  getUserRoles,
  initialize,
  isValidUserToken,
  linkLicenseToAccount,
  listAccounts,
  listApplications,
  listLicenses,
  login,
  logout,
  ping,
  register,
  showAccount,
  showApplication,
  showLicense,
};
