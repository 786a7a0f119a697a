import { Skeleton, Stack } from "@mantine/core";
import { texts } from "#texts/texts.ts";

/** The shape of what is on its way. */
export function SkeletonRows({ rows = 6 }: { readonly rows?: number }) {
  return (
    <Stack gap="md" p="lg" role="status" aria-label={texts.general.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={14} width={`${90 - ((row * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
