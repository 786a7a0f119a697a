import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import {
  IconCheck,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
} from "@tabler/icons-react";
import { useChange } from "#api/use-change.ts";
import { queryClient } from "#api/query-client.ts";
import { ownOperatorKey } from "#api/own-operator-key.ts";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { colorSchemes } from "#theme/color-scheme-key.ts";
import { navigate } from "#location/hash-location.ts";
import { openKeyboardHelp } from "./keyboard-help.tsx";
import { useOwnOperator } from "./use-own-operator.ts";

const schemeIcons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon };

/** Who is signed in, and what is theirs: account, appearance, the way out. */
export function PersonMenu() {
  const words = texts.general.person;
  const { data } = useOwnOperator();
  // Its way to switch without transitions is a style element, which the content security policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const signOut = useChange("signOut", {
    onDone: () => {
      queryClient.clear();
      queryClient.setQueryData(ownOperatorKey, null);
    },
  });
  if (!data) return null;
  const { name, email, role } = data.operator;
  return (
    <Menu position="top-start" width="target">
      <Menu.Target>
        <UnstyledButton className="lk-person">
          <span className="lk-initials" aria-hidden>
            {initialsOf(name)}
          </span>
          <span className="lk-grow">{name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {email} · {texts.account.roles[role]}
        </Menu.Label>
        <Menu.Item leftSection={<IconUser size={16} aria-hidden />} onClick={() => navigate("/account")}>
          {words.account}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={openKeyboardHelp}>
          {texts.general.keyboard.title}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{words.theme}</Menu.Label>
        {colorSchemes.map((scheme) => {
          const SchemeIcon = schemeIcons[scheme];
          return (
            <Menu.Item
              key={scheme}
              role="menuitemradio"
              aria-checked={colorScheme === scheme}
              closeMenuOnClick={false}
              leftSection={<SchemeIcon size={16} aria-hidden />}
              rightSection={colorScheme === scheme && <IconCheck size={14} aria-hidden />}
              onClick={() => setColorScheme(scheme)}
            >
              {words.themes[scheme]}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => signOut.mutate({ input: {} }, { onError: (error) => toast.failed(error) })}
        >
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words.at(0)?.at(0) ?? "";
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? "") : "";
  return (first + last).toUpperCase();
}
