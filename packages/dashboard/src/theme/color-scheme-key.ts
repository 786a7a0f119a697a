/** Where a browser keeps the choice of its user. */
export const colorSchemeKey = "latchkey-color-scheme";

export const colorSchemes = ["auto", "light", "dark"] as const;
export type ColorScheme = (typeof colorSchemes)[number];

export function isColorScheme(text: unknown): text is ColorScheme {
  return colorSchemes.some((scheme) => scheme === text);
}
