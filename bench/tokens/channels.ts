/** Something that programs do to a text, and that a token must come through. */
export interface Channel {
  readonly group: "Markdown" | "HTML" | "encodings" | "names of files" | "case" | "layout" | "templates" | "endings" | "translation";
  readonly name: string;
  /** `token` is given to what touches words themselves, as an ending does. */
  apply(text: string, tokens: readonly string[]): string;
}

const on = (group: Channel["group"], name: string, apply: Channel["apply"]): Channel => ({ group, name, apply });
/** What happens to the tokens alone, as when a model inflects or rewrites them. */
const toTokens = (group: Channel["group"], name: string, change: (token: string) => string): Channel =>
  on(group, name, (text, tokens) => tokens.reduce((result, token) => result.replaceAll(token, () => change(token)), text));

const escapeMarkdown = (text: string): string => text.replaceAll(/[\\`*_[\]<>{}$#|~]/g, "\\$&");
const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
const stripTags = (text: string): string => text.replaceAll(/<\/?[A-Za-z][^<>]*>/g, "");

/** Inline Markdown as a page shows it: tags of HTML vanish, links and emphasis lose their marks, pairs of dollars are a formula. */
const renderMarkdown = (text: string): string =>
  stripTags(text)
    .replaceAll(/\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replaceAll(/\*\*([^*]+)\*\*/g, "$1")
    .replaceAll(/(?<![\p{L}\p{N}])_([^_]+)_(?![\p{L}\p{N}])/gu, "$1")
    .replaceAll(/\$([^$\n]+)\$(?!\d)/g, "∎")
    .replaceAll(/\\([\\`*_[\]<>{}$#|~])/g, "$1");

const wrapAt =
  (width: number): ((text: string) => string) =>
  (text) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      const last = lines.length - 1;
      const line = lines[last] ?? "";
      if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
      else lines[last] = line === "" ? word : `${line} ${word}`;
    }
    return lines.join("\n");
  };

const titled = (text: string): string => text.replaceAll(/\p{L}[\p{L}\p{N}]*/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
const softHyphens = (text: string): string => text.replaceAll(/\p{L}{6,}/gu, (word) => word.replaceAll(/(.{3})(?=.{3})/gu, "$1\u00ad"));
const hardHyphens = (text: string): string => text.replaceAll(/\p{L}{8,}/gu, (word) => `${word.slice(0, 4)}-\n${word.slice(4)}`);

const smart = (text: string): string =>
  text
    .replaceAll(/"([^"]*)"/g, "“$1”")
    .replaceAll("'", "’")
    .replaceAll("...", "…")
    .replaceAll(" - ", " – ")
    .replaceAll("--", "—");

const greek: Readonly<Record<string, string>> = { P: "Π", e: "ε", r: "ρ", s: "σ", o: "ο", n: "ν", E: "Ε", m: "μ", a: "α", i: "ι", l: "λ" };

const endings: readonly (readonly [string, string])[] = [
  ["English", "'s"],
  ["German", "s"],
  ["Swedish", "s"],
  ["Polish", "owi"],
  ["Czech", "em"],
  ["Croatian", "om"],
  ["Romanian", "ului"],
  ["Hungarian", "-nak"],
  ["Hungarian, joined", "nak"],
  ["Finnish", ":n"],
  ["Finnish, joined", "lle"],
  ["Turkish", "'nin"],
];

const translations: readonly Channel[] = [
  toTokens("translation", "quotation marks of the language", (token) => `„${token}“`),
  toTokens("translation", "emphasis", (token) => `**${token}**`),
  toTokens("translation", "spaces for separators", (token) => token.replaceAll(/[_-]/g, " ")),
  toTokens("translation", "no separators", (token) => token.replaceAll(/[_-]/g, "")),
  toTokens("translation", "brackets dropped", (token) => token.replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "")),
  toTokens("translation", "brackets replaced", (token) => token.replace(/^[^A-Za-z0-9]+/, "⟨").replace(/[^A-Za-z0-9]+$/, "⟩")),
  toTokens("translation", "full-width brackets", (token) =>
    token.replaceAll("[", "［").replaceAll("]", "］").replaceAll("<", "＜").replaceAll(">", "＞").replaceAll("{", "｛").replaceAll("}", "｝"),
  ),
  toTokens("translation", "the word translated", (token) =>
    token.replace(/person/i, (word) => (word === "PERSON" ? "OSOBA" : "Osoba")).replace(/email/i, "Poczta"),
  ),
  toTokens("translation", "in another alphabet", (token) => Array.from(token, (letter) => greek[letter] ?? letter).join("")),
];

