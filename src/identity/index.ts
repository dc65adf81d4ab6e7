export type { Permission, Principal } from "./principal.ts";
