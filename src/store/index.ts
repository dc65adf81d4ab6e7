export type {
  Keys,
  KnownHeading,
  KnownKind,
  KnownValuesStore,
  ModelFile,
  ModelFiles,
  Secrets,
  Store,
  StoredKey,
  StoredKnown,
  StoredTenant,
  Tenants,
} from "./port.ts";
export { type StorageFailure, storageFailure, storageFault } from "./sqlite/failure.ts";
export { ensureFolder, ensurePrivateFile } from "./sqlite/files.ts";
export { type InstanceLock, lockInstance } from "./sqlite/instance-lock.ts";
export { openStore } from "./sqlite/store.ts";
