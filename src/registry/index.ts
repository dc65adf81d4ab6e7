export type { CountryCode, CountryGroup, Day, Law, Model, Party, Provenance, Registry, Service } from "./facts.ts";
