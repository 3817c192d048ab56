import type { Resources } from '../../resources.ts'

const key = 'knowledge-check'

interface CheckState {
  /** When the last finished check began: what was changed before it is in its results. Null before the first. */
  checkedAt: Date | null
  endedAt: Date | null
  /** By which rules, and over which vectors, articles were compared: others make every article unchecked. */
  comparedBy: string | null
}

export async function readCheckState({ database }: Pick<Resources, 'database'>): Promise<CheckState> {
  const row = await database.setting.findUnique({ where: { key } })
  if (!row) return { checkedAt: null, endedAt: null, comparedBy: null }
  const { checkedAt, endedAt, comparedBy } = JSON.parse(row.value) as { [Key in keyof CheckState]: string | null }
  return { checkedAt: checkedAt ? new Date(checkedAt) : null, endedAt: endedAt ? new Date(endedAt) : null, comparedBy }
}

export async function writeCheckState({ database }: Pick<Resources, 'database'>, state: CheckState): Promise<void> {
  const value = JSON.stringify(state)
  await database.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}
