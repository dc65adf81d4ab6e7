import type { ScanInput, ScanView } from "#admin";
import { type Detector, inspect, whyOf } from "#boundary";
import { type DataClass, dataClasses, type TenantRules } from "#charter";
import { defaultTenant } from "#identity";
import { err, type Fault, fault, ok, type Result } from "#kernel";

const higher = (one: DataClass, other: DataClass): DataClass => (dataClasses.indexOf(one) >= dataClasses.indexOf(other) ? one : other);

/** What is in the texts, as the gateway would see it in a request of the tenant. Nothing of them is kept or logged. */
export function scan(
  { text, texts = [], tenant: id }: ScanInput,
  parts: {
    /** The charter's class of what cannot be read. */
    readonly unreadable: DataClass;
    readonly detectorFor: (tenant: string) => Detector;
    readonly tenantOf: (id: string) => TenantRules | undefined;
  },
): Result<ScanView, Fault> {
  const tenant = id === undefined ? (parts.tenantOf(defaultTenant.id) ?? defaultTenant) : parts.tenantOf(id);
  if (tenant === undefined) return err(fault("unknown_name", { message: `There is no tenant ${JSON.stringify(id)}.`, param: "tenant" }));
  const detector = parts.detectorFor(tenant.id);
  const { classes } = tenant;
  const results: ScanView["results"] = [];
  for (const one of text === undefined ? texts : [text]) {
    const inspection = inspect(one, detector, { unreadable: parts.unreadable, ...(classes !== undefined && { classes }) });
    if (!inspection.ok) return inspection;
    const findings = inspection.value.findings.map(({ finding }) => {
      const { type, subtype = null, start, end, confidence, rule, class: dataClass } = finding;
      return { type, subtype, start, end, confidence, rule, class: dataClass, why: whyOf(finding) };
    });
    results.push({ class: findings.reduce<DataClass>((sum, finding) => higher(sum, finding.class), "public"), findings });
  }
  return ok({ class: results.reduce<DataClass>((sum, result) => higher(sum, result.class), "public"), results });
}
