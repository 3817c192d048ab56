import type { Draft } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'

/** After sending: a citation was kept when at least one of the passages that it supports is in the reply as it was drafted. */
export async function markKeptCitations(
  tx: Transaction,
  { draft, sentText }: { draft: Pick<Draft, 'id' | 'text'>; sentText: string },
): Promise<void> {
  const citations = await tx.citation.findMany({ where: { draftId: draft.id, used: true } })
  const sent = squeezed(sentText)
  for (const { id, spans } of citations) {
    const passages = (spans as { start: number; end: number }[])
      .map(({ start, end }) => squeezed(draft.text.slice(start, end)))
      .filter((passage) => passage !== '')
    await tx.citation.update({ where: { id }, data: { kept: passages.some((passage) => sent.includes(passage)) } })
  }
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
