import { type ReactNode, useEffect } from "react";
import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMenu2 } from "@tabler/icons-react";
import { Link, useLocation } from "wouter";
import { ConfirmDialog } from "#parts/confirm.tsx";
import { texts } from "#texts/texts.ts";
import { BrandMark } from "./brand-mark.tsx";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { Navigation } from "./navigation.tsx";
import { Palette } from "./palette.tsx";

/** What surrounds every page of who is signed in. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const [isMenuOpen, menu] = useDisclosure(false);
  const [path] = useLocation();
  // Whoever has chosen where to go wants to see it.
  useEffect(() => {
    menu.close();
    scrollTo(0, 0);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the menu's functions are new each time
  }, [path]);
  return (
    <div className="lk-frame">
      <a
        className="lk-skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector("main")?.focus();
        }}
      >
        {texts.general.skip}
      </a>
      <Navigation />
      <div className="lk-topbar">
        <Link className="lk-brand" href="/">
          <BrandMark />
          {texts.general.product}
        </Link>
        <ActionIcon size="lg" aria-label={texts.general.menu} aria-expanded={isMenuOpen} onClick={menu.open}>
          <IconMenu2 size={20} aria-hidden />
        </ActionIcon>
      </div>
      <Drawer
        opened={isMenuOpen}
        onClose={menu.close}
        position="left"
        size="17rem"
        padding={0}
        withCloseButton={false}
        attributes={{ content: { "aria-label": texts.general.menu } }}
      >
        <Navigation inDrawer />
      </Drawer>
      <main className="lk-main" tabIndex={-1}>
        {children}
      </main>
      <ConfirmDialog />
      <KeyboardHelp />
      <Palette />
    </div>
  );
}
