import type { Dump } from "./load-database.ts";
import type { Content, ContentId } from "./tables.ts";

type StoredContent = Pick<Content, "id" | "checksum" | "size">;

/** The contents that the rows of a dump say are in the file store. */
export async function* contentsOf({ tables, rows }: Pick<Dump, "tables" | "rows">): AsyncGenerator<StoredContent> {
  const table = tables.find(({ name }) => name === "content");
  if (!table) return;
  const [id, checksum, size] = ["id", "checksum", "size"].map((name) => table.columns.indexOf(name));
  for await (const some of rows(table)) {
    for (const row of some) {
      yield {
        id: String(row[id ?? -1]) as ContentId,
        checksum: String(row[checksum ?? -1]),
        size: Number(row[size ?? -1]),
      };
    }
  }
}
