import {
  ActionIcon,
  Button,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Popover,
  Tabs,
  Tooltip,
} from "@mantine/core";
import { texts } from "#texts/texts.ts";

/** The brand: verdigris, what copper and old locks turn into. */
const verdigris: MantineColorsTuple = [
  "#ecf8f5",
  "#d7efe9",
  "#acdfd3",
  "#7dcebc",
  "#54bea7",
  "#36a791",
  "#1f8071",
  "#186f64",
  "#125950",
  "#0b443d",
];

/** Neutrals with a breath of the brand, from text to the deepest ground. */
const dark: MantineColorsTuple = [
  "#e3e9e7",
  "#c3cccA",
  "#9fabA8",
  "#73807d",
  "#414d4a",
  "#323c3a",
  "#262f2d",
  "#1b2321",
  "#151b1a",
  "#0f1413",
];

const gray: MantineColorsTuple = [
  "#f7f9f8",
  "#eff3f1",
  "#e3e8e6",
  "#d3dad8",
  "#bcc5c3",
  "#9aa5a2",
  "#6f7b78",
  "#4a5553",
  "#333d3b",
  "#1e2725",
];

/** Dark enough for white text upon it (WCAG AA). */
const red: MantineColorsTuple = [
  "#fff1f1",
  "#ffe0e0",
  "#fbc3c3",
  "#f49d9d",
  "#ec7c7c",
  "#de5656",
  "#cb3a3a",
  "#bb2d2d",
  "#a42424",
  "#8a1c1c",
];

const quickly = { duration: 120 };
const closeButtonProps = { "aria-label": texts.general.close };

export const theme = createTheme({
  colors: { verdigris, dark, gray, red },
  primaryColor: "verdigris",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: "620",
    sizes: { h1: { fontSize: "1.375rem" }, h2: { fontSize: "1.0625rem" }, h3: { fontSize: "0.9375rem" } },
  },
  radius: { sm: "0.25rem", md: "0.5rem", lg: "0.75rem" },
  components: {
    // Their way to stop the page from scrolling is a style element, which the content security policy forbids; ours is
    // a rule of styles/page.css.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, transitionProps: quickly, closeButtonProps },
    }),
    Drawer: Drawer.extend({
      defaultProps: { lockScroll: false, position: "right", transitionProps: quickly, closeButtonProps },
    }),
    Button: Button.extend({ defaultProps: { size: "sm" } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray" } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps } }),
    Menu: Menu.extend({ defaultProps: { shadow: "md", withinPortal: true, transitionProps: quickly } }),
    Popover: Popover.extend({ defaultProps: { shadow: "md", transitionProps: quickly } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, transitionProps: quickly, withArrow: true } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
  },
});
