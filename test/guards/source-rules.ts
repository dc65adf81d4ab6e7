import ts from "typescript";

/** Where a rule is broken, as `path:line`, and how. */
export interface Breach {
  readonly rule: string;
  readonly place: string;
  readonly message: string;
}

interface Rule {
  readonly name: string;
  /** Which files under src/ it holds for; tests are spared unless it says otherwise. */
  readonly appliesTo: (file: SourcePath) => boolean;
  /** What is wrong with a node, if anything. */
  readonly wrong: (node: ts.Node) => string | undefined;
}

interface SourcePath {
  readonly path: string;
  readonly room: string;
  /** A test, or in a folder `testing/` of what only tests use. */
  readonly isTest: boolean;
}

const pureRooms = ["registry", "charter", "boundary"];

const shippedOutside =
  (...rooms: readonly string[]) =>
  (file: SourcePath) =>
    !file.isTest && !rooms.includes(file.room);
const shippedIn =
  (...rooms: readonly string[]) =>
  (file: SourcePath) =>
    !file.isTest && rooms.includes(file.room);

/** The name, where the node reads a variable of that name (not a property, a key or a declaration). */
function variableRead(node: ts.Node): string | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return undefined;
  if (ts.isImportSpecifier(parent) || ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return undefined;
  if ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node) return undefined;
  if (ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent) || ts.isMethodSignature(parent)) return undefined;
  return node.text;
}

/** `object.name` as written, where the node is such an access. */
const access = (node: ts.Node): string | undefined => (ts.isPropertyAccessExpression(node) ? node.getText().replaceAll(/[?\s]/g, "") : undefined);

/** What an import statement takes by value: original names, `*` for a namespace. */
function valuesTaken(node: ts.Node, from: RegExp): readonly string[] {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier) || !from.test(node.moduleSpecifier.text)) return [];
  const clause = node.importClause;
  if (clause === undefined || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const names = clause.name === undefined ? [] : ["default"];
  if (clause.namedBindings === undefined) return names;
  if (ts.isNamespaceImport(clause.namedBindings)) return [...names, "*"];
  return [...names, ...clause.namedBindings.elements.filter((element) => !element.isTypeOnly).map((element) => (element.propertyName ?? element.name).text)];
}

const takes =
  (from: RegExp, refused: (name: string) => boolean, why: string) =>
  (node: ts.Node): string | undefined => {
    const names = valuesTaken(node, from).filter(refused);
    return names.length === 0 ? undefined : `${names.join(", ")}: ${why}`;
  };

/** `{ socketPath, … }` or `{ host: "127.0.0.1", … }` for a request, `{ path }` alone for a bare connection. */
function staysOnThisMachine(options: ts.Node | undefined): boolean {
  if (options === undefined || !ts.isObjectLiteralExpression(options) || options.properties.some(ts.isSpreadAssignment)) return false;
  const values = new Map(
    options.properties.map((property) => [property.name?.getText(), ts.isPropertyAssignment(property) ? property.initializer.getText() : ""]),
  );
  if (values.has("hostname") || values.has("lookup") || values.has("createConnection") || values.has("agent")) return false;
  if (values.has("host")) return values.get("host") === '"127.0.0.1"';
  return values.has("socketPath") || (values.has("path") && values.size === 1);
}

const machineGlobals = ["process", "performance", "globalThis", "setTimeout", "setInterval", "setImmediate", "crypto", "navigator"];
const networkGlobals = ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"];
const pureNetNames = ["isIP", "isIPv4", "isIPv6", "BlockList", "SocketAddress", "checkServerIdentity", "rootCertificates"];
const clockAndChance = ["systemClock", "ulid", "mintDecisionId", "mintRequestId"];
/** 400 and 500 are too often mere figures. */
const statusNumbers = ["401", "403", "404", "405", "408", "409", "413", "415", "422", "429", "499", "502", "503", "504"];

