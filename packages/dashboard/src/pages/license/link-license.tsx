import { useState } from "react";
import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useAnswer } from "#api/use-answer.ts";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import type { License } from "./license-facts.tsx";

const words = texts.licenses.actions.link;
const offeredAtMost = 20;
const waitMs = 250;

interface Props {
  readonly license: License;
  readonly etag: string | undefined;
}

export function LinkLicense({ license: { id, applicationId }, etag }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [accountId, setAccountId] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [sought] = useDebouncedValue(typed.trim(), waitMs);
  const found = useAnswer(
    "listAccounts",
    { applicationId, limit: offeredAtMost, ...(sought !== "" && { search: sought }) },
    { enabled: isOpen, keepsPrevious: true },
  );
  const link = useChange("linkLicense", {
    refreshes: ["showLicense", "listLicenses", "listAudit"],
    onDone: () => {
      setOpen(false);
      toast.done(words.done);
    },
  });
  const accounts = found.data?.output.accounts ?? [];
  return (
    <li>
      <div className="lk-what">
        <p>{words.about}</p>
      </div>
      <Button variant="default" onClick={() => setOpen(true)}>
        {words.action}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={words.title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (accountId !== null) link.mutate({ input: { applicationId, license: id, accountId }, ifMatch: etag });
          }}
        >
          <Stack>
            <Select
              label={words.account}
              placeholder={words.accountHint}
              searchable
              clearable
              data-autofocus
              nothingFoundMessage={texts.general.list.nothingFound}
              // The server has searched already.
              filter={({ options }) => options}
              data={accounts.map((account) => ({
                value: account.id,
                label: account.login ?? account.email ?? account.id,
              }))}
              value={accountId}
              onChange={setAccountId}
              searchValue={typed}
              onSearchChange={setTyped}
            />
            <ProblemLine error={link.error ?? found.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                {texts.general.cancel}
              </Button>
              <Button type="submit" disabled={accountId === null} loading={link.isPending}>
                {words.submit}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </li>
  );
}