const tag = "p";

export const channels: readonly Channel[] = [
  on("Markdown", "escaped", escapeMarkdown),
  on("Markdown", "shown on a page", renderMarkdown),
  on("Markdown", "escaped, then shown", (text) => renderMarkdown(escapeMarkdown(text))),
  on("Markdown", "in a table", (text) => `| ${text.replaceAll("|", "\\|")} |`),
  on("HTML", "escaped", escapeHtml),
  on("HTML", "escaped twice", (text) => escapeHtml(escapeHtml(text))),
  on("HTML", "tags stripped", stripTags),
  on("HTML", "parsed as a page and read again", (text) => stripTags(`<${tag}>${text}</${tag}>`)),
  on("encodings", "JSON", (text) => JSON.stringify(text)),
  on("encodings", "JSON in JSON", (text) => JSON.stringify(JSON.stringify(text))),
  on("encodings", "JSON, written and read", (text) => JSON.parse(JSON.stringify(text)) as string),
  on("encodings", "URL", encodeURIComponent),
  on("encodings", "URL form", (text) => new URLSearchParams({ text }).toString()),
  on("encodings", "CSV", (text) => `"${text.replaceAll('"', '""')}"`),
  on("encodings", "XML", (text) => escapeHtml(text).replaceAll("&#39;", "&apos;")),
  on("encodings", "ASCII alone", (text) => text.normalize("NFKD").replaceAll(/[^ -~\n]/g, "?")),
  toTokens("names of files", "Windows' forbidden characters", (token) => token.replaceAll(/[<>:"/\\|?*]/g, "_")),
  toTokens("names of files", "letters, digits, dot and dash alone", (token) => token.replaceAll(/[^A-Za-z0-9.-]/g, "-")),
  toTokens("names of files", "a slug", (token) =>
    token
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, ""),
  ),
  toTokens("names of files", "in snake_case", (token) =>
    token
      .replaceAll(/[^A-Za-z0-9]+/g, "_")
      .replaceAll(/^_|_$/g, "")
      .toLowerCase(),
  ),
  toTokens("names of files", "before _report.pdf", (token) => `${token}_report.pdf`),
  on("case", "lower", (text) => text.toLowerCase()),
  on("case", "upper", (text) => text.toUpperCase()),
  on("case", "title", titled),
  on("case", "lower, Turkish", (text) => text.toLocaleLowerCase("tr")),
  on("case", "upper, Turkish", (text) => text.toLocaleUpperCase("tr")),
  on("layout", "wrapped at 72", wrapAt(72)),
  on("layout", "wrapped at 20", wrapAt(20)),
  on("layout", "soft hyphens", softHyphens),
  on("layout", "hyphenated at the line's end", hardHyphens),
  on("layout", "smart quotes and dashes", smart),
  on("layout", "white space collapsed", (text) => text.replaceAll(/\s+/g, " ")),
  on("layout", "Unicode NFKC", (text) => text.normalize("NFKC")),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a shell expands
  on("templates", "a shell's ${X}", (text) => text.replaceAll(/\$\{\w+\}|\$\w+/g, "")),
  on("templates", "Mustache and Jinja {{x}}", (text) => text.replaceAll(/\{\{[^{}]*\}\}/g, "")),
  on("templates", "a format string's {x}", (text) =>
    text
      .replaceAll("{{", "{")
      .replaceAll("}}", "}")
      .replaceAll(/(?<!\{)\{\w*\}(?!\})/g, ""),
  ),
  on("templates", "LaTeX", (text) => text.replaceAll(/[_#$%&{}]/g, "\\$&")),
  on("templates", "wiki links [[x]]", (text) => text.replaceAll(/\[\[([^[\]|]*)\]\]/g, '<a href="/$1">link</a>')),
  on("templates", "Markdown references [x]", (text) => text.replaceAll(/(?<!\[)\[([^[\]]+)\](?![[\](])/g, "link")),
  ...endings.map(([language, ending]) => toTokens("endings", language, (token) => token + ending)),
  ...translations,
];
