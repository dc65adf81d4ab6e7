import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Paths that git tracks, relative to the project; undefined outside a git checkout. */
export function trackedFiles(): readonly string[] | undefined {
  const { status, stdout } = spawnSync("git", ["ls-files", "-z"], { encoding: "utf8" });
  return status === 0 ? stdout.split("\0").filter((path) => path !== "") : undefined;
}

/** The file's text; undefined where it is binary or was deleted but not yet committed so. */
export function textOf(path: string): string | undefined {
  try {
    const bytes = readFileSync(path);
    return bytes.includes(0) ? undefined : bytes.toString("utf8");
  } catch {
    return undefined;
  }
}

export const linesOf = (text: string): number => text.split("\n").length - 1;

/** No file is longer, tests included. */
export const longest = 500;

/** Names that say nothing about what is inside. */
export const saysNothing = (path: string): boolean => /(^|[/.-])(utils?|helpers?|common|shared|misc|managers?)([/.-]|$)/i.test(path);

export const isKebabCase = (path: string): boolean => path.split("/").every((name) => /^\.?[a-z0-9]+([.-][a-z0-9]+)*$/.test(name) || /^[A-Z]+\.md$/.test(name));

/** Words that speak of the making instead of the thing, or that mark what is not done. */
export function wordsOutOfPlace(text: string): readonly string[] {
  const patterns = [
    /\bTODO\b/,
    /\bFIXME\b/,
    /\bHACK\b/,
    /\bXXX\b/,
    /\bnot implemented\b/i,
    /\bhelpers?\b/i,
    /\bissue #?\d+/i,
    /@ts-(ignore|nocheck|expect-error)/,
  ];
  return patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}

/** Absolute paths of somebody's machine: under the folders where people and machines keep checkouts and scratch files. */
export function machinePaths(text: string, checkout: string): readonly string[] {
  const roots = ["work", "root", "tmp", "home/[a-z][a-z0-9_-]*", "Users/[A-Za-z][A-Za-z0-9_-]*"];
  const found = new RegExp(`(?<![\\w.~:}-])/(${roots.join("|")})/[\\w.-]+`).exec(text)?.[0];
  return [...(found === undefined ? [] : [found]), ...(checkout.length > 1 && text.includes(`${checkout}/`) ? [`${checkout}/`] : [])];
}
