import type { DatabaseSync } from "node:sqlite";

/** The last checkpoint that this log signed, as the database keeps it. */
export interface Head {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** The signed note. */
  readonly note: string;
}

/**
 * The one row that decides which history is the log's: it moves from the very head that its writer built on, or not at all. So two writers
 * cannot both go on from one head, whatever the locks of the file system are worth.
 */
export const headTable = `
  CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    root TEXT NOT NULL,
    note TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER head_grows BEFORE UPDATE ON head WHEN new.size <= old.size
    BEGIN SELECT raise(ABORT, 'a log does not shrink'); END;
  CREATE TRIGGER head_stays BEFORE DELETE ON head BEGIN SELECT raise(ABORT, 'a log does not shrink'); END;
`;

export function readHead(database: DatabaseSync): Head | undefined {
  const row = database.prepare("SELECT size, root, note FROM head").get();
  return row === undefined ? undefined : { size: Number(row.size), root: String(row.root), note: String(row.note) };
}

/** Compare and swap; false when another writer moved the head meanwhile. Durable when it returns (synchronous=FULL). */
export function moveHead(database: DatabaseSync, from: Head | undefined, to: Head): boolean {
  const moved =
    from === undefined
      ? database.prepare("INSERT INTO head (id, size, root, note) VALUES (1, ?, ?, ?) ON CONFLICT DO NOTHING").run(to.size, to.root, to.note)
      : database
          .prepare("UPDATE head SET size = ?, root = ?, note = ? WHERE id = 1 AND size = ? AND root = ?")
          .run(to.size, to.root, to.note, from.size, from.root);
  return Number(moved.changes) === 1;
}
