import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const run = promisify(execFile)
const ME = '{"me":{"name":"test"'
const STREAM = '"ingestChanged":{"__typename":"IngestStatus"}'

/** The recipes of docs/graph.md, by the name behind the language of their block. */
const recipes = new Map(
  [...readFileSync(path.join(ROOT, 'docs', 'graph.md'), 'utf8').matchAll(/^```\w+ ([\w-]+)\n(.*?)^```$/gms)].map(
    ([, name, text]) => [name!, text!],
  ),
)
const isHere = (program: string) => spawnSync(program, ['--version']).status === 0

describe('[STD9] a recipe of docs/graph.md', () => {
  let overlord: TestOverlord
  let folder: string
  beforeAll(async () => {
    overlord = await startOverlord()
    folder = await tempFolder('recipes')
    await mkdir(folder, { recursive: true })
    await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
    await writeFile(path.join(folder, 'package.json'), '{"type": "module"}')
  })
  afterAll(async () => {
    await overlord[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  async function follow(name: string, file: string, program: string, args: readonly string[] = []): Promise<string> {
    await writeFile(path.join(folder, file), recipes.get(name)!)
    const env = { ...process.env, OVERLORD_URL: overlord.url, OVERLORD_TOKEN: overlord.token }
    const { stdout } = await run(program, [...args, file], { cwd: folder, env, timeout: 45_000 })
    return stdout
  }

  it('is run by these tests, each of them', () => {
    const known = ['curl', 'sse', 'graphql-ws', 'urql', 'apollo', 'python', 'codegen']
    expect([...recipes.keys()].sort()).toEqual(known.sort())
  })

  it('asks by curl, by POST and GET', async () => {
    const output = await follow('curl', 'curl.sh', 'bash')
    expect(output.split(ME)).toHaveLength(3)
    expect(output).toContain('"cost":2')
  })

  it('follows server-sent events', async () => expect(await follow('sse', 'sse.sh', 'bash')).toContain(STREAM))

  it.each(['graphql-ws', 'apollo'])('asks and follows by %s', async (name) => {
    const output = await follow(name, `${name}.js`, process.execPath)
    expect(output.replace('"__typename":"Viewer",', '')).toContain(ME)
    expect(output).toContain(STREAM)
  })

  it('asks by urql', async () => expect(await follow('urql', 'urql.js', process.execPath)).toContain(ME))

  it.skipIf(!isHere('python3'))('asks by Python', async () => {
    expect((await follow('python', 'ask.py', 'python3')).replaceAll(' ', '')).toContain(ME)
  })

  it('generates types by codegen', async () => {
    const query = 'query Me { me { name } items { sums { units } } }'
    const document = `import { graphql } from './gql/index.js'\nexport const ME = graphql(\`${query}\`)\n`
    await writeFile(path.join(folder, 'document.ts'), document)
    await follow('codegen', 'codegen.ts', path.join(ROOT, 'node_modules', '.bin', 'graphql-codegen'), ['--config'])
    const types = await readFile(path.join(folder, 'gql', 'graphql.ts'), 'utf8')
    expect(types).toMatch(/export type MeQuery = .*units: number/s)
  })
})