const rules: readonly Rule[] = [
  {
    name: "pure rooms ask neither clock, chance, process nor network",
    appliesTo: shippedIn(...pureRooms),
    wrong: (node) => {
      const name = variableRead(node);
      if (name !== undefined && [...machineGlobals, ...networkGlobals].includes(name)) return name;
      const path = access(node);
      if (path === "Date.now" || path === "Math.random") return path;
      if (ts.isNewExpression(node) && node.expression.getText() === "Date" && (node.arguments?.length ?? 0) === 0) return "new Date() without an argument";
      if (ts.isCallExpression(node) && node.expression.getText() === "Date") return "Date()";
      return (
        takes(/^(node:)?crypto$/, (taken) => !/^(hash|createHash|createHmac|timingSafeEqual)$/.test(taken), "chance and keys come from outside")(node) ??
        takes(/^#kernel$/, (taken) => clockAndChance.includes(taken), "time and ids come from outside")(node)
      );
    },
  },
  {
    name: "only the ledger calls a record durable",
    appliesTo: shippedOutside("kernel", "ledger"),
    wrong: (node) => (ts.isIdentifier(node) && node.text === "asDurable" ? "asDurable" : undefined),
  },
  {
    name: "only the gateway clears",
    appliesTo: shippedOutside("charter", "gateway"),
    wrong: takes(/^#charter$/, (name) => name === "clear" || name === "*", "a clearance is made where the decision was recorded"),
  },
  {
    name: "only the charter's own clearance makes Cleared, only the kernel's own mark Durable",
    appliesTo: ({ path }) => path !== "src/charter/clearance.ts" && path !== "src/kernel/durable.ts",
    wrong: (node) => {
      if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return undefined;
      return /\b(Cleared|Durable)\b/.test(node.type.getText()) ? node.type.getText() : undefined;
    },
  },
  {
    name: "only the command line ends the process, and a child process itself",
    appliesTo: (file) => shippedOutside("cli")(file) && !file.path.endsWith("/process/main.ts"),
    wrong: (node) => {
      const path = access(node);
      return path === "process.exit" || path === "process.abort" || path === "process.exitCode" ? path : undefined;
    },
  },
  {
    name: "HTTP status stands in gateway and admin; engines and egress read it from backends",
    appliesTo: shippedOutside("gateway", "admin", "engines", "egress"),
    wrong: (node) => (ts.isNumericLiteral(node) && statusNumbers.includes(node.text) ? node.text : undefined),
  },
  {
    name: "nothing dials but egress",
    appliesTo: shippedOutside("egress"),
    wrong: (node) => {
      const name = variableRead(node);
      if (name !== undefined && networkGlobals.includes(name)) return name;
      if (ts.isImportDeclaration(node) && node.getSourceFile().fileName === "src/app/control.ts") return undefined;
      return takes(/^(node:)?(net|tls)$/, (taken) => !pureNetNames.includes(taken), "only the parts that open no connection")(node);
    },
  },
  {
    name: "who may ask this machine asks nobody else",
    appliesTo: ({ path }) => ["src/admin/client.ts", "src/cli/local-servers.ts", "src/app/control.ts"].includes(path),
    wrong: (node) => {
      if (ts.isCallExpression(node) && ["request", "connect"].includes(node.expression.getText())) {
        return staysOnThisMachine(node.arguments[0])
          ? undefined
          : "options as a literal with `socketPath`, `path` of a socket, or the loopback address as `host`";
      }
      return takes(/^(node:)?(https?|net)$/, (taken) => taken !== "request" && taken !== "connect", "request or connect alone")(node);
    },
  },
  {
    name: "modules are imported where the import rules can see it",
    appliesTo: () => true,
    wrong: (node) => {
      const name = variableRead(node);
      return name === "require" || name === "createRequire" ? name : takes(/^(node:)?module$/, (taken) => taken === "createRequire", "use import")(node);
    },
  },
];

const sourcePath = (path: string): SourcePath => ({ path, room: path.split("/")[1] ?? "", isTest: path.endsWith(".test.ts") || path.includes("/testing/") });

/** Checks one file under src/ against every rule. `path` is relative to the project, with `/`. */
export function checkSource(path: string, text: string): readonly Breach[] {
  const applicable = rules.filter((rule) => rule.appliesTo(sourcePath(path)));
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
  const breaches: Breach[] = [];
  const visit = (node: ts.Node): void => {
    for (const rule of applicable) {
      const message = rule.wrong(node);
      if (message === undefined) continue;
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      breaches.push({ rule: rule.name, place: `${path}:${line}`, message });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return breaches;
}

export const ruleNames: readonly string[] = rules.map((rule) => rule.name);
