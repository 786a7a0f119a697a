import type { Handlers } from "./gate.ts";
import { addAccount } from "#operations/add-account.ts";
import { addBlacklistEntry } from "#operations/add-blacklist-entry.ts";
import { addFile } from "#operations/add-file.ts";
import { assignRole } from "#operations/assign-role.ts";
import { attach } from "#operations/attach.ts";
import { authorizeByCredentials } from "#operations/authorize-by-credentials.ts";
import { authorizeByLicense } from "#operations/authorize-by-license.ts";
import { bindHost } from "#operations/bind-host.ts";
import { blacklistAccount } from "#operations/blacklist-account.ts";
import { blacklistLicense } from "#operations/blacklist-license.ts";
import { blacklist } from "#operations/blacklist.ts";
import { cancelBulkJob } from "#operations/cancel-bulk-job.ts";
import { confirmEmail } from "#operations/confirm-email.ts";
import { addProvider } from "#operations/add-provider.ts";
import { beginSocialLogin } from "#operations/begin-social-login.ts";
import { completeSocialLogin } from "#operations/complete-social-login.ts";
import { createAccount } from "#operations/create-account.ts";
import { createApplication } from "#operations/create-application.ts";
import { createConfirmationUrl } from "#operations/create-confirmation-url.ts";
import { createFileDownloadUrl } from "#operations/create-file-download-url.ts";
import { createLicenses } from "#operations/create-licenses.ts";
import { createManagementKey } from "#operations/create-management-key.ts";
import { createRole } from "#operations/create-role.ts";
import { exportAudit } from "#operations/export-audit.ts";
import { listAudit } from "#operations/list-audit.ts";
import { verifyAudit } from "#operations/verify-audit.ts";
import { deleteAccount } from "#operations/delete-account.ts";
import { deleteApplication } from "#operations/delete-application.ts";
import { deleteColumn } from "#operations/delete-column.ts";
import { deleteFile } from "#operations/delete-file.ts";
import { deleteLicense } from "#operations/delete-license.ts";
import { deleteRole } from "#operations/delete-role.ts";
import { deleteSessionValue } from "#operations/delete-session-value.ts";
import { deleteVariable } from "#operations/delete-variable.ts";
import { describeApplication } from "#operations/describe-application.ts";
import { describeColumns } from "#operations/describe-columns.ts";
import { disableAccount } from "#operations/disable-account.ts";
import { enableAccount } from "#operations/enable-account.ts";
import { endAccountSessions } from "#operations/end-account-sessions.ts";
import { endApplicationSessions } from "#operations/end-application-sessions.ts";
import { endSession } from "#operations/end-session.ts";
import { endSessions } from "#operations/end-sessions.ts";
import { exportAccounts } from "#operations/export-accounts.ts";
import { extendLicense } from "#operations/extend-license.ts";
import { findByRole } from "#operations/find-by-role.ts";
import { findAccounts } from "#operations/find-accounts.ts";
import { findSessions } from "#operations/find-sessions.ts";
import { getAccountRoles } from "#operations/get-account-roles.ts";
import { getAccount } from "#operations/get-account.ts";
import { getCurrentAccount } from "#operations/get-current-account.ts";
import { getCurrentLicense } from "#operations/get-current-license.ts";
import { getFileMetadata } from "#operations/get-file-metadata.ts";
import { getOnlineUsersCount } from "#operations/get-online-users-count.ts";
import { getSessionValue } from "#operations/get-session-value.ts";
import { getUserRoles } from "#operations/get-user-roles.ts";
import { getVariable } from "#operations/get-variable.ts";
import { importAccounts } from "#operations/import-accounts.ts";
import { giveRole } from "#operations/give-role.ts";
import { initialize } from "#operations/initialize.ts";
import { isValidUserToken } from "#operations/is-valid-user-token.ts";
import { linkLicense } from "#operations/link-license.ts";
import { linkLicenseToAccount } from "#operations/link-license-to-account.ts";
import { listAccounts } from "#operations/list-accounts.ts";
import { listApplications } from "#operations/list-applications.ts";
import { listBlacklist } from "#operations/list-blacklist.ts";
import { listBulkJobs } from "#operations/list-bulk-jobs.ts";
import { listColumns } from "#operations/list-columns.ts";
import { listFiles } from "#operations/list-files.ts";
import { listHosts } from "#operations/list-hosts.ts";
import { listLicenses } from "#operations/list-licenses.ts";
import { listRoles } from "#operations/list-roles.ts";
import { listManagementKeys } from "#operations/list-management-keys.ts";
import { listProviders } from "#operations/list-providers.ts";
import { listSessions } from "#operations/list-sessions.ts";
import { listVariables } from "#operations/list-variables.ts";
import { loginAsGuest } from "#operations/login-as-guest.ts";
import { login } from "#operations/login.ts";
import { logout } from "#operations/logout.ts";
import { pauseApplication } from "#operations/pause-application.ts";
import { pauseLicense } from "#operations/pause-license.ts";
import { ping } from "#operations/ping.ts";
import { previewBulkJob } from "#operations/preview-bulk-job.ts";
import { recoverPassword } from "#operations/recover-password.ts";
import { register } from "#operations/register.ts";
import { reinitializeLicense } from "#operations/reinitialize-license.ts";
import { removeAccount } from "#operations/remove-account.ts";
import { removeBlacklistEntry } from "#operations/remove-blacklist-entry.ts";
import { resendConfirmation } from "#operations/resend-confirmation.ts";
import { renewApiKey } from "#operations/renew-api-key.ts";
import { removeProvider } from "#operations/remove-provider.ts";
import { resetLicenseClient } from "#operations/reset-license-client.ts";
import { restorePassword } from "#operations/restore-password.ts";
import { resume } from "#operations/resume.ts";
import { revokeManagementKey } from "#operations/revoke-management-key.ts";
import { revokeApiKey } from "#operations/revoke-api-key.ts";
import { rotateApplicationKeys } from "#operations/rotate-application-keys.ts";
import { setAccountPassword } from "#operations/set-account-password.ts";
import { setAccountStatus } from "#operations/set-account-status.ts";
import { setColumn } from "#operations/set-column.ts";
import { setPanelEventsSubscription } from "#operations/set-panel-events-subscription.ts";
import { setSessionValue } from "#operations/set-session-value.ts";
import { setVariable } from "#operations/set-variable.ts";
import { showAccountStanding } from "#operations/show-account-standing.ts";
import { showAccountLink } from "#operations/show-account-link.ts";
import { showAccount } from "#operations/show-account.ts";
import { showApplicationMetrics } from "#operations/show-application-metrics.ts";
import { showAccountTimeline } from "#operations/show-account-timeline.ts";
import { showLicenseTimeline } from "#operations/show-license-timeline.ts";
import { showApplication } from "#operations/show-application.ts";
import { showBulkJob } from "#operations/show-bulk-job.ts";
import { showLicense } from "#operations/show-license.ts";
import { showSystemHealth } from "#operations/show-system-health.ts";
import { showVariable } from "#operations/show-variable.ts";
import { startBulkJob } from "#operations/start-bulk-job.ts";
import { takeRole } from "#operations/take-role.ts";
import { unassignRole } from "#operations/unassign-role.ts";
import { unbindHost } from "#operations/unbind-host.ts";
import { socialLogin } from "#operations/social-login.ts";
import { unblacklistAccount } from "#operations/unblacklist-account.ts";
import { unblacklistLicense } from "#operations/unblacklist-license.ts";
import { unlockAccount } from "#operations/unlock-account.ts";
import { unpauseApplication } from "#operations/unpause-application.ts";
import { unpauseLicense } from "#operations/unpause-license.ts";
import { updateAccount } from "#operations/update-account.ts";
import { updateApplication } from "#operations/update-application.ts";
import { verifyPassword } from "#operations/verify-password.ts";
import { createWebhook } from "#operations/create-webhook.ts";
import { listWebhooks } from "#operations/list-webhooks.ts";
import { showWebhook } from "#operations/show-webhook.ts";
import { updateWebhook } from "#operations/update-webhook.ts";
import { deleteWebhook } from "#operations/delete-webhook.ts";
import { revealWebhookSecret } from "#operations/reveal-webhook-secret.ts";
import { rotateWebhookSecret } from "#operations/rotate-webhook-secret.ts";
import { testWebhook } from "#operations/test-webhook.ts";
import { listWebhookDeliveries } from "#operations/list-webhook-deliveries.ts";
import { showWebhookDelivery } from "#operations/show-webhook-delivery.ts";
import { replayWebhookDelivery } from "#operations/replay-webhook-delivery.ts";
import { replayFailedDeliveries } from "#operations/replay-failed-deliveries.ts";

