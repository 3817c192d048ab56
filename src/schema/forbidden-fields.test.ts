import { readFileSync } from 'node:fs'
import { getNamedType, isCompositeType, isObjectType, parse } from 'graphql'
import { expect, it } from 'vitest'
import { forbiddenFields } from './forbidden-fields.ts'
import { schema } from './index.ts'

it('finds no field that the permission table gives to partners', () => {
  const lines = readFileSync(new URL('../../test/permissions.txt', import.meta.url), 'utf8').split('\n')
  const found: string[] = []
  const given: string[] = []
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const { name, type: fieldType } of Object.values(type.getFields())) {
      const selection = isCompositeType(getNamedType(fieldType)) ? '{ __typename }' : ''
      // Not a valid document: only what stands in it is read.
      if (forbiddenFields(schema, parse(`fragment F on ${type.name} { ${name} ${selection} }`)).length === 0) continue
      const field = `${type.name}.${name}`
      found.push(field)
      const [, , , partner] = lines.find((line) => line.startsWith(`${field} `))?.split(/ +/) ?? []
      if (partner !== undefined && partner !== 'no') given.push(field)
    }
  }
  expect(given).toEqual([])
  expect(found).toEqual(expect.arrayContaining(['Mutation.createApiKey', 'Article.indexError', 'AuditEntry.action']))
})
