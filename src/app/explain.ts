import type { ExplainInput } from "#admin";
import { type Detector, inspect } from "#boundary";
import { type Decision, judge, type Rulebook, type TenantRules } from "#charter";
import { defaultTenant } from "#identity";
import { type Clock, err, type Fault, fault, mintDecisionId, ok, type Result } from "#kernel";

/** The decision that such a request would meet, by the same functions that decide requests. Nothing is recorded and nothing is sent. */
export function explain(
  input: ExplainInput,
  parts: {
    readonly rulebook: Rulebook;
    readonly detectorFor: (tenant: string) => Detector;
    readonly clock: Clock;
    readonly tenantOf: (id: string) => TenantRules | undefined;
  },
): Result<Decision, Fault> {
  const tenant = input.tenant === undefined ? (parts.tenantOf(defaultTenant.id) ?? defaultTenant) : parts.tenantOf(input.tenant);
  if (tenant === undefined) return err(fault("unknown_name", { message: `There is no tenant ${JSON.stringify(input.tenant)}.`, param: "tenant" }));
  const { classes } = tenant;
  const { unreadable } = parts.rulebook.charter;
  const inspection = inspect(input.text ?? "", parts.detectorFor(tenant.id), { unreadable, ...(classes !== undefined && { classes }) });
  if (!inspection.ok) return inspection;
  const now = input.now === undefined ? parts.clock.now() : Date.parse(input.now);
  return ok(
    judge(parts.rulebook, {
      id: mintDecisionId(now),
      now,
      model: input.model,
      origin: input.origin ?? tenant.origin,
      declared: input.class,
      detected: inspection.value.detected,
      tenant,
    }),
  );
}
