import { hash } from "node:crypto";

/** What JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * `sha256:` and 64 hexadecimal digits over the value as JSON, its keys in their own order: where the first of two rules decides, another order is
 * another charter.
 */
export const digest = (value: Json): string => `sha256:${hash("sha256", JSON.stringify(value), "hex")}`;
