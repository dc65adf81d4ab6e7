import { err, type Fault, fault, ok, type Result } from "#kernel";
import { storageFailure, storageFault } from "./failure.ts";

const primaryKeyTaken = 1555;
const uniqueTaken = 2067;
const foreignKeyMissing = 787;

/** Runs a write and returns what can be expected to go wrong as a fault; anything else is thrown on. */
export function writing(work: () => void): Result<void, Fault> {
  try {
    work();
    return ok(undefined);
  } catch (error) {
    const failure = storageFailure(error);
    if (failure === undefined) throw error;
    if (failure.kind !== "constraint") return err(storageFault(failure, "freehold.db"));
    if (failure.code === primaryKeyTaken || failure.code === uniqueTaken) return err(fault("already_exists"));
    if (failure.code === foreignKeyMissing) return err(fault("unknown_name", { message: "There is no such tenant.", param: "tenant" }));
    throw error;
  }
}

/** A write that must meet a row that exists. */
export function changing(what: string, work: () => { readonly changes: number | bigint }): Result<void, Fault> {
  let changes: number | bigint = 0;
  const result = writing(() => {
    ({ changes } = work());
  });
  return result.ok && Number(changes) === 0 ? err(fault("unknown_name", { message: `There is no such ${what}.` })) : result;
}
