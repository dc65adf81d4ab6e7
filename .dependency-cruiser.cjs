// Which room may know which: ARCHITECTURE.md as rules. `npm run architecture` checks the tree, test/guards/architecture.test.ts that the rules bite.

/**
 * One row a room. `uses`: rooms that it may import; `types`: rooms of which it may import types alone. A new room needs a row.
 * @type {Record<string, { uses: string[], types?: string[] }>}
 */
const rooms = {
  kernel: { uses: [] },
  registry: { uses: ["kernel"] },
  charter: { uses: ["kernel", "registry"] },
  boundary: { uses: ["kernel", "charter"] },
  store: { uses: ["kernel"] },
  ledger: { uses: ["kernel", "store"] },
  identity: { uses: ["kernel", "store"], types: ["charter"] },
  egress: { uses: ["kernel"] },
  engines: { uses: ["kernel", "egress"], types: ["charter"] },
  gateway: { uses: ["kernel", "identity", "boundary", "charter", "ledger"], types: ["engines"] },
  admin: { uses: ["kernel", "registry", "charter", "boundary", "store", "identity", "ledger", "egress", "engines", "gateway"] },
  app: { uses: ["kernel", "registry", "charter", "boundary", "store", "identity", "ledger", "egress", "engines", "gateway", "admin"] },
  cli: { uses: ["kernel", "registry", "charter", "boundary", "store", "identity", "ledger", "egress", "engines", "gateway", "admin", "app"] },
};

const pure = ["registry", "charter", "boundary"];
/** Pure rooms may compute digests and parse; they may not ask the machine anything. */
const pureBuiltins = ["crypto", "buffer", "util", "url", "punycode"];
/** Modules that open a connection. `net` and `tls` have pure parts (`isIP`, `BlockList`): test/guards/source-rules.ts watches which names are taken. */
const dialling = ["http", "https", "http2", "dgram", "dns", "dns/promises", "quic"];
const dialler = ["egress"];
const serving = ["gateway", "admin", "app"];
/** These ask this very machine, over a socket that is a file or the loopback address; test/guards/source-rules.ts holds them to that. */
const ownMachine = "^src/(admin/client|cli/local-servers)\\.ts$";

/** Tests, and what only tests use: neither ships. */
const test = "(\\.test\\.ts$|^src/.+/testing/)";
const either = (names) => `(${names.join("|")})`;
const inRoom = (name) => `^src/${name}/`;

const directions = Object.entries(rooms).flatMap(([room, { uses, types = [] }]) => {
  const fence = (name, comment, known, to) => ({
    name,
    comment,
    severity: "error",
    from: { path: inRoom(room), pathNot: test },
    to: { path: "^src/[^/]+/", pathNot: inRoom(either([room, ...known])), ...to },
  });
  const rules = [fence(`direction-${room}`, `${room} may import ${uses.join(", ") || "no room"}`, [...uses, ...types])];
  if (types.length > 0) {
    rules.push({
      ...fence(`types-${room}`, `${room} may import types alone from ${types.join(", ")}`, uses, { dependencyTypesNot: ["type-only"] }),
    });
  }
  return rules;
});

module.exports = {
  forbidden: [
    ...directions,
    {
      name: "room-without-row",
      comment: "A new room needs a row in the table of .dependency-cruiser.cjs",
      severity: "error",
      from: {},
      to: { path: "^src/", pathNot: inRoom(either(Object.keys(rooms))) },
    },
    {
      name: "room-without-row",
      comment: "A new room needs a row in the table of .dependency-cruiser.cjs",
      severity: "error",
      from: { path: "^src/", pathNot: inRoom(either(Object.keys(rooms))) },
      to: {},
    },
    {
      name: "through-the-index",
      comment: "Another room is entered through its index alone, as `#room`",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/[^/]+/", pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$"] },
    },
    {
      name: "by-name",
      comment: "Another room is imported as `#room`, not by a relative path",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/[^/]+/", pathNot: "^src/$1/", dependencyTypesNot: ["aliased-subpath-import"] },
    },
    {
      name: "tests-through-the-index",
      comment: "Tests across rooms and the bench enter a room through its index too",
      severity: "error",
      from: { path: "^(test|bench)/" },
      to: { path: "^src/[^/]+/", pathNot: "^src/[^/]+/(index|main)\\.ts$" },
    },
    {
      name: "no-cycle",
      comment: "No module waits for itself",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "pure",
      comment: `${pure.join(", ")} ask the machine nothing: no file, network, clock, process`,
      severity: "error",
      from: { path: inRoom(either(pure)), pathNot: test },
      to: { dependencyTypes: ["core"], pathNot: `^(node:)?${either(pureBuiltins)}$` },
    },
    {
      name: "one-dialler",
      comment: "Everything that leaves goes through egress",
      severity: "error",
      from: { path: "^src/", pathNot: [test, ownMachine, inRoom(either([...dialler, ...serving]))] },
      to: { path: [`^(node:)?${either(dialling)}$`, "(^|node_modules/)undici(/|$)"] },
    },
    {
      name: "one-dialler",
      comment: "The rooms that serve HTTP take its types alone; the dialler is egress",
      severity: "error",
      from: { path: inRoom(either(serving)), pathNot: [test, ownMachine] },
      to: { path: [`^(node:)?${either(dialling)}$`, "(^|node_modules/)undici(/|$)"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "serving",
      comment: `Only ${serving.join(", ")} serve HTTP`,
      severity: "error",
      from: { path: "^src/", pathNot: [test, inRoom(either(serving))] },
      to: { path: "(^|node_modules/)fastify(/|$)" },
    },
    {
      name: "shipped-code-without-tests",
      comment: "What ships imports neither tests nor what only tests use (`testing/`)",
      severity: "error",
      from: { path: "^src/", pathNot: test },
      to: { path: ["^test/", "^bench/", "^packaging/", test] },
    },
    {
      name: "shipped-code-without-development-dependencies",
      comment: "What ships imports only what package.json lists under dependencies",
      severity: "error",
      from: { path: "^src/", pathNot: test },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
    { name: "resolvable", comment: "Every import leads somewhere", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"], mainFields: ["module", "main", "types"] },
  },
};
