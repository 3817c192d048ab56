import type { Config } from '../../config.ts'
import type { Viewer } from './viewer.ts'

/** Points that this caller may use up in a minute: its key's own, or its role's. Null: as many as it likes. */
export function costPerMinute(
  { role, costPerMinute: own }: Viewer,
  config: Pick<Config, 'COST_PER_MINUTE_AGENT' | 'COST_PER_MINUTE_PARTNER' | 'COST_PER_MINUTE_CUSTOMER'>,
): number | null {
  if (own != null) return own
  return role === 'ADMIN' ? null : config[`COST_PER_MINUTE_${role}`]
}
