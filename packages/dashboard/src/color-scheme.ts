// Loaded before anything is painted, so that no page flashes in the wrong colors.
import { isColorScheme, colorSchemeKey } from "#theme/color-scheme-key.ts";

const kept = localStorage.getItem(colorSchemeKey);
const chosen = isColorScheme(kept) ? kept : "auto";
const isDark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.dataset["mantineColorScheme"] = isDark ? "dark" : "light";
