import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const desk = deskOf(() => server)
beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none', AUTO_ASSIGN: 'true' } })
})
afterAll(() => server?.stop())

const database = () => server.app.resources.database
const assignee = async (id: string): Promise<string | null> => (await desk.read(id, 'assignee { name }')).assignee?.name ?? null

/** An agent with a key, and the key. */
async function hire(name: string, role: 'AGENT' | 'ADMIN' = 'AGENT', options: { expiresAt?: Date } = {}) {
  const agent = await database().agent.create({ data: { name } })
  const key = await server.createKey(role, { agentId: agent.id, ...options })
  return { id: globalId('Agent', agent.id), key }
}

// Whoever was there before, the administrator aside, is away.
beforeEach(async () => {
  await database().agent.updateMany({ data: { isAvailable: false } })
  await database().agent.updateMany({ where: { name: 'Administrator' }, data: { isAvailable: true } })
})

describe('assigning by load', () => {
  it('spreads conversations that open at the same time, and prefers agents to admins', async () => {
    for (const name of ['Ada', 'Ben', 'Cleo']) await hire(name)
    const ids = await Promise.all(Array.from({ length: 9 }, () => desk.open()))
    const names = (await Promise.all(ids.map(assignee))).sort()
    expect(names).toEqual(['Ada', 'Ada', 'Ada', 'Ben', 'Ben', 'Ben', 'Cleo', 'Cleo', 'Cleo'])
    expect(await desk.timeline(ids[0]!)).toContainEqual(expect.stringMatching(/^system Assignment (Ada|Ben|Cleo)$/))
  })

  it('counts what is OPEN or PENDING, and then who was given one longest ago', async () => {
    const [dora, emil] = [await hire('Dora'), await hire('Emil')]
    const first = await desk.open()
    const second = await desk.open()
    expect([await assignee(first), await assignee(second)]).toEqual(['Dora', 'Emil'])
    await desk.mutate('resolveConversation', { conversationId: second })
    const third = await desk.open()
    expect(await assignee(third)).toBe('Emil')
    // Both have one: Dora's is the older assignment.
    expect(await assignee(await desk.open())).toBe('Dora')
    await desk.mutate('snoozeConversation', { conversationId: first, until: new Date(Date.now() + 3_600_000).toISOString() })
    // Dora has one and Emil one again, and Emil has waited longer.
    expect(await assignee(await desk.open())).toBe('Emil')
    expect([dora.id, emil.id].every(Boolean)).toBe(true)
  })

  it('passes by who is away or has no valid key, and leaves it open when nobody is there', async () => {
    const fay = await hire('Fay')
    await hire('Gus', 'AGENT', { expiresAt: new Date(Date.now() - 1000) })
    await database().agent.create({ data: { name: 'Hal without a key' } })
    await desk.mutate('setAvailability', { isAvailable: false }, 'isAvailable', fay.key)
    const toAdmin = await desk.open()
    expect(await assignee(toAdmin)).toBe('Administrator')
    await desk.mutate('setAvailability', { isAvailable: false })
    const id = await desk.open()
    expect(await assignee(id)).toBeNull()
    expect(await desk.mutate('assignConversation', { conversationId: id })).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT' })
    await desk.mutate('setAvailability', { isAvailable: true }, 'isAvailable', fay.key)
    expect(await desk.mutate('assignConversation', { conversationId: id }, 'assignee { name }')).toMatchObject({ assignee: { name: 'Fay' } })
    expect((await desk.timeline(id)).at(-1)).toBe('Administrator Assignment Fay')
  })

  it('gives a conversation that goes on from another one to somebody too', async () => {
    await hire('Ida')
    const old = await desk.open()
    await desk.mutate('resolveConversation', { conversationId: old })
    await database().conversation.update({ where: { id: rowId(old) }, data: { resolvedAt: new Date(0) } })
    const { conversation } = await desk.mutate('addMessage', { conversationId: old, text: 'Again' }, 'conversation { id assignee { name } }')
    expect(conversation).toMatchObject({ assignee: { name: 'Ida' } })
    expect(conversation.id).not.toBe(old)
  })
})

describe('assigning by hand', () => {
  it('goes to the agent who is named, to nobody for null, and once', async () => {
    const jo = await hire('Jo')
    const id = await desk.open()
    await desk.mutate('assignConversation', { conversationId: id, assigneeId: null })
    expect(await assignee(id)).toBeNull()
    await desk.mutate('assignConversation', { conversationId: id, assigneeId: jo.id }, 'id', jo.key)
    await desk.mutate('assignConversation', { conversationId: id, assigneeId: jo.id }, 'id', jo.key)
    expect(await assignee(id)).toBe('Jo')
    expect((await desk.timeline(id)).filter((entry) => entry.includes('Assignment'))).toEqual([
      'system Assignment Jo',
      'Administrator Assignment nobody',
      'Jo Assignment Jo',
    ])
  })

  it.each(['nonsense', globalId('Agent', 'unknown'), globalId('Customer', 'unknown')])('%s is NOT_FOUND', async (assigneeId) => {
    expect(await desk.mutate('assignConversation', { conversationId: await desk.open(), assigneeId })).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('availability', () => {
  it('is set by the agent themselves, or by an admin', async () => {
    const [kim, lee] = [await hire('Kim'), await hire('Lee')]
    const set = (key: string | undefined, agentId?: string) =>
      desk.mutate('setAvailability', { isAvailable: false, agentId }, 'name isAvailable', key)
    expect(await set(kim.key)).toMatchObject({ name: 'Kim', isAvailable: false })
    expect(await set(kim.key, kim.id)).toMatchObject({ name: 'Kim' })
    await expect(set(kim.key, lee.id)).rejects.toThrow('FORBIDDEN')
    expect(await set(undefined, lee.id)).toMatchObject({ name: 'Lee', isAvailable: false })
    expect(await set(undefined, globalId('Agent', 'unknown'))).toMatchObject({ code: 'NOT_FOUND' })
  })
})
