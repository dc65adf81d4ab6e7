// A process of its own that takes the instance lock and holds it until it is killed. lock-holder.ts FOLDER
import { writeSync } from "node:fs";
import { lockInstance } from "#store";

const lock = lockInstance(process.argv[2] ?? "");
writeSync(1, lock.ok ? "held\n" : `${lock.error.code}\n`);
if (lock.ok) setInterval(() => undefined, 1000);
