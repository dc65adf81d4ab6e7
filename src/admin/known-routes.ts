import { z } from "zod";
import { allowListInput, knownChange, knownListInput, knownQuery, knownRemoval, knownView, patternInput } from "./known-contract.ts";
import { type AdminRoute, nothing, route } from "./route.ts";

const of = "/admin/api/tenants/{tenant}/known";

/** A tenant's own values. */
export const knownRoutes: readonly AdminRoute[] = [
  route({
    method: "GET",
    path: of,
    summary: "Lists, allow-lists and patterns of a tenant, without their values",
    input: nothing,
    output: z.array(knownView),
    run: (house, _input, { tenant = "" }) => house.listKnown(tenant),
  }),
  route({
    method: "POST",
    path: `${of}/lists`,
    summary: "Add values that are to be found to a list, which is made where it is missing",
    input: knownListInput,
    output: knownChange,
    run: (house, input, { tenant = "" }) => house.addKnownList(tenant, input),
  }),
  route({
    method: "POST",
    path: `${of}/allowed`,
    summary: "Add values that may be seen to an allow-list, which is made where it is missing",
    input: allowListInput,
    output: knownChange,
    run: (house, input, { tenant = "" }) => house.addAllowList(tenant, input),
  }),
  route({
    method: "POST",
    path: `${of}/patterns`,
    summary: "Add a pattern, or replace the one of its name",
    input: patternInput,
    output: knownChange,
    run: (house, input, { tenant = "" }) => house.addPattern(tenant, input),
  }),
  route({
    method: "GET",
    path: `${of}/{name}`,
    summary: "One of them; with its values where they are asked for, which is recorded",
    input: knownQuery,
    output: knownView,
    run: (house, { reveal }, { tenant = "", name = "" }) => house.showKnown(tenant, name, reveal === "true"),
  }),
  route({
    method: "DELETE",
    path: `${of}/{name}`,
    summary: "Remove one of them with all its values",
    input: nothing,
    output: knownChange,
    run: (house, _input, { tenant = "", name = "" }) => house.removeKnown(tenant, name, {}),
  }),
  route({
    method: "POST",
    path: `${of}/{name}/remove`,
    summary: "Remove some values from a list or an allow-list",
    input: knownRemoval,
    output: knownChange,
    run: (house, input, { tenant = "", name = "" }) => house.removeKnown(tenant, name, input),
  }),
];
