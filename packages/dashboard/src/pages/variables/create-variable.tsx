import { useState } from "react";
import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { limits } from "@latchkey/protocol";
import { useMutation } from "@tanstack/react-query";
import { call } from "#api/call.ts";
import { ProblemError } from "#api/problem-error.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { variableAnswers } from "./use-delete-variable.ts";
import { isTooLong, type VariableDraft, VariableFields } from "./variable-fields.tsx";

const words = texts.variables.create;
const blank: VariableDraft = { content: "", public: false };

interface Props {
  readonly applicationId: string;
  /** Of one that is there. */
  readonly onOpen: (name: string) => void;
}

/** A button and its form. A variable that is there already is not written over. */
export function CreateVariable({ applicationId, onOpen }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [draft, setDraft] = useState(blank);
  const refresh = useRefresh(variableAnswers);
  const create = useMutation({
    mutationFn: async (): Promise<"created" | "exists"> => {
      const named = { applicationId, name: name.trim() };
      if (await isThere(named)) return "exists";
      await call("setVariable", { ...named, ...draft });
      return "created";
    },
    onSuccess: async (came) => {
      if (came === "exists") return;
      setOpen(false);
      toast.done(words.done);
      await refresh();
    },
  });
  const open = () => {
    setName("");
    setDraft(blank);
    create.reset();
    setOpen(true);
  };
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        {words.action}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={words.title} size="lg">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          <Stack>
            <TextInput
              label={texts.variables.name}
              description={words.nameHint}
              minLength={limits.variableName.min}
              maxLength={limits.variableName.max}
              autoComplete="off"
              data-autofocus
              required
              withAsterisk={false}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <VariableFields draft={draft} onChange={setDraft} />
            {create.data === "exists" && (
              <Alert color="yellow" role="alert" title={words.exists}>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => {
                    setOpen(false);
                    onOpen(name.trim());
                  }}
                >
                  {words.openIt}
                </Button>
              </Alert>
            )}
            <ProblemLine error={create.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                {texts.general.cancel}
              </Button>
              <Button type="submit" loading={create.isPending} disabled={isTooLong(draft)}>
                {words.action}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

async function isThere(named: { readonly applicationId: string; readonly name: string }): Promise<boolean> {
  try {
    await call("showVariable", named);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.code === "variableNotFound") return false;
    throw error;
  }
}
