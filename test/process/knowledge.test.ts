import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { killLaunched, launchKey, launchServer, runCommand } from '../support/launch.ts'
import { createTestDatabase } from '../support/test-database.ts'

const folders = new Set<string>()
afterEach(async () => {
  killLaunched()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
  folders.clear()
})

async function temporaryFolder(files: Record<string, string | Buffer> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-knowledge-'))
  folders.add(folder)
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

/** With a database in it, which takes longer to make than to copy. */
async function dataFolder() {
  const { environment } = await createTestDatabase()
  folders.add(environment.DATA_DIR!)
  return environment.DATA_DIR!
}

async function contentOf(folder: string): Promise<Record<string, string>> {
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const contents = await Promise.all(
    paths.map(async ({ parentPath, name }) => [join(parentPath, name).slice(folder.length + 1), await readFile(join(parentPath, name), 'utf8')]),
  )
  return Object.fromEntries(contents.sort())
}

const knowledge = (parameters: string[], environment: Record<string, string>) => runCommand('bin/knowledge/main.ts', parameters, environment)

const create = `mutation ($input: CreateArticleInput!) { createArticle(input: $input) { ... on Article { id } ... on Error { message } } }`

describe('npm run knowledge', () => {
  it('exports what a server holds, and an import of it changes nothing, there or elsewhere', async () => {
    const DATA_DIR = await dataFolder()
    const server = await launchServer({ DATA_DIR })
    const environment = { DATA_DIR, UNDERSTUDY_URL: server.url, UNDERSTUDY_KEY: launchKey }
    const handWritten = {
      title: '007: "yes" # no',
      body: '    code\n---\n# Body\n\n* 退款 👩‍👧',
      category: 'Orders & more',
      tags: ['true', 'a: b'],
      audience: 'INTERNAL',
      locale: 'pt-BR',
      status: 'ARCHIVED',
    }
    const { createArticle } = await server.ask(create, { input: handWritten })
    await server.ask('mutation ($input: AddArticlePhrasingsInput!) { addArticlePhrasings(input: $input) { __typename } }', {
      input: { articleId: createArticle.id, phrasings: ['Where is it?', '- "quoted"'] },
    })
    const source = await temporaryFolder({
      'shipping/times.md': '---\r\ntitle: Times\r\nstatus: draft\r\n---\r\nTwo days.\r\n',
      'a/same.md': 'One',
      'b/same.md': 'Two',
      'page.html': '<title>Page</title><p>Text',
      'help/faq.csv': 'title,body\nA,x\nB,y',
      '.hidden/x.md': 'No',
      'image.png': 'No',
    })
    expect(await knowledge(['import', source], environment)).toEqual({ code: 0, output: '6 read: 6 created, 0 updated, 0 unchanged, 0 left out\n' })
    const first = await temporaryFolder()
    expect(await knowledge(['export', first], environment)).toEqual({ code: 0, output: `7 articles written to ${first}\n` })
    const exported = await contentOf(first)
    expect(Object.keys(exported)).toEqual([
      'a/same.md',
      'b/same.md',
      'general/page.md',
      'help/a.md',
      'help/b.md',
      'orders-more/007-yes-no.md',
      'shipping/times.md',
    ])
    expect(await knowledge(['import', first, '--delete-missing'], environment)).toMatchObject({
      output: '7 read: 0 created, 0 updated, 7 unchanged, 0 left out\n',
    })
    await server.end('SIGTERM')

    // Elsewhere, with no server, where nothing is yet.
    const other = { DATA_DIR: await temporaryFolder() }
    expect(await knowledge(['import', first], other)).toMatchObject({ code: 0, output: '7 read: 7 created, 0 updated, 0 unchanged, 0 left out\n' })
    const second = await temporaryFolder()
    expect(await knowledge(['export', second], other)).toMatchObject({ code: 0 })
    expect(await contentOf(second)).toEqual(exported)
  })

  it('says what it deletes, what it would delete, and refuses to delete most', async () => {
    const environment = { DATA_DIR: await dataFolder() }
    const named = Object.fromEntries(Array.from({ length: 52 }, (_, index) => [`a/${String(index).padStart(2, '0')}.md`, `Text ${index}`]))
    await knowledge(
      ['import', await temporaryFolder({ ...named, 'moved.md': '---\nslug: moved\n---\nx', 'rows.csv': 'title,body\nA,x\nB,y' })],
      environment,
    )
    const other = await temporaryFolder({ 'elsewhere/moved.md': '---\nslug: moved\n---\nx', 'rows.csv': 'title,body\nA,x\n"B"x,y' })
    const dryRun = await knowledge(['import', other, '--dry-run', '--delete-missing', '--allow-problems'], environment)
    expect(dryRun.output.match(/would be deleted$/gm)).toHaveLength(50)
    expect(dryRun.output).toMatch(
      /a\/49\.md would be deleted\n… and 2 more\n52 of 55 articles that imports brought would be deleted\.\nThat is more than half: without --confirm-deletions nothing would be deleted\.\n$/,
    )
    expect(await knowledge(['import', other, '--delete-missing'], environment)).toEqual({
      code: 1,
      output: expect.stringMatching(
        /1 left out\n--delete-missing would delete 52 of 55 articles that earlier imports of files brought; nothing was deleted\. Check the folder, or repeat with --confirm-deletions\.\n$/,
      ),
    })
    expect(await knowledge(['import', other, '--delete-missing', '--confirm-deletions'], environment)).toMatchObject({
      output: expect.stringMatching(/1 left out; 52 deleted\n$/),
    })
    expect(await knowledge(['import-urls', 'https://docs.example.com/', '--dry-run'], environment)).toEqual({
      code: 1,
      output: expect.stringContaining('--dry-run is for import only'),
    })
  })

  it('says what was left out and ends with 1, unless that is fine', async () => {
    const environment = { DATA_DIR: await dataFolder() }
    const folder = await temporaryFolder({
      'good.md': 'Good',
      'latin.md': Buffer.from('Größe', 'latin1'),
      'bad.md': '---\ntitle: [\n---\nx',
      'rows.csv': 'title,body\nA,x\nB,\n',
    })
    const dryRun = await knowledge(['import', folder, '--dry-run'], environment)
    expect(dryRun.code).toBe(1)
    expect(dryRun.output).toMatch(
      /bad\.md: line \d: the front matter.*\nlatin\.md: it is not UTF-8.*\nrows\.csv#b: line 3: body is empty.*\n2 can be imported, 3 would be left out\. Nothing was stored\.\n$/,
    )
    const { code, output } = await knowledge(['import', folder], environment)
    expect(code).toBe(1)
    expect(output).toMatch(/latin\.md was left out: it is not UTF-8 text/)
    expect(output).toMatch(/5 read: 2 created, 0 updated, 0 unchanged, 3 left out\n$/)
    expect(await knowledge(['import', folder, '--allow-problems'], environment)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/2 unchanged, 3 left out\n$/),
    })
    await writeFile(join(folder, 'urls.txt'), '# pages\nhttps://docs.example.com/a\n')
    expect(await knowledge(['import-urls', join(folder, 'urls.txt')], environment)).toEqual({
      code: 1,
      output: 'No host may be imported from. Set IMPORT_HOSTS=docs.example.com (a list with commas) and restart the server.\n',
    })
  })

  it('explains itself, and what stands in its way', async () => {
    const DATA_DIR = await dataFolder()
    const empty = await temporaryFolder()
    const expectRefusal = async (parameters: string[], environment: Record<string, string>, words: RegExp) => {
      const { code, output } = await knowledge(parameters, { DATA_DIR, ...environment })
      expect(output).toMatch(words)
      expect(output).not.toMatch(/\n\s+at /)
      expect(code).toBe(1)
    }
    expect(await knowledge(['--help'], {})).toMatchObject({ code: 0, output: expect.stringContaining('import FOLDER') })
    await expectRefusal([], {}, /Usage/)
    await expectRefusal(['import', empty, '--wrong'], {}, /--wrong/)
    await expectRefusal(['import', empty], { PORT: 'many' }, /PORT must be/)
    const server = await launchServer({ DATA_DIR })
    await expectRefusal(['import', empty], {}, /open in another process.*Set UNDERSTUDY_KEY/)
    await expectRefusal(['import', empty], { UNDERSTUDY_URL: server.url }, /Set UNDERSTUDY_KEY too/)
    await expectRefusal(['export', empty], { UNDERSTUDY_URL: server.url, UNDERSTUDY_KEY: 'wrong' }, /does not know the key/)
    await expectRefusal(['import', empty], { UNDERSTUDY_URL: server.url, UNDERSTUDY_KEY: launchKey }, /no Markdown, HTML or CSV file/)
    // The server's address follows from its settings.
    const { port } = new URL(server.url)
    expect(await knowledge(['export', empty], { DATA_DIR, PORT: port, UNDERSTUDY_KEY: launchKey })).toMatchObject({ code: 0 })
    await server.end('SIGTERM')
    await expectRefusal(['export', empty], { UNDERSTUDY_URL: server.url, UNDERSTUDY_KEY: launchKey }, /There is no server at/)
  })
})

