import { rfc3339 } from "#kernel";

/** The bytes that the tree holds of an entry: the very line that `freehold ledger show --json` prints, without its line end. */
export const leafOf = (index: number, time: number, json: string): Buffer => Buffer.from(`{"index":${index},"time":"${rfc3339(time)}",${json.slice(1)}`);
