/** Words of the Unicode CLDR as Node carries them: months, days of the week, languages and countries in the languages of Europe. */

const languages = "bg cs da de el en es et fi fr ga hr hu is it lb lt lv mt nb nl pl pt ro sk sl sq sr sr-Latn sv tr uk ru ca eu gl cy mk bs".split(" ");

const spokenCodes = "bg cs da de el en es et fi fr ga hr hu is it lt lv mt nb nl pl pt ro sk sl sq sr sv tr uk ru ca zh ja ar he hi ko vi fa".split(" ");

export function* calendarWords(): Generator<string> {
  for (const language of languages) {
    for (const month of ["long", "short"] as const) {
      // With a day beside it the month stands in the case that dates take.
      for (const day of [undefined, "numeric"] as const) {
        const format = new Intl.DateTimeFormat(language, { month, day, timeZone: "UTC" });
        for (let index = 0; index < 12; index += 1) yield part(format, Date.UTC(2026, index, 15), "month");
      }
    }
    const weekday = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
    for (let day = 1; day <= 7; day += 1) yield part(weekday, Date.UTC(2026, 1, day), "weekday");
    const names = new Intl.DisplayNames(language, { type: "language" });
    for (const code of spokenCodes) yield names.of(code) ?? "";
  }
}

/** Single words alone: of `United Kingdom` neither part is a country. */
export function* territoryWords(): Generator<string> {
  for (const language of languages) {
    const names = new Intl.DisplayNames(language, { type: "region" });
    for (let code = 0; code < 26 * 26; code += 1) {
      const region = String.fromCharCode(65 + Math.floor(code / 26), 65 + (code % 26));
      const name = names.of(region) ?? "";
      if (name !== region && !/[\s(]/u.test(name)) yield name;
    }
  }
}

const part = (format: Intl.DateTimeFormat, time: number, type: string): string => format.formatToParts(time).find((piece) => piece.type === type)?.value ?? "";
