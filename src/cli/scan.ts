import { Command } from "commander";
import { type Flags, tenantsIn } from "#app";
import { classified, createDetector, type Detector } from "#boundary";
import { CommandFailure, print, say, withJson } from "./outcome.ts";
import type { Skipped } from "./scan/files.ts";
import { type Format, isFormat } from "./scan/format.ts";
import type { ExchangeOptions } from "./scan/inputs.ts";
import { scanLines } from "./scan/lines.ts";
import { progressOn } from "./scan/progress.ts";
import { pseudonymiseFiles } from "./scan/pseudonymisation.ts";
import { jsonReport, Sums, tableReport } from "./scan/report.ts";
import { restoreFiles } from "./scan/restoration.ts";
import { scanFiles } from "./scan/run.ts";
import { failureClassOf, rankOf, type SelectionFlags, selectionOf } from "./scan/selection.ts";
import { jobsOf } from "./scan/targets.ts";
import { settingsOf } from "./settings.ts";

interface ScanFlags extends SelectionFlags, Flags {
  readonly tenant?: string;
  readonly failOn?: string;
  readonly reveal?: boolean;
  readonly jsonl?: boolean;
  readonly format?: string;
  readonly pseudonymise?: boolean;
  readonly restore?: boolean;
  readonly out?: string;
  readonly keyFile?: string;
  readonly force?: boolean;
  readonly progress?: boolean;
  readonly json?: boolean;
}

/** What Ctrl-C leaves behind, as shells know it. */
const interruptedCode = 130;

/** Whether Ctrl-C was pressed: what runs comes to an end at the next piece; the second time ends at once. */
function interruption(): () => boolean {
  let stopped = false;
  process.once("SIGINT", () => {
    stopped = true;
    process.stdin.destroy();
  });
  return () => stopped;
}

const usage = (...lines: readonly string[]): CommandFailure => new CommandFailure(2, lines);

/** Standard input where something is piped into it and no path was given. */
function pathsOf(paths: readonly string[]): readonly string[] {
  if (paths.length > 0) return paths;
  if (!process.stdin.isTTY) return ["-"];
  throw usage("error: what is to be scanned?", "  next: freehold scan FILE, freehold scan FOLDER, or … | freehold scan -");
}

function formatOf({ format }: ScanFlags): Format | undefined {
  if (format !== undefined && !isFormat(format)) throw usage("error: --format takes text, csv or json");
  return format;
}

/** The house's detector, or with a tenant's lists, patterns and classes over it. */
function detectorOf(flags: ScanFlags): Detector {
  if (flags.tenant === undefined) return createDetector();
  const tenants = tenantsIn(settingsOf(flags).data);
  try {
    const rules = tenants.rulesOf(flags.tenant);
    if (rules === undefined)
      throw usage(`error: there is no tenant ${JSON.stringify(flags.tenant)}`, "  next: freehold tenant list shows all; --data names the data folder");
    const detector = tenants.detectorFor(flags.tenant);
    const { classes } = rules;
    if (classes === undefined) return detector;
    return { ...detector, detect: (text, budget) => detector.detect(text, budget).map((finding) => classified(finding, { unreadable: "sensitive", classes })) };
  } finally {
    tenants.close();
  }
}

async function lines(paths: readonly string[], flags: ScanFlags): Promise<number> {
  const [path = "-"] = paths;
  if (paths.length > 1) throw usage("error: --jsonl reads one file, or - for standard input");
  const failOn = failureClassOf(flags.failOn ?? "none");
  const stopped = interruption();
  const options = { json: flags.json === true, reveal: flags.reveal === true, selection: selectionOf(flags), stopped };
  const { faults, highest } = await scanLines(path, detectorOf(flags), options);
  if (stopped()) return interruptedCode;
  if (faults > 0) return 2;
  return failOn !== undefined && highest !== undefined && rankOf(highest) >= rankOf(failOn) ? 1 : 0;
}

