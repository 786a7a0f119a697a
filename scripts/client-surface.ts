import { isAbsolute, join, relative } from "node:path";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const root = join(import.meta.dirname, "..");
const client = join(root, "packages/client");

/** All declarations that an entry of the SDK shows, in one file, but for imports from elsewhere. */
export async function clientSurface(entry: string, elsewhere = /^@latchkey\//): Promise<string> {
  const bundle = await rollup({
    input: join(client, "src", entry),
    external: elsewhere,
    plugins: [dts({ tsconfig: join(root, "tsconfig.json") })],
  });
  const { output } = await bundle.generate({ paths: (id) => (isAbsolute(id) ? `./${relative(client, id)}` : id) });
  await bundle.close();
  return `// Written by \`npm run generate\`.\n${output[0].code}`;
}
