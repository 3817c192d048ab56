import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const src = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.startsWith('generated/'))

/** What each layer may import, besides itself: schema and jobs → services → stores and engines → lib. */
const allowed: Record<string, string[]> = {
  lib: ['lib'],
  engines: ['engines', 'lib', 'config'],
  stores: ['stores', 'lib', 'config'],
  services: ['services', 'stores', 'engines', 'lib', 'resources', 'config'],
  jobs: ['jobs', 'services', 'lib', 'resources'],
  schema: ['schema', 'services', 'stores', 'lib', 'context', 'resources'],
}

function importsOf(file: string, { alsoTypes }: { alsoTypes: boolean }): string[] {
  const text = readFileSync(join(src, file), 'utf8')
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'(\.[^']+)'|^import\s+'(\.[^']+)'/gm)]
    .filter(([, isType]) => alsoTypes || !isType)
    .map(([, , from, bare]) => normalize(join(dirname(file), (from ?? bare)!)))
}

const layerOf = (file: string) => file.split('/')[0]!.replace(/\.ts$/, '')

describe('architecture', () => {
  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(60)
    expect(files.flatMap((file) => importsOf(file, { alsoTypes: true })).length).toBeGreaterThan(200)
  })

  it('has no arrow that points back', () => {
    const backward = files.flatMap((file) => {
      const may = allowed[layerOf(file)]
      if (!may || file.endsWith('.test.ts')) return []
      return importsOf(file, { alsoTypes: true })
        .filter((target) => ![...may, 'generated'].includes(layerOf(target)))
        .map((target) => `${file} → ${target}`)
    })
    expect(backward).toEqual([])
  })

  it('changes the status of a draft in one place', () => {
    const change = /\bdraft\.(?:update|updateMany|updateManyAndReturn|upsert)\((?:(?!\bawait\b)[^])*?\bdata: \{(?:[^{}]|\{[^{}]*\})*\bstatus\b/
    const changing = files.filter((file) => file.startsWith('services/') && change.test(readFileSync(join(src, file), 'utf8')))
    expect(changing).toEqual(['services/drafting/move-drafts.ts'])
  })

  it('has no cycle', () => {
    const cycles: string[] = []
    const done = new Set<string>()
    const visit = (file: string, path: string[]) => {
      if (path.includes(file)) return void cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      if (done.has(file)) return
      for (const target of importsOf(file, { alsoTypes: false })) if (files.includes(target)) visit(target, [...path, file])
      done.add(file)
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('keeps GraphQL and HTTP out of the services', () => {
    const foreign = files
      // lib/http only asks other servers.
      .filter((file) => /^(services|stores|engines|lib(?!\/http\/))\//.test(file) && !file.endsWith('.test.ts'))
      .filter((file) => /from '(graphql|graphql-yoga|graphql-ws|@pothos\/[^']*|node:http)'/.test(readFileSync(join(src, file), 'utf8')))
    expect(foreign).toEqual([])
  })
})
