import { parentPort, workerData } from "node:worker_threads";
import { LedgerFile } from "./ledger-file.ts";
import type { FromWriter, ToWriter, WriterSettings } from "./messages.ts";

/** The thread that waits for the disk, so that the event loop does not. One message is one transaction. */
if (parentPort === null) throw new Error("the ledger's writer runs as a worker thread");
const port = parentPort;
const tell = (message: FromWriter): void => port.postMessage(message);

const { folder, recover, now } = workerData as WriterSettings;
const file = new LedgerFile(folder);

const opened = file.open();
if (!opened.ok) tell({ kind: "not-opened", fault: opened.error });
else {
  const recovered = recover ? file.recover(now) : { ok: true as const, value: 0 };
  if (recovered.ok) tell({ kind: "opened", size: opened.value + recovered.value, lost: recovered.value });
  else tell({ kind: "not-opened", fault: recovered.error });
}

port.on("message", (message: ToWriter) => {
  if (message.kind === "close") {
    file.close();
    port.close();
    return;
  }
  const written = file.write(message.batch);
  tell(written.ok ? written.value : { kind: "failed", reason: written.error });
  file.mergeIfLarge();
});
