import { hash } from "node:crypto";
import { chmodSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fastify } from "fastify";
import { type LiveAdministration, liveAdministration, registerAdmin } from "#admin";

/** `sun_path` holds 108 bytes, the closing zero among them (unix(7)). */
const longestPath = 107;

/** Bytes of one act: the largest list of values with room to spare. */
const longestAct = 64 * 1024 * 1024;

/** Where the instance of a data folder listens for its operator. */
function controlPath(data: string): string {
  const path = join(data, "control.sock");
  return Buffer.byteLength(path) <= longestPath ? path : join(tmpdir(), `freehold-${hash("sha256", data, "hex").slice(0, 24)}.sock`);
}

/** Serves the admin API on a socket that only this user may open. */
export async function openControl(data: string, house: LiveAdministration): Promise<{ close(): Promise<void> }> {
  const path = controlPath(data);
  // The lock on the folder is ours, so a socket that still lies there belongs to nobody.
  rmSync(path, { force: true });
  const http = fastify({ forceCloseConnections: true, bodyLimit: longestAct });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  registerAdmin(http, house, () => undefined);
  const mask = process.umask(0o177);
  try {
    await http.listen({ path });
  } finally {
    process.umask(mask);
  }
  chmodSync(path, 0o600);
  return {
    close: async () => {
      await http.close();
      rmSync(path, { force: true });
    },
  };
}

/** The instance that serves this data folder; undefined = none is running. */
export async function liveInstance(data: string): Promise<LiveAdministration | undefined> {
  const path = controlPath(data);
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect({ path });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
  return answers ? liveAdministration(path) : undefined;
}
