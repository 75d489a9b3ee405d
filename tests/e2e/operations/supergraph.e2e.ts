import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphClient, openFeed } from '../../../shared/testing/feed.ts'
import { connectPlugin } from '../../../shared/testing/plugin.ts'
import { hasNats, startApart, type Apart } from '../../../shared/testing/start-apart.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { until } from '../../../shared/testing/until.ts'

const SECRET = 'a secret for tests only'
const PASSWORD = 'a password for tests only'
const json = { 'content-type': 'application/json' }
const WHOLE = path.join(import.meta.dirname, '..', '..', '..', 'gateway', 'supergraph.graphql')

describe.skipIf(!hasNats)('[OPS4] a supergraph that changes', () => {
  let folder: string
  let file: string
  let overlord: Apart
  let cookie: string
  beforeAll(async () => {
    folder = await tempFolder('supergraph')
    file = path.join(folder, 'supergraph.graphql')
    const text = await readFile(WHOLE, 'utf8')
    const older = text.replace(/^ {2}"""\n[^"]*"""\n {2}gameServer: GameServer @join__field\(graph: TELEMETRY\)\n/m, '')
    expect(older).not.toBe(text)
    await writeFile(file, older)
    overlord = await startApart({
      LOG_LEVEL: 'info',
      SHARED_SECRET: SECRET,
      ADMIN_PASSWORD: PASSWORD,
      SUPERGRAPH_FILE: file,
    })
    const answer = await fetch(`${overlord.gatewayUrl}/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    })
    cookie = answer.headers.get('set-cookie')!.split(';')[0]!
  })
  afterAll(async () => {
    await overlord?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })
  const codes = async (query: string) => {
    const answer = await fetch(`${overlord.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { ...json, cookie },
      body: JSON.stringify({ query }),
    })
    const { errors } = (await answer.json()) as { errors?: { extensions: { code: string } }[] }
    return errors?.map(({ extensions }) => extensions.code) ?? []
  }

  it('is reloaded while the gateway runs: new fields answer, streams continue, an invalid file is ignored', async () => {
    const field = '{ gameServer { name } }'
    expect(await codes(field)).toEqual(['GRAPHQL_VALIDATION_FAILED'])
    const client = graphClient(`${overlord.gatewayUrl.replace('http', 'ws')}/graphql`, undefined, { cookie })
    await using feed = openFeed<{ kills: number; character: { combat: unknown } }>(
      client,
      'subscription { telemetryChanged { kills character { name combat { lifetime { kills } } } } }',
      'telemetryChanged',
    )
    await using plugin = await connectPlugin(`${overlord.ingestUrl.replace('http', 'ws')}/ws/position`, {
      secret: SECRET,
    })
    let kills = 0
    const goesOn = async () => {
      const since = kills
      await until('the stream to go on', () => {
        plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2, kills: ++kills })
        return feed.seen.some((event) => event.kills > since)
      })
    }
    await goesOn()
    await writeFile(file, 'this is no supergraph {')
    await until('the fault to be logged', () => overlord.output().includes('the new supergraph cannot be used'))
    expect(await codes('{ me { name } }')).toEqual([])
    await goesOn()

    await copyFile(WHOLE, file)
    await until('the new field', async () => (await codes(field)).length === 0)
    await goesOn()
    expect(feed.ended()).toBeNull()

    // A file that stands as it was tells nobody: only the signal does.
    const timesRead = () => overlord.output().split('the supergraph was read again').length - 1
    const before = timesRead()
    expect(before).toBeGreaterThan(0)
    overlord.signal('gateway', 'SIGHUP')
    await until('it to be read again at SIGHUP', () => timesRead() > before)
    expect(await codes(field)).toEqual([])
    await goesOn()
    expect(feed.ended()).toBeNull()
    await client.dispose()
  })
})
