import type { OperatorRole } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { confirm } from "#parts/confirm.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import type { Operator } from "./operator-table.tsx";

const words = texts.operators;
const refreshes = ["listOperators", "listInvitations"] as const;

/** What an owner does with another operator; asked first, where they will feel it. */
export function useOperatorDeeds() {
  const giveRole = useChange("changeOperatorRole", { refreshes });
  const shutOut = useChange("disableOperator", { refreshes });
  const letIn = useChange("enableOperator", { refreshes });
  const drop = useChange("removeOperator", { refreshes });

  const changeRole = ({ id, name, role: before }: Operator, role: OperatorRole) =>
    confirm({
      title: words.roleTitle(name, texts.account.roles[role]),
      about: `${texts.account.roles[role]}: ${words.roleAbout[role]}.`,
      consequences: [
        ...words.roleConsequences,
        ...(before === "owner" ? [words.roleVoids] : []),
        ...(role === "owner" ? [words.roleGivesAll] : []),
      ],
      action: words.roleAction,
      harmless: role !== "owner",
      asksReason: true,
      onConfirm: async (reason) => {
        await giveRole.mutateAsync({ input: { operatorId: id, role }, reason });
        toast.done(words.roleChanged(name, texts.account.roles[role]));
      },
    });
  const enable = ({ id, name }: Operator) =>
    letIn.mutate(
      { input: { operatorId: id } },
      { onSuccess: () => toast.done(words.enabled(name)), onError: (error) => toast.failed(error) },
    );
  const disable = ({ id, name }: Operator) =>
    confirm({
      title: words.disableTitle(name),
      consequences: words.disableConsequences,
      action: words.disable,
      asksReason: true,
      onConfirm: async (reason) => {
        await shutOut.mutateAsync({ input: { operatorId: id }, reason });
        toast.done(words.disabled(name), () => letIn.mutateAsync({ input: { operatorId: id } }));
      },
    });
  const remove = ({ id, name, email }: Operator) =>
    confirm({
      title: words.removeTitle(name),
      consequences: words.removeConsequences,
      action: words.remove,
      typedName: email,
      asksReason: true,
      onConfirm: async (reason) => {
        await drop.mutateAsync({ input: { operatorId: id }, reason });
        toast.done(words.removed(name));
      },
    });
  return { changeRole, disable, enable, remove };
}
