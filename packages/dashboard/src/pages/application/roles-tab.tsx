import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { IconUserShield } from "@tabler/icons-react";
import { useAnswer } from "#api/use-answer.ts";
import { useChange } from "#api/use-change.ts";
import { ListCard } from "#list/list-card.tsx";
import { AddRow } from "#parts/add-row.tsx";
import { confirm } from "#parts/confirm.tsx";
import { Notice } from "#parts/notice.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import type { TabProps } from "./tab-props.ts";

const words = texts.applications.roles;
const refreshes = ["listRoles"] as const;

export function RolesTab({ application: { id: applicationId } }: TabProps) {
  const query = useAnswer("listRoles", { applicationId });
  const [name, setName] = useState("");
  const may = useMay();
  const add = useChange("createRole", {
    refreshes,
    onDone: () => {
      setName("");
      toast.done(words.added);
    },
  });
  const remove = useChange("deleteRole", { refreshes, onDone: () => toast.done(words.deleted) });
  const roles = query.data?.output.roles ?? [];
  return (
    <Section title={words.title} about={words.about} flush>
      {may("roles:create") && (
        <AddRow
          action={words.add}
          running={add.isPending}
          error={add.error}
          isComplete={name.trim() !== ""}
          onSubmit={() => add.mutate({ input: { applicationId, role: name.trim() } })}
        >
          <TextInput
            label={words.name}
            w="16rem"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </AddRow>
      )}
      <ListCard
        isPlain
        query={query}
        count={roles.length}
        empty={<Notice icon={IconUserShield} title={words.emptyTitle} about={words.emptyAbout} />}
      >
        <ul className="lk-rows">
          {roles.map((role) => (
            <li key={role}>
              <div className="lk-what">
                <strong>{role}</strong>
              </div>
              {may("roles:delete") && (
                <Button
                  size="xs"
                  variant="subtle"
                  color="red"
                  onClick={() =>
                    confirm({
                      title: words.deleteTitle(role),
                      consequences: words.deleteConsequences,
                      action: words.delete,
                      asksReason: true,
                      onConfirm: (reason) => remove.mutateAsync({ input: { applicationId, role }, reason }),
                    })
                  }
                >
                  {words.delete}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </ListCard>
    </Section>
  );
}
