import { readFileSync } from 'node:fs'
import path from 'node:path'
import { register } from 'prom-client'
import { parser } from '@prometheus-io/lezer-promql'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { agent, gateway, ingest, loadEdges, processes, subgraphs } from '../rooms.ts'
import { readRules } from './promql/alerts.ts'
import { faultsOf, type Metric } from './promql/lint.ts'

const root = path.join(import.meta.dirname, '..')
const read = (...names: string[]) => readFileSync(path.join(root, ...names), 'utf8')
let metrics: Metric[]

beforeAll(async () => {
  await import('../shared/serve/serve.ts')
  await import('../shared/pubsub/open.ts')
  await import('../agent/discord/channel-queue.ts')
  await Promise.all([ingest.start(), gateway.start(), agent.start(), loadEdges(), ...subgraphs.map((r) => r.load())])
  const all = (await register.getMetricsAsJSON()) as { name: string; help: string; type: unknown }[]
  metrics = all.map(({ name, help, type }) => {
    const { labelNames } = register.getSingleMetric(name) as unknown as { labelNames: string[] }
    return { name, help, type: String(type), labelNames }
  })
})

/** Names that an expression selects. */
function namesIn(query: string): string[] {
  const names: string[] = []
  parser.parse(query).iterate({
    enter({ name, type, from, to, node }) {
      if (type.isError) throw new Error(`This does not parse: ${query}`)
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') names.push(query.slice(from, to))
    },
  })
  return names
}

const existing = () =>
  new Set([
    'up', // of Prometheus itself
    ...metrics.flatMap(({ name, type }) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  ])

describe('[OPS8] the metrics of all rooms', () => {
  it('are named as promtool demands it', () => {
    expect(metrics.length).toBeGreaterThan(60)
    expect(metrics.map((metric) => [metric.name, faultsOf(metric)]).filter(([, faults]) => faults!.length)).toEqual([])
  })

  it('have labels that the code chose, never an operation, a path, a character or a person', () => {
    const labels = new Set(metrics.filter(({ name }) => name.startsWith('overlord_')).flatMap((m) => m.labelNames))
    for (const label of ['operation', 'path', 'character', 'viewer', 'address'])
      expect([...labels]).not.toContain(label)
  })

  it('stand in the table of docs/operations.md, each with its type, labels and help', () => {
    const rows = read('docs', 'operations.md')
      .split('\n')
      .filter((line) => line.startsWith('| `overlord_'))
    const escaped = (text: string) => text.replaceAll('|', '\\|')
    const wanted = metrics
      .filter(({ name }) => name.startsWith('overlord_'))
      .map(({ name, type, labelNames, help }) => {
        const labels = labelNames.map((label) => `\`${label}\``).join(' ')
        return `| \`${name}\` | ${type} | ${labels || '–'} | ${escaped(help)} |`
      })
      .sort()
    expect([...rows].sort()).toEqual(wanted)
  })
})

describe('[OPS9] the alert rules', () => {
  it('select only metrics that exist', () => {
    const known = existing()
    for (const { alert, expr } of readRules()) {
      const names = namesIn(expr)
      expect(names.length, alert).toBeGreaterThan(0)
      for (const name of names) expect(known, `${alert}: ${name}`).toContain(name)
    }
  })

  it('are each explained in docs/operations.md, and have a severity and a way out', () => {
    const text = read('docs', 'operations.md')
    for (const { alert, labels, annotations } of readRules()) {
      expect(text).toContain(`| \`${alert}\` |`)
      expect(['warning', 'critical']).toContain(labels.severity)
      expect(annotations.summary && annotations.description).toBeTruthy()
    }
  })

  it('are loaded by Prometheus', () => {
    const { rule_files: files } = parse(read('scripts', 'grafana', 'prometheus.yml')) as { rule_files: string[] }
    expect(files).toEqual(['alerts.yml'])
    expect(read('docker-compose.yml')).toContain('./scripts/grafana/alerts.yml:/etc/prometheus/alerts.yml:ro')
  })
})

describe('the dashboard Operations', () => {
  it('selects only metrics that exist', () => {
    const known = existing()
    const { panels } = JSON.parse(read('scripts', 'grafana', 'dashboards', 'operations.json')) as {
      panels: { title: string; targets: { expr: string }[] }[]
    }
    for (const { title, targets } of panels)
      for (const { expr } of targets)
        for (const name of namesIn(expr)) expect(known, `${title}: ${name}`).toContain(name)
  })
})

describe('[OPS7] Prometheus', () => {
  it('scrapes every room of the list on its port, with the metrics token', () => {
    const { scrape_configs: jobs } = parse(read('scripts', 'grafana', 'prometheus.yml')) as {
      scrape_configs: {
        job_name: string
        metrics_path?: string
        authorization: { credentials_file: string }
        static_configs?: { targets: string[] }[]
        dns_sd_configs?: object[]
      }[]
    }
    const ofRooms = jobs
      .filter(({ metrics_path, static_configs }) => metrics_path === undefined && static_configs)
      .map((job) => [job.job_name, job.authorization.credentials_file, job.static_configs!.flatMap((c) => c.targets)])
    expect(ofRooms).toEqual(
      processes.map(({ name, port }) => [name, '/run/secrets/metrics_token', [`${name}:${port.fallback}`]]),
    )
    // The bot is optional: while it does not run, there is no target that could be down.
    const bot = jobs.filter(({ static_configs }) => !static_configs)
    expect(bot).toMatchObject([
      { job_name: 'discord', dns_sd_configs: [{ names: ['discord'], type: 'A', port: 4019 }] },
    ])
  })

  it('can reach every room, and each is given the token', () => {
    const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { networks?: string[]; environment?: Record<string, string> }>
    }
    const reached = services['prometheus']!.networks!
    for (const { name } of processes) {
      expect(
        (services[name]!.networks ?? ['default']).some((network) => reached.includes(network)),
        name,
      ).toBe(true)
      expect(services[name]!.environment).toMatchObject({ METRICS_TOKEN: '${METRICS_TOKEN:-}' })
    }
  })
})
