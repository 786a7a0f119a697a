import { ActionIcon, Menu } from "@mantine/core";
import { IconDotsVertical, IconKeyOff, IconTrash, IconUserCheck, IconUserCog, IconUserOff } from "@tabler/icons-react";
import { operatorRoles } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";
import { useMay, useOwnOperator } from "#shell/use-own-operator.ts";
import type { Operator } from "./operator-table.tsx";
import { useOperatorDeeds } from "./use-operator-deeds.ts";

const words = texts.operators;

interface Props {
  readonly operator: Operator;
  readonly onReset: (operator: Operator) => void;
}

/** What can be done with somebody else; with themselves people deal on the page of their account. */
export function OperatorMenu({ operator, onReset }: Props) {
  const may = useMay();
  const { data: own } = useOwnOperator();
  const { changeRole, disable, enable, remove } = useOperatorDeeds();
  if (own?.operator.id === operator.id || !(may("operators:update") || may("operators:delete"))) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={texts.general.moreActions(operator.name)}>
          <IconDotsVertical size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may("operators:update") && (
          <>
            <Menu.Label>{words.changeRole}</Menu.Label>
            {operatorRoles
              .filter((role) => role !== operator.role)
              .map((role) => (
                <Menu.Item
                  key={role}
                  leftSection={<IconUserCog size={16} aria-hidden />}
                  onClick={() => changeRole(operator, role)}
                >
                  {texts.account.roles[role]}
                </Menu.Item>
              ))}
            <Menu.Divider />
            <Menu.Item leftSection={<IconKeyOff size={16} aria-hidden />} onClick={() => onReset(operator)}>
              {words.reset}
            </Menu.Item>
            {operator.disabledAt === undefined ? (
              <Menu.Item leftSection={<IconUserOff size={16} aria-hidden />} onClick={() => disable(operator)}>
                {words.disable}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconUserCheck size={16} aria-hidden />} onClick={() => enable(operator)}>
                {words.enable}
              </Menu.Item>
            )}
          </>
        )}
        {may("operators:delete") && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => remove(operator)}>
            {words.remove}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