/** The operation behind each name; a missing one does not compile. */
import { acceptInvitation } from "#operations/accept-invitation.ts";
import { addOperator } from "#operations/add-operator.ts";
import { beginSecondFactor } from "#operations/begin-second-factor.ts";
import { changeOperatorRole } from "#operations/change-operator-role.ts";
import { changeOwnPassword } from "#operations/change-own-password.ts";
import { confirmSecondFactor } from "#operations/confirm-second-factor.ts";
import { disableOperator } from "#operations/disable-operator.ts";
import { enableOperator } from "#operations/enable-operator.ts";
import { endOwnOtherSessions } from "#operations/end-own-other-sessions.ts";
import { endOwnSession } from "#operations/end-own-session.ts";
import { inviteOperator } from "#operations/invite-operator.ts";
import { listInvitations } from "#operations/list-invitations.ts";
import { listOperators } from "#operations/list-operators.ts";
import { listOwnSessions } from "#operations/list-own-sessions.ts";
import { offerSetUp } from "#operations/offer-set-up.ts";
import { removeOperator } from "#operations/remove-operator.ts";
import { removeSecondFactor } from "#operations/remove-second-factor.ts";
import { resetOperatorPassword } from "#operations/reset-operator-password.ts";
import { revokeInvitation } from "#operations/revoke-invitation.ts";
import { showInvitation } from "#operations/show-invitation.ts";
import { showOwnOperator } from "#operations/show-own-operator.ts";
import { signIn } from "#operations/sign-in.ts";
import { signOut } from "#operations/sign-out.ts";
import { listMailTemplates } from "#operations/list-mail-templates.ts";
import { setMailTemplate } from "#operations/set-mail-template.ts";
import { resetMailTemplate } from "#operations/reset-mail-template.ts";
import { previewMailTemplate } from "#operations/preview-mail-template.ts";

