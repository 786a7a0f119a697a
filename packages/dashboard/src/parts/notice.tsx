import type { ReactNode } from "react";
import { Group, Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";

interface Props {
  readonly icon: Icon;
  readonly title: string;
  readonly about: ReactNode;
  readonly kind?: "empty" | "error";
  /** What can be done next. */
  readonly children?: ReactNode;
}

/** What stands where there is nothing to show: why, and what to do next. */
export function Notice({ icon: NoticeIcon, title, about, kind = "empty", children }: Props) {
  return (
    <div className="lk-notice" data-kind={kind} role={kind === "error" ? "alert" : undefined}>
      <span className="lk-notice-icon">
        <NoticeIcon size={22} stroke={1.7} aria-hidden />
      </span>
      <Title order={2}>{title}</Title>
      <p>{about}</p>
      {children !== undefined && <Group mt="xs">{children}</Group>}
    </div>
  );
}
