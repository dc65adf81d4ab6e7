import { parentPort, workerData } from "node:worker_threads";
import type { FromSealer, ToSealer } from "./messages.ts";
import { LogBroken, Sealer, type SealerSettings } from "./sealer.ts";

/** The thread that hashes, writes tiles and signs, so that neither requests nor commits wait for it. */
if (parentPort === null) throw new Error("the sealer runs as a worker thread");
const port = parentPort;
const settings = workerData as SealerSettings;
let sealer: Sealer | undefined;

/** Opens it where it is not open, and seals what is committed. */
function seal(): FromSealer {
  try {
    sealer ??= new Sealer(settings);
    return { kind: "sealed", size: sealer.seal() };
  } catch (error) {
    sealer?.close();
    sealer = undefined;
    return { kind: error instanceof LogBroken ? "broken" : "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

port.on("message", (message: ToSealer) => {
  if (message.kind === "seal") {
    port.postMessage(seal());
    return;
  }
  sealer?.close();
  port.close();
});
