import { Button, Group, Stack } from "@mantine/core";
import { call } from "#api/call.ts";
import { useChange } from "#api/use-change.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { confirm } from "#parts/confirm.tsx";
import { Instant } from "#parts/instant.tsx";
import { ProblemLine } from "#parts/problem-line.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { MailFields } from "./mail-fields.tsx";
import { MailPreview } from "./mail-preview.tsx";
import { areSame, isComplete, type MailTemplate, type MailWords, wordsOf } from "./mail-words.ts";

const words = texts.mails;
const refreshes = ["listMailTemplates"] as const;

interface Props {
  readonly applicationId: string;
  readonly template: MailTemplate;
  readonly draft: MailWords;
  /** Nothing: what the server has. */
  readonly onChange: (draft: MailWords | undefined) => void;
}

/** The words of one mail, and beside them the mail. */
export function MailEditor({ applicationId, template, draft, onChange }: Props) {
  const { kind, language, changedAt } = template;
  const named = { applicationId, kind, language };
  const mayUpdate = useMay()("applications:update");
  const refresh = useRefresh(refreshes);
  const save = useChange("setMailTemplate", {
    refreshes,
    onDone: () => toast.done(words.save.done),
  });
  const isChanged = !areSame(draft, template);
  const discard = () => {
    onChange(undefined);
    save.reset();
  };
  const reset = () =>
    confirm({
      ...words.reset,
      asksReason: true,
      onConfirm: async (reason) => {
        await call("resetMailTemplate", named, { reason });
        discard();
        toast.done(words.reset.done, async () => {
          await call("setMailTemplate", { ...named, ...wordsOf(template) });
          toast.done(words.reset.undone);
          await refresh();
        });
        await refresh();
      },
    });
  return (
    <div className="lk-mail">
      <Section
        title={words.fields.title}
        about={
          changedAt === undefined ? (
            words.server
          ) : (
            <>
              {words.ownSince} <Instant at={changedAt} />
            </>
          )
        }
        {...(mayUpdate &&
          changedAt !== undefined && {
            actions: (
              <Button size="xs" variant="default" onClick={reset}>
                {words.reset.action}
              </Button>
            ),
          })}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            // What the server has then is shown, and what becomes of it later.
            save.mutate({ input: { ...named, ...wordsOf(draft) } }, { onSuccess: () => onChange(undefined) });
          }}
        >
          <fieldset className="lk-plain" disabled={!mayUpdate}>
            <Stack>
              <MailFields draft={draft} onChange={onChange} />
              <ProblemLine error={save.error} />
              {mayUpdate && (
                <Group justify="flex-end">
                  <Button variant="default" disabled={!isChanged} onClick={discard}>
                    {texts.general.discard}
                  </Button>
                  <Button type="submit" loading={save.isPending} disabled={!isChanged || !isComplete(draft)}>
                    {words.save.action}
                  </Button>
                </Group>
              )}
            </Stack>
          </fieldset>
        </form>
      </Section>
      <MailPreview {...named} draft={draft} />
    </div>
  );
}
