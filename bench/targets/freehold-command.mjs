// Runs the built command as an installed package would: `bin/freehold.js` takes the sources wherever there are any.
// Arguments: the built `cli/main.js`, then the command line.
import { pathToFileURL } from "node:url";

const [built = "", ...args] = process.argv.slice(2);
const { main } = await import(pathToFileURL(built).href);
process.exitCode = await main(args);
