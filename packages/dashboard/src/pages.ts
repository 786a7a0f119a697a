import { type ComponentType, lazy } from "react";
import type { Scope } from "@latchkey/protocol";
import {
  type Icon,
  IconApps,
  IconBan,
  IconChartLine,
  IconFiles,
  IconHeartbeat,
  IconHistory,
  IconKey,
  IconMail,
  IconPassword,
  IconPlugConnected,
  IconSettings,
  IconUsers,
  IconUserShield,
  IconVariable,
  IconWebhook,
} from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";

export interface PageEntry {
  /** `:name` is a part that the page is given. */
  readonly path: string;
  /** Loaded when somebody goes there. */
  readonly component: ComponentType;
  /** In the side of the frame, under the application that is chosen or under the server; in this order. */
  readonly navigation?: {
    readonly in: "application" | "server";
    readonly label: string;
    readonly icon: Icon;
    /** Shown to whom it is allowed. */
    readonly scope: Scope;
    /** Pages below it have entries of their own. */
    readonly isExact?: true;
  };
}

/** Every page, in the order of the navigation. Adding one is a line here and a folder in `pages/`. */
export const pages: readonly PageEntry[] = [
  {
    path: "/applications/:applicationId/overview",
    component: lazy(async () => ({ default: (await import("./pages/overview/overview-page.tsx")).OverviewPage })),
    navigation: { in: "application", label: texts.overview.title, icon: IconChartLine, scope: "applications:read" },
  },
  {
    path: "/applications/:applicationId/licenses",
    component: lazy(async () => ({ default: (await import("./pages/licenses/licenses-page.tsx")).LicensesPage })),
    navigation: { in: "application", label: texts.licenses.title, icon: IconKey, scope: "licenses:read" },
  },
  {
    path: "/applications/:applicationId/licenses/:license",
    component: lazy(async () => ({ default: (await import("./pages/license/license-page.tsx")).LicensePage })),
  },
  {
    path: "/applications/:applicationId/accounts",
    component: lazy(async () => ({ default: (await import("./pages/accounts/accounts-page.tsx")).AccountsPage })),
    navigation: { in: "application", label: texts.accounts.title, icon: IconUsers, scope: "accounts:read" },
  },
  {
    path: "/applications/:applicationId/accounts/:accountId",
    component: lazy(async () => ({
      default: (await import("./pages/user-account/user-account-page.tsx")).UserAccountPage,
    })),
  },
  {
    path: "/applications/:applicationId/sessions",
    component: lazy(async () => ({ default: (await import("./pages/sessions/sessions-page.tsx")).SessionsPage })),
    navigation: { in: "application", label: texts.sessions.title, icon: IconPlugConnected, scope: "sessions:read" },
  },
  {
    path: "/applications/:applicationId/variables",
    component: lazy(async () => ({ default: (await import("./pages/variables/variables-page.tsx")).VariablesPage })),
    navigation: { in: "application", label: texts.variables.title, icon: IconVariable, scope: "variables:read" },
  },
  {
    path: "/applications/:applicationId/files",
    component: lazy(async () => ({ default: (await import("./pages/files/files-page.tsx")).FilesPage })),
    navigation: { in: "application", label: texts.files.title, icon: IconFiles, scope: "files:read" },
  },
  {
    path: "/applications/:applicationId/webhooks",
    component: lazy(async () => ({ default: (await import("./pages/webhooks/webhooks-page.tsx")).WebhooksPage })),
    navigation: { in: "application", label: texts.webhooks.title, icon: IconWebhook, scope: "webhooks:read" },
  },
  {
    path: "/applications/:applicationId/webhooks/:webhookId",
    component: lazy(async () => ({ default: (await import("./pages/webhook/webhook-page.tsx")).WebhookPage })),
  },
  {
    path: "/applications/:applicationId/blacklist",
    component: lazy(async () => ({ default: (await import("./pages/blacklist/blacklist-page.tsx")).BlacklistPage })),
    navigation: { in: "application", label: texts.blacklist.title, icon: IconBan, scope: "blacklists:read" },
  },
  {
    path: "/applications/:applicationId/mails",
    component: lazy(async () => ({ default: (await import("./pages/mails/mails-page.tsx")).MailsPage })),
    navigation: { in: "application", label: texts.mails.title, icon: IconMail, scope: "applications:read" },
  },
  {
    path: "/applications/:applicationId/audit",
    component: lazy(async () => ({ default: (await import("./pages/audit/audit-page.tsx")).AuditPage })),
    navigation: { in: "application", label: texts.audit.title, icon: IconHistory, scope: "audit:read" },
  },
  {
    path: "/applications/:applicationId/settings/:tab?",
    component: lazy(async () => ({
      default: (await import("./pages/application/application-page.tsx")).ApplicationPage,
    })),
    navigation: {
      in: "application",
      label: texts.applications.settings,
      icon: IconSettings,
      scope: "applications:read",
    },
  },
  {
    path: "/applications",
    component: lazy(async () => ({
      default: (await import("./pages/applications/applications-page.tsx")).ApplicationsPage,
    })),
    navigation: {
      in: "server",
      label: texts.applications.title,
      icon: IconApps,
      scope: "applications:read",
      isExact: true,
    },
  },
  {
    path: "/operators",
    component: lazy(async () => ({ default: (await import("./pages/operators/operators-page.tsx")).OperatorsPage })),
    navigation: { in: "server", label: texts.operators.title, icon: IconUserShield, scope: "operators:read" },
  },
  {
    path: "/keys",
    component: lazy(async () => ({ default: (await import("./pages/keys/keys-page.tsx")).KeysPage })),
    navigation: { in: "server", label: texts.keys.title, icon: IconPassword, scope: "keys:read" },
  },
  {
    path: "/audit",
    component: lazy(async () => ({ default: (await import("./pages/audit/audit-page.tsx")).AuditPage })),
    navigation: { in: "server", label: texts.audit.title, icon: IconHistory, scope: "audit:read" },
  },
  {
    path: "/health",
    component: lazy(async () => ({ default: (await import("./pages/health/health-page.tsx")).HealthPage })),
    navigation: { in: "server", label: texts.health.title, icon: IconHeartbeat, scope: "metrics:read" },
  },
  {
    path: "/account",
    component: lazy(async () => ({ default: (await import("./pages/account/account-page.tsx")).AccountPage })),
  },
];

/** A page of an application, for one of them. */
export function applicationPath({ path }: PageEntry, applicationId: string): string {
  return path.replace(":applicationId", encodeURIComponent(applicationId)).replace(/\/:\w+\?$/, "");
}
