import type { ReactNode } from "react";
import { Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { BrandMark } from "#shell/brand-mark.tsx";
import { texts } from "#texts/texts.ts";

interface Props {
  readonly title: string;
  readonly about?: ReactNode;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}

/** The one card of a page for who is not signed in. */
export function WelcomeCard({ title, about, children, foot }: Props) {
  useDocumentTitle(`${title} · ${texts.general.product}`);
  return (
    <main className="lk-welcome">
      <Group gap="xs">
        <BrandMark size={30} />
        <Text fw={650} size="lg">
          {texts.general.product}
        </Text>
      </Group>
      <div className="lk-welcome-card">
        <Stack gap="lg">
          <div>
            <Title order={1}>{title}</Title>
            {about !== undefined && (
              <Text size="sm" c="dimmed" mt={4}>
                {about}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </div>
      {foot}
    </main>
  );
}
