import type { Handlers } from "./gate.ts";
import { addAccount } from "#operations/add-account.ts";
import { addBlacklistEntry } from "#operations/add-blacklist-entry.ts";
import { addFile } from "#operations/add-file.ts";
import { attach } from "#operations/attach.ts";
import { authorizeByCredentials } from "#operations/authorize-by-credentials.ts";
import { authorizeByLicense } from "#operations/authorize-by-license.ts";
import { blacklistAccount } from "#operations/blacklist-account.ts";
import { blacklistLicense } from "#operations/blacklist-license.ts";
import { blacklist } from "#operations/blacklist.ts";
import { confirmEmail } from "#operations/confirm-email.ts";
import { createAccount } from "#operations/create-account.ts";
import { createApplication } from "#operations/create-application.ts";
import { createConfirmationUrl } from "#operations/create-confirmation-url.ts";
import { createFileDownloadUrl } from "#operations/create-file-download-url.ts";
import { createLicenses } from "#operations/create-licenses.ts";
import { deleteAccount } from "#operations/delete-account.ts";
import { deleteApplication } from "#operations/delete-application.ts";
import { deleteFile } from "#operations/delete-file.ts";
import { deleteLicense } from "#operations/delete-license.ts";
import { deleteSessionValue } from "#operations/delete-session-value.ts";
import { deleteVariable } from "#operations/delete-variable.ts";
import { describeApplication } from "#operations/describe-application.ts";
import { disableAccount } from "#operations/disable-account.ts";
import { enableAccount } from "#operations/enable-account.ts";
import { endSession } from "#operations/end-session.ts";
import { endSessions } from "#operations/end-sessions.ts";
import { extendLicense } from "#operations/extend-license.ts";
import { findSessions } from "#operations/find-sessions.ts";
import { getAccount } from "#operations/get-account.ts";
import { getCurrentAccount } from "#operations/get-current-account.ts";
import { getCurrentLicense } from "#operations/get-current-license.ts";
import { getFileMetadata } from "#operations/get-file-metadata.ts";
import { getOnlineUsersCount } from "#operations/get-online-users-count.ts";
import { getSessionValue } from "#operations/get-session-value.ts";
import { getUserRoles } from "#operations/get-user-roles.ts";
import { getVariable } from "#operations/get-variable.ts";
import { initialize } from "#operations/initialize.ts";
import { isValidUserToken } from "#operations/is-valid-user-token.ts";
import { linkLicenseToAccount } from "#operations/link-license-to-account.ts";
import { linkLicense } from "#operations/link-license.ts";
import { listAccounts } from "#operations/list-accounts.ts";
import { listApplications } from "#operations/list-applications.ts";
import { listBlacklist } from "#operations/list-blacklist.ts";
import { listFiles } from "#operations/list-files.ts";
import { listLicenses } from "#operations/list-licenses.ts";
import { listSessions } from "#operations/list-sessions.ts";
import { listVariables } from "#operations/list-variables.ts";
import { login } from "#operations/login.ts";
import { logout } from "#operations/logout.ts";
import { pauseApplication } from "#operations/pause-application.ts";
import { pauseLicense } from "#operations/pause-license.ts";
import { ping } from "#operations/ping.ts";
import { recoverPassword } from "#operations/recover-password.ts";
import { register } from "#operations/register.ts";
import { reinitializeLicense } from "#operations/reinitialize-license.ts";
import { removeBlacklistEntry } from "#operations/remove-blacklist-entry.ts";
import { resendConfirmation } from "#operations/resend-confirmation.ts";
import { resetLicenseClient } from "#operations/reset-license-client.ts";
import { restorePassword } from "#operations/restore-password.ts";
import { resume } from "#operations/resume.ts";
import { rotateApplicationKeys } from "#operations/rotate-application-keys.ts";
import { setAccountPassword } from "#operations/set-account-password.ts";
import { setPanelEventsSubscription } from "#operations/set-panel-events-subscription.ts";
import { setSessionValue } from "#operations/set-session-value.ts";
import { setVariable } from "#operations/set-variable.ts";
import { showAccountLink } from "#operations/show-account-link.ts";
import { showAccount } from "#operations/show-account.ts";
import { showApplication } from "#operations/show-application.ts";
import { showLicense } from "#operations/show-license.ts";
import { showVariable } from "#operations/show-variable.ts";
import { unblacklistAccount } from "#operations/unblacklist-account.ts";
import { unblacklistLicense } from "#operations/unblacklist-license.ts";
import { unpauseApplication } from "#operations/unpause-application.ts";
import { unpauseLicense } from "#operations/unpause-license.ts";
import { updateApplication } from "#operations/update-application.ts";

/** The operation behind each name; a missing one does not compile. */
export const handlers: Handlers = {
  addAccount,
  addBlacklistEntry,
  addFile,
  attach,
  authorizeByCredentials,
  authorizeByLicense,
  blacklist,
  blacklistAccount,
  blacklistLicense,
  confirmEmail,
  createAccount,
  createApplication,
  createConfirmationUrl,
  createFileDownloadUrl,
  createLicenses,
  deleteAccount,
  deleteApplication,
  deleteFile,
  deleteLicense,
  deleteSessionValue,
  deleteVariable,
  describeApplication,
  disableAccount,
  enableAccount,
  endSession,
  endSessions,
  extendLicense,
  findSessions,
  getAccount,
  getCurrentAccount,
  getCurrentLicense,
  getFileMetadata,
  getOnlineUsersCount,
  getSessionValue,
  getUserRoles,
  getVariable,
  initialize,
  isValidUserToken,
  linkLicense,
  linkLicenseToAccount,
  listAccounts,
  listApplications,
  listBlacklist,
  listFiles,
  listLicenses,
  listSessions,
  listVariables,
  login,
  logout,
  pauseApplication,
  pauseLicense,
  ping,
  recoverPassword,
  register,
  reinitializeLicense,
  removeBlacklistEntry,
  resendConfirmation,
  resetLicenseClient,
  restorePassword,
  resume,
  rotateApplicationKeys,
  setAccountPassword,
  setPanelEventsSubscription,
  setSessionValue,
  setVariable,
  showAccount,
  showAccountLink,
  showApplication,
  showLicense,
  showVariable,
  unblacklistAccount,
  unblacklistLicense,
  unpauseApplication,
  unpauseLicense,
  updateApplication,
};
