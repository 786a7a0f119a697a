import type { ReactNode } from "react";
import { Group, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "wouter";
import { texts } from "#texts/texts.ts";

interface Props {
  readonly title: string;
  /** Its title is a key or the like. */
  readonly isKey?: boolean;
  /** Beside the title, such as a state. */
  readonly mark?: ReactNode;
  readonly about?: ReactNode;
  /** The page above this one. */
  readonly back?: { readonly to: string; readonly label: string };
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page within the frame: its heading, what can be done on it, its content. */
export function Page({ title, isKey = false, mark, about, back, actions, children }: Props) {
  useDocumentTitle(`${title} · ${texts.general.product}`);
  return (
    <div>
      {back && (
        <Link className="lk-back" href={back.to}>
          <IconArrowLeft size={14} aria-hidden />
          {back.label}
        </Link>
      )}
      <header className="lk-page-head">
        <div>
          <Group gap="sm">
            <Title order={1} {...(isKey && { className: "lk-key-title" })}>
              {title}
            </Title>
            {mark}
          </Group>
          {about !== undefined && <div className="lk-page-about">{about}</div>}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </header>
      {children}
    </div>
  );
}
