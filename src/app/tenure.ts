/** The time in which one set of rules is in force, and the requests that began in it. */
export class Tenure {
  #requests = 0;
  #whenIdle: (() => void) | undefined;

  /** A request begins; what comes back is called once when it has ended. */
  begin(): () => void {
    this.#requests += 1;
    return () => {
      this.#requests -= 1;
      if (this.#requests === 0) this.#whenIdle?.();
    };
  }

  /** Called when nothing begins in it any more; resolves when the last of its requests has ended. */
  over(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#requests === 0) resolve();
      else this.#whenIdle = resolve;
    });
  }
}
