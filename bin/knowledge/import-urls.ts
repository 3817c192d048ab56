import { readFile } from 'node:fs/promises'
import { CommandError } from './command-error.ts'
import { followImport } from './follow-import.ts'
import type { Base, Deletions } from './open-base.ts'
import { runIdOf, type StartedRun } from './started-run.ts'

/** Returns how many pages were left out. */
export async function importUrls(base: Base, target: string, deletions: Deletions): Promise<number> {
  const pages = /^https?:\/\//i.test(target) ? { sitemap: target } : { urls: await readList(target) }
  const mutation = `mutation ($input: ImportArticlesFromUrlsInput!) {
    importArticlesFromUrls(input: $input) { ... on ImportRun { id } ... on Error { message } } }`
  const { importArticlesFromUrls } = await base.ask<{ importArticlesFromUrls: StartedRun }>(mutation, {
    input: { ...pages, ...deletions },
  })
  return followImport(base, runIdOf(importArticlesFromUrls))
}

async function readList(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${file} cannot be read (${error.code}).`)
  })
  return text.split(/\r?\n/).flatMap((line) => {
    const url = line.trim()
    return url === '' || url.startsWith('#') ? [] : [url]
  })
}
