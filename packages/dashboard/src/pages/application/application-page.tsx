import type { ComponentType } from "react";
import { Group, Tabs } from "@mantine/core";
import { useParams } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { CopyButton } from "#parts/copy-button.tsx";
import { Mark } from "#parts/mark.tsx";
import { Page } from "#parts/page.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { ApplicationSettingsTab } from "./application-settings-tab.tsx";
import { ColumnsTab } from "./columns-tab.tsx";
import { DangerTab } from "./danger-tab.tsx";
import { HostsTab } from "./hosts-tab.tsx";
import { KeysTab } from "./keys-tab.tsx";
import { ProvidersTab } from "./providers-tab.tsx";
import { RolesTab } from "./roles-tab.tsx";
import type { TabProps } from "./tab-props.ts";

const words = texts.applications;
const tabs: Readonly<Record<Exclude<keyof typeof words.tabs, "general">, ComponentType<TabProps>>> = {
  keys: KeysTab,
  settings: ApplicationSettingsTab,
  columns: ColumnsTab,
  roles: RolesTab,
  hosts: HostsTab,
  providers: ProvidersTab,
  danger: DangerTab,
};
const tabNames = ["keys", "settings", "columns", "roles", "hosts", "providers", "danger"] as const;

/** One application: its keys, how it behaves, and what belongs to it. */
export function ApplicationPage() {
  const { applicationId, tab } = useParams<{ applicationId: string; tab?: string }>();
  const { data, error, refetch } = useAnswer("showApplication", { applicationId });
  const shown = tabNames.find((name) => name === tab) ?? "keys";
  const Shown = tabs[shown];
  if (!data) {
    return (
      <Page title={words.settings}>
        <div className="lk-card">
          {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
        </div>
      </Page>
    );
  }
  const { application } = data.output;
  const about = (
    <Group gap={4}>
      <span className="lk-key">{application.id}</span>
      <CopyButton text={application.id} what={words.general.id} />
    </Group>
  );
  const mark = application.pausedAt !== undefined && <Mark tone="warning" text={words.paused} />;
  return (
    <Page title={application.name} mark={mark} about={about}>
      <Tabs
        className="lk-tabs"
        value={shown}
        onChange={(name) => navigate(`/applications/${encodeURIComponent(applicationId)}/settings/${name ?? ""}`)}
      >
        <Tabs.List>
          {tabNames.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown} pt="lg">
          <Shown application={application} etag={data.etag} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
