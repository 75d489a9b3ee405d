import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { evaluate, secondsIn } from './evaluate.ts'
import { keyOf, type History } from './history.ts'

export interface Rule {
  alert: string
  expr: string
  for?: string
  labels: { severity: string }
  annotations: { summary: string; description: string }
}

export const ALERTS_FILE = path.join(import.meta.dirname, '..', '..', 'scripts', 'grafana', 'alerts.yml')

/** The rules that ship. */
export function readRules(): Rule[] {
  const { groups } = parse(readFileSync(ALERTS_FILE, 'utf8')) as { groups: { rules: Rule[] }[] }
  return groups.flatMap(({ rules }) => rules)
}

/** Evaluates rules again and again, as Prometheus does it: an alert fires once it has been true for its time. */
export class Alerts {
  readonly #rules: readonly Rule[]
  readonly #since = new Map<string, number>()

  constructor(rules: readonly Rule[]) {
    this.#rules = rules
  }

  /** Names of the alerts that fire at a time in seconds. */
  firing(history: History, at: number): Set<string> {
    const firing = new Set<string>()
    const present = new Set<string>()
    for (const { alert, expr, for: time = '0s' } of this.#rules)
      for (const { labels } of evaluate({ query: expr, history, at })) {
        const key = `${alert} ${keyOf(labels)}`
        present.add(key)
        if (!this.#since.has(key)) this.#since.set(key, at)
        if (at - this.#since.get(key)! >= secondsIn(time)) firing.add(alert)
      }
    for (const key of this.#since.keys()) if (!present.has(key)) this.#since.delete(key)
    return firing
  }
}
