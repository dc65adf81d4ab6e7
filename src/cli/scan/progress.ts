/** What a long run tells on standard error while it works. */
export interface Progress {
  read(bytes: number): void;
  found(findings: number): void;
  /** Clears the line, so that what comes next stands alone. */
  done(): void;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

/** On a terminal one line that changes, from the first second on; elsewhere, where it was asked for, a line now and then. */
export function progressOn(stream: NodeJS.WriteStream, wanted: boolean): Progress {
  if (!wanted && !stream.isTTY) return { read: () => undefined, found: () => undefined, done: () => undefined };
  const every = stream.isTTY ? 200 : 2000;
  let bytes = 0;
  let findings = 0;
  let shown = false;
  let next = stream.isTTY ? Date.now() + 1000 : 0;

  const show = (): void => {
    const now = Date.now();
    if (now < next) return;
    next = now + every;
    const text = `${megabytes(bytes)} read, ${findings} ${findings === 1 ? "finding" : "findings"}`;
    stream.write(stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
    shown = stream.isTTY;
  };
  return {
    read(more) {
      bytes += more;
      show();
    },
    found(more) {
      findings += more;
    },
    done() {
      if (shown) stream.write("\r\u001b[K");
      shown = false;
    },
  };
}