it('an import outlives any number of kill -9', async () => {
  const environment = { DATA_DIR: await dataFolder() }
  const count = 150
  const files = Array.from({ length: count }, (_, index) => ({ path: `a/file-${index}.md`, content: `# File ${index}\n\nText ${index}.` }))
  let server = await launchServer(environment)
  const { importArticles: run } = await server.ask(
    'mutation ($input: ImportArticlesInput!) { importArticles(input: $input) { ... on ImportRun { id } ... on Error { message } } }',
    { input: { files } },
  )
  const look = async () =>
    (await server.ask('query ($id: ID!) { node(id: $id) { ... on ImportRun { status done counts { created leftOut } } } }', { id: run.id })).node
  let done = 0
  for (let kill = 1; kill <= 3; kill++) {
    await expect.poll(async () => (await look()).done, { interval: 20 }).toBeGreaterThan(done)
    const { status, ...rest } = await look()
    expect(status).toBe('RUNNING')
    done = rest.done
    await server.end('SIGKILL')
    server = await launchServer(environment)
  }
  await expect.poll(async () => (await look()).status, { timeout: 60_000 }).toBe('COMPLETED')
  expect(await look()).toEqual({ status: 'COMPLETED', done: count, counts: { created: count, leftOut: 0 } })
  const { categories } = await server.ask('{ categories { name count } }')
  expect(categories).toEqual([{ name: 'a', count }])
}, 300_000)
