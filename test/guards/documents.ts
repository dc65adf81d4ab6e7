import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A relative link of a page: where it leads, and the heading it names. */
interface Link {
  readonly target: string;
  readonly anchor: string | undefined;
}

const withoutFences = (markdown: string): string => markdown.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, "");

export function relativeLinks(markdown: string): readonly Link[] {
  const text = withoutFences(markdown).replaceAll(/`[^`\n]*`/g, "");
  const inline = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)];
  const referenced = [...text.matchAll(/^\[[^\]]+\]:\s*<?([^\s>]+)>?/gm)];
  return [...inline, ...referenced]
    .map((match) => match[1] ?? "")
    .filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link))
    .map((link) => {
      const [target = "", anchor] = link.split("#");
      return { target: decodeURIComponent(target), anchor };
    });
}

/** The anchors that GitHub and most renderers give to headings. */
export function anchorsOf(markdown: string): readonly string[] {
  return [...withoutFences(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) =>
    (match[1] ?? "")
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-"),
  );
}

/** Links of a page that lead nowhere; `page` is its path. */
export function deadLinks(page: string, markdown: string): readonly string[] {
  return relativeLinks(markdown)
    .filter(({ target, anchor }) => {
      const path = target === "" ? page : join(dirname(page), target);
      if (target !== "" && !existsSync(path)) return true;
      if (anchor === undefined || !path.endsWith(".md")) return false;
      return !anchorsOf(target === "" ? markdown : readFileSync(path, "utf8")).includes(anchor);
    })
    .map(({ target, anchor }) => (anchor === undefined ? target : `${target}#${anchor}`));
}

/** Names of the npm scripts that a text tells the reader to run. */
export const namedScripts = (text: string): readonly string[] =>
  [...text.matchAll(/\bnpm (?:run )?(?:--silent )?([a-z][a-z0-9:-]*)/g)].flatMap((match) => {
    const [whole, name = ""] = match;
    return whole.startsWith("npm run") || name === "test" || name === "start" ? [name] : [];
  });

/** Commands that a text tells the reader to run: the word or the two words after `freehold`. */
export const namedCommands = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w./@-])freehold ([a-z][a-z-]*(?: [a-z][a-z-]*)?)/g)].map((match) => match[1] ?? "");
