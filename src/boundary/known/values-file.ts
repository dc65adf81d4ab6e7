import { err, ok, type Result } from "#kernel";
import { type Cell, csvRows, type TextFault } from "./csv.ts";
import { withoutCase } from "./words.ts";

/** What the words over columns say that these hold; other names stand for values as they are. */
const firstNames = new Set([
  "first name",
  "firstname",
  "given name",
  "vorname",
  "rufname",
  "prénom",
  "prenom",
  "nombre",
  "nome",
  "imię",
  "imie",
  "jméno",
  "jmeno",
  "meno",
  "voornaam",
  "förnamn",
  "fornavn",
  "etunimi",
  "eesnimi",
  "keresztnév",
  "keresztnev",
  "utónév",
  "vārds",
  "vardas",
  "όνομα",
  "ονομα",
  "ime",
  "име",
  "ім'я",
]);
const lastNames = new Set([
  "last name",
  "lastname",
  "surname",
  "family name",
  "nachname",
  "familienname",
  "nom",
  "nom de famille",
  "apellido",
  "apellidos",
  "cognome",
  "apelido",
  "nazwisko",
  "příjmení",
  "prijmeni",
  "priezvisko",
  "achternaam",
  "efternamn",
  "efternavn",
  "etternavn",
  "sukunimi",
  "perekonnanimi",
  "vezetéknév",
  "vezeteknev",
  "családnév",
  "nume",
  "uzvārds",
  "pavardė",
  "επώνυμο",
  "επωνυμο",
  "prezime",
  "priimek",
  "фамилия",
  "прізвище",
  "фамилно име",
]);
const otherColumns = new Set([
  "value",
  "values",
  "wert",
  "name",
  "full name",
  "e-mail",
  "email",
  "mail",
  "phone",
  "telephone",
  "telefon",
  "mobile",
  "number",
  "nummer",
  "customer number",
  "customer no",
  "customer id",
  "customer",
  "kundennummer",
  "kunde",
  "kundennr",
  "personalnummer",
  "staff id",
  "employee id",
  "id",
  "company",
  "firma",
  "organisation",
  "organization",
  "project",
  "projekt",
  "code name",
  "codename",
  "street",
  "strasse",
  "address",
  "adresse",
  "city",
  "ort",
  "iban",
]);

/** `first_name`, `First-Name` and `First name` are the same. */
const columnName = (text: string): string => withoutCase(text).replace(/[_-]/g, " ").trim();
const isColumn = (name: string): boolean => firstNames.has(name) || lastNames.has(name) || otherColumns.has(name) || otherColumns.has(name.replace(" ", "-"));

const separators = [",", ";", "\t"];

/** How a file of values is to be read: with a header, one value a line, or as it looks. */
export type FileForm = "header" | "lines" | "guess";

/**
 * The values of a file: comma-, semicolon- or tab-separated with a header, or one value a line. Each cell is a value; with a column for first and
 * one for last names, both together are values too, in both orders. Empty cells are passed over; nothing is returned of a file with a fault.
 */
export function valuesIn(file: string, form: FileForm = "guess"): Result<readonly Cell[], TextFault> {
  const text = file.startsWith("\ufeff") ? file.slice(1) : file;
  const [top = ""] = text.split(/\r?\n/, 1);
  const separator = mostFrequent(top);
  const header = form === "header" || (form === "guess" && headerCells(top, separator ?? ",").some(isColumn));
  if (header) return fromColumns(text, separator ?? ",");
  if (form === "guess") {
    const fault = looksLikeColumns(text);
    if (fault !== undefined) return err(fault);
  }
  // A separator that no line holds leaves each line one cell.
  const rows = csvRows(text, "\u0001");
  return rows.ok ? ok(rows.value.flat()) : rows;
}

const headerCells = (line: string, separator: string): readonly string[] => line.split(separator).map((cell) => columnName(cell.replaceAll('"', "")));

function mostFrequent(line: string): string | undefined {
  const counted = separators.map((separator) => ({ separator, count: line.split(separator).length - 1 }));
  const best = counted.reduce((one, other) => (other.count > one.count ? other : one));
  return best.count === 0 ? undefined : best.separator;
}

/** A table without a header would become values that no text ever holds. */
function looksLikeColumns(text: string): TextFault | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  for (const separator of separators) {
    const counts = lines.map((line) => line.split(separator === "," ? /,(?=\S)/ : separator).length - 1);
    if (lines.length > 1 && (counts[0] ?? 0) > 0 && counts.every((count) => count === counts[0])) {
      const column = (lines[0] ?? "").indexOf(separator) + 1;
      return { line: 1, column, message: "this looks like columns, but the first line does not name them; add a header, or say that each line is one value" };
    }
  }
  return undefined;
}

function fromColumns(text: string, separator: string): Result<readonly Cell[], TextFault> {
  const rows = csvRows(text, separator);
  if (!rows.ok) return rows;
  const [header = [], ...body] = rows.value;
  const names = header.map((cell) => columnName(cell.text));
  const first = names.findIndex((name) => firstNames.has(name));
  const last = names.findIndex((name) => lastNames.has(name));
  const cells: Cell[] = [];
  for (const row of body) {
    if (row.length !== header.length) {
      const { line, column } = row[Math.min(row.length, header.length) - 1] ?? { line: 1, column: 1 };
      return err({ line, column, message: `this line has ${row.length} columns, and the header names ${header.length}` });
    }
    for (const cell of row) if (cell.text !== "") cells.push(cell);
    const [given, family] = [row[first], row[last]];
    if (given === undefined || family === undefined || given.text === "" || family.text === "") continue;
    for (const name of [`${given.text} ${family.text}`, `${family.text} ${given.text}`, `${family.text}, ${given.text}`]) cells.push({ ...given, text: name });
  }
  return ok(cells);
}
