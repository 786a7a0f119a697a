import { UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { openSpotlight } from "@mantine/spotlight";
import { Link, useLocation } from "wouter";
import { texts } from "#texts/texts.ts";
import { applicationPath, pages, type PageEntry } from "#pages.ts";
import { ApplicationSwitcher } from "./application-switcher.tsx";
import { BrandMark } from "./brand-mark.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { useCurrentApplicationId } from "./use-current-application.ts";
import { useMay } from "./use-own-operator.ts";

/** The side of the frame: where one is, and where one can go. */
export function Navigation({ inDrawer = false }: { readonly inDrawer?: boolean }) {
  const applicationId = useCurrentApplicationId();
  const may = useMay();
  const words = texts.general.navigation;
  const shown = (place: "application" | "server") =>
    pages.filter(({ navigation }) => navigation?.in === place && may(navigation.scope));
  return (
    <nav className={inDrawer ? "lk-sidebar lk-in-drawer" : "lk-sidebar"} aria-label={words.label}>
      <Link className="lk-brand" href="/">
        <BrandMark />
        {texts.general.product}
      </Link>
      <ApplicationSwitcher applicationId={applicationId} />
      <UnstyledButton className="lk-nav-link" onClick={openSpotlight}>
        <IconSearch size={17} stroke={1.7} aria-hidden />
        {texts.general.palette.open}
      </UnstyledButton>
      <div className="lk-nav-pages">
        {applicationId !== undefined && (
          <>
            <div className="lk-nav-title">{words.application}</div>
            {shown("application").map((page) => (
              <Entry key={page.path} page={page} to={applicationPath(page, applicationId)} />
            ))}
          </>
        )}
        <div className="lk-nav-title">{words.server}</div>
        {shown("server").map((page) => (
          <Entry key={page.path} page={page} to={page.path} />
        ))}
      </div>
      <div className="lk-sidebar-foot">
        <PersonMenu />
      </div>
    </nav>
  );
}

function Entry({ page: { navigation, path }, to }: { readonly page: PageEntry; readonly to: string }) {
  const [at] = useLocation();
  if (!navigation) return null;
  const { icon: PageIcon, label } = navigation;
  const isWithin = at.startsWith(`${to}/`) && path !== "/" && !navigation.isExact;
  return (
    <Link className="lk-nav-link" href={to} {...((at === to || isWithin) && { "aria-current": "page" as const })}>
      <PageIcon size={17} stroke={1.7} aria-hidden />
      {label}
    </Link>
  );
}
