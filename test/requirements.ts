/**
 * What a test needs of the machine, as the value of node:test's `skip`: false where it is there, else a sentence that says what to install.
 * With FREEHOLD_TEST_REQUIRE=all nothing may be missing.
 */
export function requirement(name: string, available: boolean, install: string): false | string {
  if (available) return false;
  const reason = `needs ${name}: ${install}`;
  if (process.env.FREEHOLD_TEST_REQUIRE === "all") throw new Error(reason);
  return reason;
}
