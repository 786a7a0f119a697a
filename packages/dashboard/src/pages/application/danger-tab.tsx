import { Button } from "@mantine/core";
import type { Scope } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { confirm } from "#parts/confirm.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { forgetApplication } from "#shell/use-current-application.ts";
import { useMay } from "#shell/use-own-operator.ts";
import type { TabProps } from "./tab-props.ts";

const words = texts.applications.danger;
const refreshes = ["showApplication", "listApplications"] as const;

interface Row {
  readonly scope: Scope;
  readonly title: string;
  readonly about: string;
  readonly action: string;
  readonly ask: () => void;
}

/** What everybody who uses the application will feel. */
export function DangerTab({ application: { id: applicationId, name, pausedAt }, etag }: TabProps) {
  const may = useMay();
  const input = { applicationId };
  const unpause = useChange("unpauseApplication", { refreshes, onDone: () => toast.done(words.unpausedDone) });
  const pause = useChange("pauseApplication", {
    refreshes,
    onDone: () => toast.done(words.pausedDone, () => unpause.mutateAsync({ input })),
  });
  const end = useChange("endApplicationSessions", { onDone: () => toast.done(words.ended) });
  const remove = useChange("deleteApplication", {
    refreshes: ["listApplications"],
    onDone: () => {
      forgetApplication();
      navigate("/applications", { replace: true });
      toast.done(words.deleted);
    },
  });
  const askPause = () =>
    confirm({
      title: words.pauseTitle(name),
      consequences: words.pauseConsequences,
      action: words.pauseAction,
      asksReason: true,
      onConfirm: (reason) => pause.mutateAsync({ input, ifMatch: etag, reason }),
    });
  const askEnd = () =>
    confirm({
      title: words.endTitle,
      consequences: words.endConsequences,
      action: words.endAction,
      asksReason: true,
      onConfirm: (reason) => end.mutateAsync({ input, reason }),
    });
  const askDelete = () =>
    confirm({
      title: words.deleteTitle(name),
      consequences: words.deleteConsequences,
      action: words.deleteAction,
      typedName: name,
      asksReason: true,
      onConfirm: (reason) => remove.mutateAsync({ input, reason }),
    });
  const rows: readonly Row[] = [
    pausedAt === undefined
      ? {
          scope: "applications:update",
          title: words.pause,
          about: words.pauseAbout,
          action: words.pauseAction,
          ask: askPause,
        }
      : {
          scope: "applications:update",
          title: words.unpause,
          about: words.unpauseAbout,
          action: words.unpauseAction,
          ask: () => unpause.mutate({ input }, { onError: (error) => toast.failed(error) }),
        },
    { scope: "sessions:disconnect", title: words.end, about: words.endAbout, action: words.endAction, ask: askEnd },
    {
      scope: "applications:delete",
      title: words.delete,
      about: words.deleteAbout,
      action: words.deleteAction,
      ask: askDelete,
    },
  ];
  return (
    <Section title={texts.applications.tabs.danger} danger flush>
      <ul className="lk-rows">
        {rows
          .filter(({ scope }) => may(scope))
          .map(({ title, about, action, ask }) => (
            <li key={title}>
              <div className="lk-what">
                <strong>{title}</strong>
                <p>{about}</p>
              </div>
              <Button variant="light" color="red" onClick={ask}>
                {action}
              </Button>
            </li>
          ))}
      </ul>
    </Section>
  );
}
