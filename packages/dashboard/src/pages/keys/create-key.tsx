import { useState } from "react";
import { Button, Modal } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useChange } from "#api/use-change.ts";
import { texts } from "#texts/texts.ts";
import { KeyForm } from "./key-form.tsx";
import { MadeKey } from "./made-key.tsx";

const words = texts.keys;
const refreshes = ["listManagementKeys"] as const;

/** A button and its form, which ends with the key. */
export function CreateKey() {
  const [isOpen, setOpen] = useState(false);
  const create = useChange("createManagementKey", { refreshes });
  const made = create.data;
  const open = () => {
    create.reset();
    setOpen(true);
  };
  const close = () => setOpen(false);
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        {words.create.action}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        size="lg"
        title={made ? words.made.title : words.create.title}
        closeOnClickOutside={!made}
        closeOnEscape={!made}
      >
        {made ? (
          <MadeKey made={made} onDone={close} />
        ) : (
          <KeyForm
            running={create.isPending}
            error={create.error}
            onCancel={close}
            onSubmit={(input) => create.mutate({ input })}
          />
        )}
      </Modal>
    </>
  );
}
