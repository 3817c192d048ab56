import { readFileSync } from 'node:fs'
import { buildSchema, isInterfaceType } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Database } from '../../stores/database.ts'
import { maySeeNode } from './may-see-node.ts'

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))
const node = schema.getType('Node')
const nodeTypes = isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : []

// It has one row of everything.
const database = new Proxy({}, { get: () => ({ count: async () => 1 }) }) as Database
const viewer = { callerId: 'key', name: 'key', role: 'ADMIN', agentId: null, customerId: null, partnerId: null, expiresAt: null } as const

describe('node', () => {
  it.each(nodeTypes)('shows staff any %s', async (typename) => {
    expect(await maySeeNode({ database }, { typename, id: 'id', viewer })).toBe(true)
  })

  it('shows nothing else', async () => {
    expect(nodeTypes).toContain('ReindexRun')
    expect(await maySeeNode({ database }, { typename: 'Chunk', id: 'id', viewer })).toBe(false)
  })
})
