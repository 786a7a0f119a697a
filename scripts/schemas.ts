// A step of `npm run check`: vectors and the AsyncAPI document are what their JSON Schemas say.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import specs from "@asyncapi/specs";
import { Ajv } from "ajv";

const root = join(import.meta.dirname, "..");
const vectorFiles = globSync("conformance/{frames,bodies,client-frames,flows/*}.json", { cwd: root }).sort();

// AsyncAPI's own schema uses formats and keywords that strict mode has never heard of.
const ajv = new Ajv({ strict: false, validateFormats: false });

check(object("conformance/schema.json"), vectorFiles);
check(specs.schemasWithoutId["3.0.0"], ["docs/asyncapi.json"]);
checkReferences("docs/asyncapi.json");

function check(schema: object, files: readonly string[]): void {
  const validate = ajv.compile(schema);
  for (const file of files) {
    if (validate(object(file))) continue;
    for (const { instancePath, message } of validate.errors ?? []) console.error(`${file}${instancePath} ${message}`);
    process.exitCode = 1;
  }
}

/** That every `$ref` leads somewhere is nothing a schema can ask. */
function checkReferences(file: string): void {
  const document = object(file);
  for (const [, path = ""] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]*)"/g)) {
    let target: unknown = document;
    for (const name of path.split("/")) target = new Map<string, unknown>(Object.entries(target ?? {})).get(name);
    if (target !== undefined) continue;
    console.error(`${file} refers to ${path}, which is not there`);
    process.exitCode = 1;
  }
}

function object(file: string): object {
  const value: unknown = JSON.parse(readFileSync(join(root, file), "utf8"));
  if (typeof value !== "object" || value === null) throw new Error(`${file} holds no object`);
  return value;
}
