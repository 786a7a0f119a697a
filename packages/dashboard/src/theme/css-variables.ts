import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from "@mantine/core";
import { theme } from "./theme.ts";

/** What is dangerous is to be seen in the dark, too. */
const danger = {
  "--mantine-color-red-light": "#40211f",
  "--mantine-color-red-light-hover": "#4d2725",
  "--mantine-color-red-light-color": "#ffb3ad",
};

/** The theme as a style sheet, made when the dashboard is built: at runtime it would take a style element. */
export function cssVariables(): string {
  const { variables, light, dark } = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
  return convertCssVariables(
    {
      variables,
      // Contrast of 4.5 and more for what is written small (WCAG AA).
      light: { ...light, "--mantine-color-dimmed": "#5b6764", "--mantine-color-placeholder": "#6f7b78" },
      dark: { ...dark, "--mantine-color-dimmed": "#9fabA8", "--mantine-color-placeholder": "#8a9794", ...danger },
    },
    ":root",
  );
}
