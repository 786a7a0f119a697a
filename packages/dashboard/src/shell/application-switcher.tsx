import { useState } from "react";
import { Menu, ScrollArea, TextInput, UnstyledButton } from "@mantine/core";
import { IconApps, IconPlus, IconSelector } from "@tabler/icons-react";
import { useAnswer } from "#api/use-answer.ts";
import { Mark } from "#parts/mark.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { useMay } from "./use-own-operator.ts";

/** Above this many, finding one by its name is quicker than looking. */
const manyFrom = 8;
const shownAtMost = 50;

export function ApplicationSwitcher({ applicationId }: { readonly applicationId: string | undefined }) {
  const words = texts.general.navigation;
  const [sought, setSought] = useState("");
  const may = useMay();
  const { data } = useAnswer("listApplications", {});
  const applications = data?.output.applications ?? [];
  const current = applications.find(({ id }) => id === applicationId);
  const found = applications.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <Menu position="bottom-start" width="target" onClose={() => setSought("")}>
      <Menu.Target>
        <UnstyledButton className="lk-switcher">
          <span className="lk-grow">{current?.name ?? words.chooseApplication}</span>
          {current?.pausedAt !== undefined && <Mark tone="warning" text={words.paused} />}
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {applications.length >= manyFrom && (
          <TextInput
            size="xs"
            m={4}
            aria-label={words.findApplication}
            placeholder={words.findApplication}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
        )}
        <ScrollArea.Autosize mah="18rem">
          {found.slice(0, shownAtMost).map(({ id, name, pausedAt }) => (
            <Menu.Item
              key={id}
              onClick={() => navigate(`/applications/${id}/overview`)}
              rightSection={pausedAt !== undefined && words.paused}
              {...(id === applicationId && { "aria-current": true })}
            >
              {name}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
        <Menu.Divider />
        <Menu.Item leftSection={<IconApps size={16} aria-hidden />} onClick={() => navigate("/applications")}>
          {words.allApplications}
        </Menu.Item>
        {may("applications:create") && (
          <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={() => navigate("/applications?new=1")}>
            {words.newApplication}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
