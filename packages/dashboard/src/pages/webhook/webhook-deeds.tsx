import { Button } from "@mantine/core";
import { call } from "#api/call.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { confirm } from "#parts/confirm.tsx";
import { Section } from "#parts/section.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { within } from "#location/paths.ts";
import { useMay } from "#shell/use-own-operator.ts";
import type { Webhook } from "#pages/webhooks/webhook-state.tsx";
import { webhookAnswers } from "./webhook-answers.ts";

const words = texts.webhooks.deeds;

/** What ends or begins the telling, each with what it leads to. */
export function WebhookDeeds({ webhook }: { readonly webhook: Webhook }) {
  const may = useMay();
  const refresh = useRefresh(webhookAnswers);
  const { applicationId, id: webhookId } = webhook;
  const turn = async (state: Webhook["state"], reason?: string) => {
    await call("updateWebhook", { applicationId, webhookId, state }, { reason });
    toast.done(state === "enabled" ? words.enable.done : words.disable.done);
    await refresh();
  };
  const enable = () => void turn("enabled").catch((error: unknown) => toast.failed(error));
  const disable = () =>
    confirm({ ...words.disable, asksReason: true, onConfirm: (reason) => turn("disabled", reason) });
  const remove = () =>
    confirm({
      ...words.delete,
      asksReason: true,
      onConfirm: async (reason) => {
        await call("deleteWebhook", { applicationId, webhookId }, { reason });
        navigate(`${within(applicationId)}/webhooks`, { replace: true });
        toast.done(words.delete.done);
        await refresh();
      },
    });
  const [mayUpdate, mayDelete] = [may("webhooks:update"), may("webhooks:delete")];
  if (!mayUpdate && !mayDelete) return null;
  return (
    <Section title={words.title} flush>
      <ul className="lk-rows">
        {mayUpdate &&
          (webhook.state === "enabled" ? (
            <Deed {...words.disable} onClick={disable} />
          ) : (
            <Deed {...words.enable} onClick={enable} />
          ))}
        {mayDelete && <Deed {...words.delete} isDanger onClick={remove} />}
      </ul>
    </Section>
  );
}

interface DeedProps {
  readonly action: string;
  readonly about: string;
  readonly isDanger?: boolean;
  readonly onClick: () => void;
}

function Deed({ action, about, isDanger = false, onClick }: DeedProps) {
  return (
    <li>
      <div className="lk-what">
        <p>{about}</p>
      </div>
      <Button variant={isDanger ? "light" : "default"} {...(isDanger && { color: "red" })} onClick={onClick}>
        {action}
      </Button>
    </li>
  );
}
