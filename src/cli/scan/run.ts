import type { Detector } from "#boundary";
import { NotText } from "./encoding.ts";
import { type FileToScan, walk } from "./files.ts";
import { readPieces } from "./findings.ts";
import type { Format } from "./format.ts";
import type { Progress } from "./progress.ts";
import type { Report, Sums } from "./report.ts";
import type { Selection } from "./selection.ts";
import { openSource } from "./source.ts";

/** What a run over files needs. */
export interface Run {
  readonly detector: Detector;
  readonly format: Format | undefined;
  readonly selection: Selection;
  readonly report: Report;
  readonly sums: Sums;
  readonly progress: Progress;
  readonly stopped: () => boolean;
}

/** Why a file ended before its end; undefined for what is no fault of the file. */
export function faultOf(error: unknown): string | undefined {
  if (error instanceof NotText) return error.message;
  return error instanceof Error && "code" in error && "syscall" in error ? `it cannot be read or written (${String(error.code)})` : undefined;
}

async function scanFile(file: FileToScan, run: Run): Promise<void> {
  const { report, sums, progress } = run;
  const skip = async (reason: string, fault: boolean): Promise<void> => {
    progress.done();
    sums.skip({ path: file.path, reason, fault });
    await report.skipped({ path: file.path, reason, fault });
  };
  let begun = false;
  try {
    const source = await openSource(file.path, run.format, (chunk) => progress.read(chunk.length));
    if ("unfit" in source) return await skip(source.unfit, source.fault);
    await report.begin(file, source.format);
    begun = true;
    sums.files += 1;
    for await (const { found } of readPieces(source.text, source.format, run.detector)) {
      const selected = found.filter(({ finding }) => run.selection(finding));
      for (const one of selected) sums.add(one);
      progress.found(selected.length);
      if (selected.length > 0) progress.done();
      await report.found(selected);
      if (run.stopped()) break;
    }
    await report.end(run.stopped() ? "interrupted" : undefined);
  } catch (error) {
    const reason = run.stopped() ? "interrupted" : faultOf(error);
    if (reason === undefined) throw error;
    if (!begun) return await skip(reason, !run.stopped());
    progress.done();
    await report.end(reason);
    if (!run.stopped()) sums.skip({ path: file.path, reason, fault: true });
  }
}

/** Scans files, folders and standard input (`-`), in this order and one at a time. */
export async function scanFiles(paths: readonly string[], run: Run): Promise<void> {
  for (const path of paths) {
    if (path === "-") await scanFile({ path, within: path, bytes: 0 }, run);
    else {
      for await (const met of walk([path])) {
        if ("file" in met) await scanFile(met.file, run);
        else {
          run.sums.skip(met.skipped);
          await run.report.skipped(met.skipped);
        }
        if (run.stopped()) return;
      }
    }
    if (run.stopped()) return;
  }
}
