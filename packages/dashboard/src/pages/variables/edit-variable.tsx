import { useState } from "react";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type Answered, call } from "#api/call.ts";
import { ProblemError } from "#api/problem-error.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { variableAnswers } from "./use-delete-variable.ts";
import { isTooLong, type VariableDraft, VariableFields } from "./variable-fields.tsx";
import { VariableConflict } from "./variable-conflict.tsx";

const words = texts.variables.edit;
type Shown = Answered<"showVariable">;

interface Props {
  readonly applicationId: string;
  readonly name: string | undefined;
  readonly onClose: () => void;
}

/** Edits one variable. What somebody else does to it meanwhile is shown, and never written over unasked. */
export function EditVariable({ applicationId, name, onClose }: Props) {
  return (
    <Modal opened={name !== undefined} onClose={onClose} title={words.title(name ?? "")} size="lg">
      {name !== undefined && <Loaded key={name} applicationId={applicationId} name={name} onClose={onClose} />}
    </Modal>
  );
}

function Loaded({ applicationId, name, onClose }: Props & { readonly name: string }) {
  // Not kept: whoever begins to edit begins with what is there now, and goes on with what they have.
  const { data, error, refetch } = useQuery<Shown>({
    queryKey: ["showVariable", { applicationId, name }, "edited"],
    queryFn: ({ signal }) => call("showVariable", { applicationId, name }, { signal }),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={4} />;
  return <Editor applicationId={applicationId} name={name} shown={data} onClose={onClose} />;
}

interface EditorProps {
  readonly applicationId: string;
  readonly name: string;
  readonly shown: Shown;
  readonly onClose: () => void;
}

function Editor({ applicationId, name, shown, onClose }: EditorProps) {
  const [base, setBase] = useState<Shown>(shown);
  const [draft, setDraft] = useState<VariableDraft>(shown.output.variable);
  /** What it is on the server, where that is not what the editing began with; `null`: it was deleted. */
  const [theirs, setTheirs] = useState<Shown | null>();
  const mayUpdate = useMay()("variables:update");
  const refresh = useRefresh(variableAnswers);
  const save = useMutation({
    mutationFn: async (ifMatch: string | undefined) => {
      const { content, public: isPublic } = draft;
      await call("setVariable", { applicationId, name, content, public: isPublic }, { ifMatch });
    },
    onSuccess: async () => {
      onClose();
      toast.done(words.done);
      await refresh();
    },
    onError: async (error) => {
      if (error instanceof ProblemError && error.code === "changedMeanwhile")
        setTheirs(await currently(applicationId, name));
    },
  });
  if (theirs !== undefined) {
    return (
      <VariableConflict
        mine={draft}
        theirs={theirs?.output.variable}
        isRunning={save.isPending}
        onKeepMine={() => {
          setTheirs(undefined);
          // Over what was shown just now, and over nothing newer.
          save.mutate(theirs?.etag);
        }}
        onTakeTheirs={() => {
          if (theirs === null) onClose();
          else {
            setBase(theirs);
            setDraft(theirs.output.variable);
          }
          setTheirs(undefined);
          save.reset();
        }}
      />
    );
  }
  const { variable } = base.output;
  const isChanged = draft.content !== variable.content || draft.public !== variable.public;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(base.etag);
      }}
    >
      <Stack>
        <VariableFields draft={draft} onChange={setDraft} />
        <ProblemLine error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.general.cancel}
          </Button>
          {mayUpdate && (
            <Button type="submit" loading={save.isPending} disabled={!isChanged || isTooLong(draft)}>
              {texts.general.save}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

async function currently(applicationId: string, name: string): Promise<Shown | null> {
  try {
    return await call("showVariable", { applicationId, name });
  } catch (error) {
    if (error instanceof ProblemError && error.code === "variableNotFound") return null;
    throw error;
  }
}