export const handlers: Handlers = {
  previewMailTemplate,
  resetMailTemplate,
  setMailTemplate,
  listMailTemplates,
  addAccount,
  addBlacklistEntry,
  addFile,
  assignRole,
  attach,
  authorizeByCredentials,
  authorizeByLicense,
  bindHost,
  addProvider,
  beginSocialLogin,
  blacklist,
  completeSocialLogin,
  blacklistAccount,
  blacklistLicense,
  cancelBulkJob,
  confirmEmail,
  createAccount,
  createApplication,
  createConfirmationUrl,
  createFileDownloadUrl,
  createLicenses,
  createManagementKey,
  createRole,
  exportAudit,
  listAudit,
  verifyAudit,
  deleteAccount,
  deleteApplication,
  deleteColumn,
  deleteFile,
  deleteLicense,
  deleteRole,
  deleteSessionValue,
  deleteVariable,
  describeApplication,
  describeColumns,
  disableAccount,
  enableAccount,
  endAccountSessions,
  endApplicationSessions,
  endSession,
  endSessions,
  exportAccounts,
  extendLicense,
  findByRole,
  findAccounts,
  findSessions,
  getAccount,
  getAccountRoles,
  getCurrentAccount,
  getCurrentLicense,
  getFileMetadata,
  getOnlineUsersCount,
  getSessionValue,
  getUserRoles,
  getVariable,
  importAccounts,
  giveRole,
  initialize,
  isValidUserToken,
  linkLicense,
  linkLicenseToAccount,
  listAccounts,
  listApplications,
  listBlacklist,
  listBulkJobs,
  listColumns,
  listFiles,
  listHosts,
  listLicenses,
  listRoles,
  listManagementKeys,
  listProviders,
  listSessions,
  listVariables,
  login,
  loginAsGuest,
  logout,
  pauseApplication,
  pauseLicense,
  ping,
  previewBulkJob,
  recoverPassword,
  register,
  reinitializeLicense,
  removeAccount,
  removeBlacklistEntry,
  resendConfirmation,
  renewApiKey,
  removeProvider,
  resetLicenseClient,
  restorePassword,
  resume,
  revokeApiKey,
  revokeManagementKey,
  rotateApplicationKeys,
  setAccountPassword,
  setAccountStatus,
  setColumn,
  setPanelEventsSubscription,
  setSessionValue,
  setVariable,
  showAccount,
  showAccountLink,
  showAccountStanding,
  showAccountTimeline,
  showLicenseTimeline,
  showApplication,
  showApplicationMetrics,
  showBulkJob,
  showLicense,
  showSystemHealth,
  showVariable,
  startBulkJob,
  takeRole,
  unassignRole,
  unbindHost,
  socialLogin,
  unblacklistAccount,
  unblacklistLicense,
  unlockAccount,
  unpauseApplication,
  unpauseLicense,
  updateAccount,
  updateApplication,
  verifyPassword,
  acceptInvitation,
  addOperator,
  beginSecondFactor,
  changeOperatorRole,
  changeOwnPassword,
  confirmSecondFactor,
  disableOperator,
  enableOperator,
  endOwnOtherSessions,
  endOwnSession,
  inviteOperator,
  listInvitations,
  listOperators,
  listOwnSessions,
  offerSetUp,
  removeOperator,
  removeSecondFactor,
  resetOperatorPassword,
  revokeInvitation,
  showInvitation,
  showOwnOperator,
  signIn,
  signOut,
  createWebhook,
  listWebhooks,
  showWebhook,
  updateWebhook,
  deleteWebhook,
  revealWebhookSecret,
  rotateWebhookSecret,
  testWebhook,
  listWebhookDeliveries,
  showWebhookDelivery,
  replayWebhookDelivery,
  replayFailedDeliveries,
};
