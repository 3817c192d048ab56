import type { GivenFile } from '../../src/services/knowledge/start-import.ts'
import { CommandError } from './command-error.ts'
import type { Base } from './open-base.ts'
import { runIdOf, type StartedRun } from './started-run.ts'

const mostCharacters = 20_000_000
const mostFiles = 5_000

/** A running server, over GraphQL. */
export function connectServer({ url: given, key }: { url: string; key: string }): Base {
  if (!URL.canParse(given)) throw new CommandError(`UNDERSTUDY_URL is no address: ${given}. Write one such as http://127.0.0.1:4000/graphql`)
  const url = new URL(given)
  if (url.pathname === '/') url.pathname = '/graphql'

  async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    }).catch((error: Error & { cause?: { code?: string } }) => {
      throw new CommandError(`There is no server at ${url} (${error.cause?.code ?? error.message}). Start it, or set UNDERSTUDY_URL.`)
    })
    const text = await response.text()
    let body: { data?: unknown; errors?: { message: string }[] }
    try {
      body = JSON.parse(text)
    } catch {
      throw new CommandError(`${url} answers ${response.status}, and not as Understudy does. Check UNDERSTUDY_URL.`)
    }
    if (body.errors?.[0])
      throw new CommandError(response.status === 401 ? `The server does not know the key in UNDERSTUDY_KEY.` : body.errors[0].message)
    return body.data as Data
  }

  return {
    ask,
    async startImport(given, deletions) {
      const files = []
      let characters = 0
      for await (const file of given) {
        files.push(asSent(file))
        characters += 'content' in file ? file.content.length : 0
        if (files.length > mostFiles || characters > mostCharacters)
          throw new CommandError(
            `More than ${mostFiles} files or ${mostCharacters} characters cannot be sent to a server at once. Import the folders below one by one, or stop the server and repeat this.`,
          )
      }
      const mutation = `mutation ($input: ImportArticlesInput!) { importArticles(input: $input) { ... on ImportRun { id } ... on Error { message } } }`
      const { importArticles } = await ask<{ importArticles: StartedRun }>(mutation, { input: { files, ...deletions } })
      return runIdOf(importArticles)
    },
    async openDataset(address) {
      const response = await fetch(address)
      if (!response.ok || !response.body)
        throw new CommandError(`The file at ${new URL(address).origin} cannot be had (${response.status}). Export it again.`)
      return response.body
    },
    close: async () => {},
  }
}

// What cannot be read here is sent as something that cannot be read there: it is reported, and deletes nothing.
const asSent = (file: GivenFile) => ('content' in file ? file : { path: file.path, content: '\u0000' })
