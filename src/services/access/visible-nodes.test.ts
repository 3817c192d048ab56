import { readFileSync } from 'node:fs'
import { buildSchema, isInterfaceType } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Database } from '../../stores/database.ts'
import { visibleNodes } from './visible-nodes.ts'

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))
const node = schema.getType('Node')
const nodeTypes = isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : []

// It has one row of everything.
const database = new Proxy({}, { get: () => ({ findMany: async () => [{ id: 'id' }] }) }) as Database
const viewer = {
  callerId: 'key',
  keyId: 'key',
  name: 'key',
  role: 'ADMIN',
  agentId: null,
  customerId: null,
  partnerId: null,
  expiresAt: null,
} as const

async function isVisible(typename: string): Promise<boolean> {
  const node = { typename, id: 'id' }
  return (await visibleNodes({ database }, { nodes: [node], viewer }))(node)
}

describe('node', () => {
  it.each(nodeTypes)('shows staff any %s', async (typename) => {
    expect(await isVisible(typename)).toBe(true)
  })

  it('shows nothing else', async () => {
    expect(nodeTypes).toContain('ReindexRun')
    expect(await isVisible('Chunk')).toBe(false)
    expect(await isVisible('constructor')).toBe(false)
  })
})
