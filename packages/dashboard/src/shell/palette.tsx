import { Spotlight } from "@mantine/spotlight";
import { IconApps, IconSearch } from "@tabler/icons-react";
import { useAnswer } from "#api/use-answer.ts";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { applicationPath, pages } from "#pages.ts";
import { useCurrentApplicationId } from "./use-current-application.ts";
import { useMay } from "./use-own-operator.ts";

const shownAtMost = 12;

/** Ctrl+K: every page and application by its name. */
export function Palette() {
  const applicationId = useCurrentApplicationId();
  const may = useMay();
  const { data } = useAnswer("listApplications", {});
  const words = texts.general.palette;
  const places = pages.flatMap((page) => {
    const { navigation } = page;
    if (!navigation || !may(navigation.scope)) return [];
    if (navigation.in === "server") return [{ page, to: page.path, navigation }];
    return applicationId === undefined ? [] : [{ page, to: applicationPath(page, applicationId), navigation }];
  });
  return (
    <Spotlight
      shortcut="mod + K"
      limit={shownAtMost}
      highlightQuery
      lockScroll={false}
      nothingFound={words.nothing}
      searchProps={{ leftSection: <IconSearch size={18} aria-hidden />, placeholder: words.placeholder }}
      actions={[
        {
          group: words.pages,
          actions: places.map(({ page, to, navigation: { label, icon: PageIcon } }) => ({
            id: page.path,
            label,
            leftSection: <PageIcon size={18} aria-hidden />,
            onClick: () => navigate(to),
          })),
        },
        {
          group: words.applications,
          actions: (data?.output.applications ?? []).map(({ id, name }) => ({
            id,
            label: name,
            leftSection: <IconApps size={18} aria-hidden />,
            onClick: () => navigate(`/applications/${id}/overview`),
          })),
        },
      ]}
    />
  );
}