async function files(paths: readonly string[], flags: ScanFlags): Promise<number> {
  const failOn = failureClassOf(flags.failOn ?? "sensitive");
  const reveal = flags.reveal === true;
  const report = flags.json === true ? jsonReport(reveal) : tableReport(reveal);
  const progress = progressOn(process.stderr, flags.progress === true);
  const stopped = interruption();
  const sums = new Sums();
  await scanFiles(paths, { detector: detectorOf(flags), format: formatOf(flags), selection: selectionOf(flags), report, sums, progress, stopped });
  progress.done();
  sums.tell(stopped());
  if (stopped()) return interruptedCode;
  if (sums.faults > 0) return 2;
  return failOn !== undefined && sums.reaches(failOn) ? 1 : 0;
}

async function exchange(paths: readonly string[], flags: ScanFlags): Promise<number> {
  const { keyFile, out } = flags;
  if (flags.pseudonymise === true && flags.restore === true) throw usage("error: --pseudonymise and --restore are two runs");
  if (keyFile === undefined) throw usage("error: --key-file says where the values are kept that the tokens stand for");
  const sums = new Sums();
  const skip = (skipped: Skipped): void => sums.skip(skipped);
  const jobs = await jobsOf(paths, out, flags.force === true, skip);
  const toOutput = jobs.some(({ target }) => target === "-");
  if (toOutput && flags.json === true) throw usage("error: --json and the text cannot both go to standard output", "  next: --out FILE");
  const progress = progressOn(process.stderr, flags.progress === true);
  const stopped = interruption();
  const options: ExchangeOptions = { jobs, keyFile, format: formatOf(flags), progress, skip, stopped };
  const result =
    flags.restore === true
      ? await restoreFiles(options)
      : await pseudonymiseFiles({ ...options, detector: detectorOf(flags), selection: selectionOf({ class: "sensitive", ...flags }) });
  progress.done();
  sums.tellSkipped();
  if (flags.json === true) print(JSON.stringify({ ...result, faults: sums.faults }));
  if ("places" in result) {
    say(
      `${result.files} written, ${result.places} places replaced, ${result.tokens} new tokens. The values are in ${keyFile}: whoever holds it can tell who is meant.`,
    );
    if (result.unreadable > 0) say(`${result.unreadable} places cannot be read (images, recordings) and stand as they were.`);
  } else {
    say(`${result.files} written.`);
    if (result.unresolved > 0) say(`${result.unresolved} places look like tokens and are none of ${keyFile}.`);
  }
  if (stopped()) return interruptedCode;
  if (sums.faults > 0) return 2;
  return ("places" in result ? result.unreadable : result.unresolved) > 0 ? 1 : 0;
}

/** `freehold scan`: what personal data and secrets are in files, folders and standard input; and files with tokens in their place, and back. */
export function scanCommand(): Command {
  return withJson(new Command("scan"))
    .description("find personal data and secrets in text")
    .argument("[path...]", "files and folders; - for standard input")
    .option("--type <types>", "only these types, e.g. person,iban")
    .option("--min-confidence <number>", "only findings at least so sure, 0 to 1")
    .option("--class <class>", "only findings of at least this class: public, pseudonymised, sensitive or secret")
    .option("--fail-on <class>", "exit with 1 where something of at least this class is found, or never with none (default sensitive, with --jsonl none)")
    .option("--reveal", "print what was found too")
    .option("--tenant <id>", "with the lists, patterns and classes of this tenant")
    .option("--data <folder>", "data folder in which the tenant is (FREEHOLD_DATA; default ./data)")
    .option("--format <format>", "read as text, csv or json, whatever the name of the file says")
    .option("--jsonl", 'answer each line {"id", "text"} of one file by a line')
    .option("--pseudonymise", "write the files anew, with tokens in place of what was found")
    .option("--restore", "write the files anew, with the values in place of the tokens")
    .option("--out <path>", "where to: a file for one file, a folder for several")
    .option("--key-file <file>", "what the tokens stand for: written by --pseudonymise, read by --restore")
    .option("--force", "overwrite what is there")
    .option("--progress", "tell on standard error how far it is, on a terminal or not")
    .action(async (given: readonly string[], flags: ScanFlags) => {
      const paths = pathsOf(given);
      const act = flags.pseudonymise === true || flags.restore === true ? exchange : flags.jsonl === true ? lines : files;
      process.exitCode = await act(paths, flags);
    });
}
