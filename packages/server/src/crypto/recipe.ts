import { foreignSchemes, type ForeignScheme, type Seasoning } from "./foreign-schemes.ts";

/** All that another system's digest is computed from besides the password. */
export interface Recipe extends Seasoning {
  readonly scheme: string;
  /** In the order of the scheme's names for them. */
  readonly costs: readonly number[];
}

/** What a recipe costs, in text: recipes of one kind take the same work. */
export type RecipeKind = string;

/** Fewer tell too little about the password that was given; none of the schemes is used with more. */
const digestLengths = { min: 16, max: 64 };

function schemeOf({ scheme }: Pick<Recipe, "scheme">): ForeignScheme {
  const found = foreignSchemes.get(scheme);
  if (!found) throw new Error(`${scheme} is no scheme of password hashes`);
  return found;
}

/** Whether it can be computed at every sign-in. */
export function isBearable(recipe: Recipe): boolean {
  return schemeOf(recipe).isBearable(recipe.costs);
}

export function isWellFormed(recipe: Recipe): boolean {
  const { min, max } = digestLengths;
  return schemeOf(recipe).isSalt(recipe.salt) && recipe.length >= min && recipe.length <= max;
}

export function compute(recipe: Recipe, password: string): Promise<Buffer> {
  return schemeOf(recipe).compute(password, recipe.costs, recipe);
}

/** The work of a recipe of that kind, for nothing. */
export async function pretend(kind: RecipeKind, password: string): Promise<void> {
  await compute(decodeRecipe(`${kind},l=${digestLengths.min}$${nobodysSalt}`), password);
}

const nobodysSalt = unpadded(Buffer.alloc(16));

export function kindOf(recipe: Recipe): RecipeKind {
  const costs = schemeOf(recipe).sharedCosts?.(recipe.costs) ?? recipe.costs;
  return `$${recipe.scheme}$${namedCosts({ ...recipe, costs })}`;
}

/** `$scrypt$ln=14,r=8,p=1,l=32$salt`, where `l` is the length of the digest. */
export function encodeRecipe(recipe: Recipe): string {
  return `$${recipe.scheme}$${namedCosts(recipe)},l=${recipe.length}$${unpadded(recipe.salt)}`;
}

const form = /^\$([a-z0-9-]+)\$([a-z]+=\d{1,9}(?:,[a-z]+=\d{1,9})*),l=(\d{1,3})\$([A-Za-z0-9+/]+)$/;

export function decodeRecipe(encoded: string): Recipe {
  const recipe = readRecipe(encoded);
  if (!recipe) throw new Error("a stored recipe has an unknown form");
  return recipe;
}

/** `undefined`: it is none. */
export function readRecipe(encoded: string): Recipe | undefined {
  const [, scheme = "", costs = "", length, salt = ""] = form.exec(encoded) ?? [];
  if (!foreignSchemes.has(scheme)) return undefined;
  const recipe = {
    scheme,
    costs: Array.from(costs.matchAll(/\d+/g), ([digits]) => Number(digits)),
    length: Number(length),
    salt: Buffer.from(salt, "base64"),
  };
  return namedCosts(recipe) === costs && isWellFormed(recipe) ? recipe : undefined;
}

function namedCosts(recipe: Pick<Recipe, "scheme" | "costs">): string {
  return schemeOf(recipe)
    .costNames.map((name, n) => `${name}=${recipe.costs[n]}`)
    .join(",");
}

export function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
