import { useState } from "react";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import type { ApplicationSettings } from "@latchkey/protocol";
import { ProblemError } from "#api/problem-error.ts";
import { useChange } from "#api/use-change.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { ChangedMeanwhile } from "./changed-meanwhile.tsx";
import { SettingField } from "./setting-field.tsx";
import { type SettingGroup, settingGroups } from "./setting-groups.ts";
import type { Application, TabProps } from "./tab-props.ts";

const words = texts.applications;
const refreshes = ["showApplication", "listApplications"] as const;
const groups: readonly SettingGroup[] = ["licenses", "registration", "signIn", "passwords", "data", "quotas", "web"];

interface Changes {
  readonly name?: string;
  readonly version?: string;
  readonly settings: Partial<ApplicationSettings>;
}
const nothing: Changes = { settings: {} };

/** How the application behaves. Only what was changed is sent, together with what it was changed from. */
export function ApplicationSettingsTab({ application, etag }: TabProps) {
  const [changes, setChanges] = useState(nothing);
  /** What the form was filled from: a later answer of the server must not become what was agreed to. */
  const [base, setBase] = useState<{ readonly application: Application; readonly etag: string | undefined }>();
  const shown = base?.application ?? application;
  const refresh = useRefresh(refreshes);
  const may = useMay();
  const settings = { ...shown.settings, ...changes.settings };
  const isDirty = base !== undefined;

  const begin = (changed: Changes) => {
    setBase(base ?? { application, etag });
    setChanges(changed);
  };
  const discard = () => {
    setBase(undefined);
    setChanges(nothing);
    save.reset();
  };
  const save = useChange("updateApplication", {
    refreshes,
    onDone: () => {
      discard();
      toast.done(words.actions.saved);
    },
  });
  /** Keeps what was entered, on top of what somebody else has made of it. */
  const rebase = async () => {
    await refresh();
    setBase(undefined);
    save.reset();
  };
  const isOutdated = save.error instanceof ProblemError && save.error.code === "changedMeanwhile";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ input: { applicationId: application.id, ...changes }, ifMatch: (base ?? { etag }).etag });
      }}
    >
      <fieldset className="lk-plain" disabled={!may("applications:update")}>
        <Stack gap="lg">
          <Section title={words.general.title}>
            <Stack>
              <TextInput
                label={words.name}
                description={words.create.nameHint}
                maw="26rem"
                value={changes.name ?? shown.name}
                onChange={(event) => begin({ ...changes, name: event.currentTarget.value })}
              />
              <TextInput
                label={words.version}
                description={words.create.versionHint}
                maw="26rem"
                value={changes.version ?? shown.version}
                onChange={(event) => begin({ ...changes, version: event.currentTarget.value })}
              />
            </Stack>
          </Section>
          {groups.map((group) => (
            <Section key={group} title={texts.settingGroups[group]} flush>
              <ul className="lk-rows">
                {settingGroups[group].map((name) => (
                  <li key={name}>
                    <SettingField
                      name={name}
                      value={settings[name]}
                      onChange={(value) => begin({ ...changes, settings: { ...changes.settings, [name]: value } })}
                    />
                  </li>
                ))}
              </ul>
            </Section>
          ))}
          {(isDirty || Object.keys(changes.settings).length > 0) && (
            <div className="lk-save-bar">
              {isOutdated ? (
                <ChangedMeanwhile onReload={() => void rebase()} />
              ) : save.error ? (
                <ProblemLine error={save.error} />
              ) : (
                <span>{texts.general.unsaved}</span>
              )}
              <Group gap="xs">
                <Button variant="default" onClick={discard}>
                  {texts.general.discard}
                </Button>
                <Button type="submit" loading={save.isPending}>
                  {words.actions.save}
                </Button>
              </Group>
            </div>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}
