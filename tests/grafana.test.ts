import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { FIGURES } from '../agent/legacy-api/figures.ts'

const root = path.join(import.meta.dirname, '..')
const folder = path.join(root, 'scripts', 'grafana')
const read = (...names: string[]) => readFileSync(path.join(folder, ...names), 'utf8')

interface Source {
  type: string
  uid: string
}
interface Panel {
  id: number
  type: string
  title?: string
  datasource: Source
  gridPos: { x: number; y: number; w: number; h: number }
  fieldConfig: { defaults: { unit?: string } }
  targets: { refId: string; expr: string; datasource: Source }[]
}
interface Dashboard {
  uid: string
  title: string
  schemaVersion: number
  panels: Panel[]
  templating: { list: { name: string; datasource: Source; query: { query: string } }[] }
}

const readDashboard = (name: string) => JSON.parse(read('dashboards', name)) as Dashboard
const dashboard = readDashboard('guild.json')
const operations = readDashboard('operations.json')
const { datasources } = parse(read('provisioning', 'datasources', 'prometheus.yml')) as { datasources: Source[] }

/** What is wrong with a query; nothing when it parses. */
function faultsOf(query: string): string[] {
  const faults: string[] = []
  parser.parse(query).iterate({
    enter: ({ type, from, to }) => void (type.isError && faults.push(`${from}: ${query.slice(from, to + 10)}`)),
  })
  return faults
}

describe('Grafana', () => {
  it('is given a data source it has built in, and a dashboard that reads from it', () => {
    expect(datasources).toHaveLength(1)
    expect(datasources[0]!.type).toBe('prometheus')
    const { uid } = datasources[0]!
    const used = [
      ...dashboard.panels,
      ...dashboard.panels.flatMap(({ targets }) => targets),
      ...dashboard.templating.list,
      ...operations.panels,
      ...operations.panels.flatMap(({ targets }) => targets),
    ]
    for (const { datasource } of used) expect(datasource).toEqual({ type: 'prometheus', uid })
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39)
    expect([dashboard.uid, dashboard.title]).toEqual(['overlord-guild', 'Guild'])
    expect([operations.uid, operations.title]).toEqual(['overlord-operations', 'Operations'])
  })

  it('the check of queries finds what does not parse', () => {
    expect(faultsOf('sum(rate(x[5m])) by (character')).not.toEqual([])
    expect(faultsOf('overlord{character=~}')).not.toEqual([])
    expect(faultsOf('sum by (character) (rate(x{a="b"}[5m]))')).toEqual([])
  })

  it.each(dashboard.panels.map((panel) => [panel.title ?? `panel ${panel.id}`, panel] as const))(
    '%s has a title, a unit, a place, and queries that parse and ask for what there is',
    (_, panel) => {
      expect(panel.title).toBeTruthy()
      expect(panel.fieldConfig.defaults.unit).toBeTruthy()
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24)
      expect(panel.targets.length).toBeGreaterThan(0)
      for (const { expr } of panel.targets) {
        const query = expr.replaceAll('$character', 'Larsson')
        expect(faultsOf(query)).toEqual([])
        expect(query).not.toContain('$')
        const asked = query.match(/\boverlord_\w+/g) ?? []
        expect(asked.length).toBeGreaterThan(0)
        for (const name of asked) expect(FIGURES).toContain(name)
      }
    },
  )

  it.each(operations.panels.map((panel) => [panel.title ?? `panel ${panel.id}`, panel] as const))(
    'for operators: %s has a title, a unit, a place, and queries that parse',
    (_, panel) => {
      expect(panel.title && panel.fieldConfig.defaults.unit).toBeTruthy()
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24)
      expect(panel.targets.length).toBeGreaterThan(0)
      for (const { expr } of panel.targets) expect(faultsOf(expr)).toEqual([])
    },
  )

  it.each([dashboard, operations])('shows every panel of $title once, none over another', ({ panels }) => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const squares = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
    )
    expect(new Set(squares).size).toBe(squares.length)
  })

  it('is started by docker compose only when asked for, with the files of this folder and no password', () => {
    const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8')
    const { services, secrets } = parse(text, { merge: true }) as {
      services: Record<
        string,
        { profiles?: string[]; volumes?: string[]; secrets?: string[]; environment?: Record<string, string> }
      >
      secrets: Record<string, { file: string }>
    }
    for (const name of ['prometheus', 'grafana']) {
      expect(services[name]!.profiles).toEqual(['grafana'])
      for (const volume of services[name]!.volumes!) {
        const [from] = volume.split(':')
        if (from!.startsWith('.')) expect(existsSync(path.join(root, from!)), from).toBe(true)
      }
    }
    expect(services['prometheus']!.secrets).toEqual(['grafana_token', 'metrics_token'])
    expect(services['grafana']!.environment).not.toHaveProperty('GF_SECURITY_ADMIN_PASSWORD')
    expect(services['grafana']!.secrets).toEqual(['grafana_password'])
    const ignored = readFileSync(path.join(root, '.gitignore'), 'utf8').split('\n')
    expect(ignored.some((line) => /^\/?data\/?$/.test(line))).toBe(true)
    for (const { file } of Object.values(secrets)) expect(file).toMatch(/^\.\/data\/grafana-/)
    const { scrape_configs: jobs } = parse(read('prometheus.yml')) as {
      scrape_configs: { metrics_path?: string; authorization: { credentials_file: string } }[]
    }
    const paths = new Set(jobs.map((job) => job.metrics_path ?? '/metrics'))
    expect([...paths].sort()).toEqual(['/metrics', '/metrics/guild'])
    for (const { metrics_path, authorization } of jobs)
      expect(authorization.credentials_file).toBe(
        metrics_path ? '/run/secrets/grafana_token' : '/run/secrets/metrics_token',
      )
  })
})
