import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import path from 'node:path'

/** One measurement beside its control, both taken in the same run: only their ratio outlives the machine. */
export interface Figure {
  bench: string
  name: string
  unit: string
  /** Whether more of it is better. */
  better: 'more' | 'less'
  ours: number
  control: number | null
  /** What the control is. */
  against: string | null
  /** The ratio that is asked for; where there is no control, the figure itself. */
  asked?: number
  /** What else was seen, for the reader. */
  beside?: Record<string, number | string>
}

const round = (value: number) => Number(value.toPrecision(3))
const ratio = ({ ours, control }: Figure) => (control === null || control === 0 ? null : round(ours / control))

/** What was asked of a figure, and whether it misses it. */
function comparedText(figure: Figure): string {
  const { asked, better, ours } = figure
  if (asked === undefined) return ''
  const isMet = better === 'more' ? (ratio(figure) ?? ours) >= asked : (ratio(figure) ?? ours) <= asked
  return `${better === 'more' ? '>=' : '<='} ${asked}${isMet ? '' : ' MISSED'}`
}

/** A line a figure, columns under one another. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.bench,
    figure.name,
    `${round(figure.ours)} ${figure.unit}`,
    figure.control === null ? '' : `${round(figure.control)} ${figure.unit}`,
    ratio(figure) === null ? '' : `${ratio(figure)}x (${figure.better} is better)`,
    comparedText(figure),
    Object.entries(figure.beside ?? {})
      .map(([name, value]) => `${name} ${typeof value === 'number' ? round(value) : value}`)
      .join(', '),
  ])
  const all = [['bench', 'figure', 'Overlord', 'control', 'ratio', 'asked', 'beside'], ...rows]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Benches that run by themselves, and have a key of their own in the results. */
const RECORDED = [
  'store',
  'items',
  'suits',
  'graph',
  'questions',
  'agent',
  'tabletop',
  'logins',
  'sharing',
  'eye',
  'large',
  'web',
] as const
type Recorded = (typeof RECORDED)[number]
export const isRecorded = (name: string | undefined): name is Recorded => RECORDED.includes(name as Recorded)

/**
 * Writes the figures down with what they were taken on: those of a bench that runs by itself under its key, beside the
 * others.
 */
export function writeResults(figures: readonly Figure[], at: Date, key?: Recorded): string {
  const file = path.join(import.meta.dirname, 'results.json')
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  }
  const rows = figures.map((figure) => ({ ...figure, ratio: ratio(figure) }))
  const before = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  const results = { at: at.toISOString(), machine, figures: rows }
  const all = key ? { ...before, [key]: results } : { ...before, ...results }
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)
  return file
}

/** The value below which this share of the sample lies. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
