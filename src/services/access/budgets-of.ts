import type { Config } from '../../config.ts'
import type { Budget } from '../../stores/cost-budgets.ts'
import type { Viewer } from './viewer.ts'

type Budgeted = Pick<Viewer, 'callerId' | 'role' | 'costPerMinute'>
type Defaults = Pick<Config, 'COST_PER_MINUTE_AGENT' | 'COST_PER_MINUTE_PARTNER' | 'COST_PER_MINUTE_CUSTOMER'>

/**
 * What pays for the operations of this caller: its own budget, where it has one, and that of the partner's key that its token was made with. Without
 * the latter a partner would have as many budgets as it makes up customers.
 */
export function budgetsOf(viewer: Viewer, config: Defaults): Budget[] {
  return [viewer, viewer.madeWith]
    .filter((payer) => payer != null)
    .flatMap((payer) => {
      const maximum = costPerMinute(payer, config)
      return maximum === null ? [] : { callerId: payer.callerId, maximum }
    })
}

/** A key's own, or its role's. Null: as many points as it likes. */
function costPerMinute({ role, costPerMinute: own }: Budgeted, config: Defaults): number | null {
  if (own != null) return own
  return role === 'ADMIN' ? null : config[`COST_PER_MINUTE_${role}`]
}
