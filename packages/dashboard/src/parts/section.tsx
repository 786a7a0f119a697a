import type { ReactNode } from "react";
import { Group, Title } from "@mantine/core";

interface Props {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  /** Where mistakes are costly. */
  readonly danger?: boolean;
  /** Without space around the content, as lists of rows want it. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** One subject of a page. */
export function Section({ title, about, actions, danger = false, flush = false, children }: Props) {
  return (
    <section className={danger ? "lk-card lk-danger" : "lk-card"} aria-label={title}>
      <div className="lk-section-head">
        <div>
          <Title order={2}>{title}</Title>
          {about !== undefined && <div className="lk-section-about">{about}</div>}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </div>
      {flush ? children : <div className="lk-card-body">{children}</div>}
    </section>
  );
}
