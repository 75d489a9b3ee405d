// The rules for names of metrics that `promtool check metrics` applies.

export interface Metric {
  name: string
  help: string
  type: string
  labelNames: readonly string[]
}

const BASE_UNITS = new Map(
  Object.entries({
    seconds: ['minutes', 'hours', 'days', 'weeks'],
    celsius: ['kelvins', 'fahrenheit', 'rankine'],
    meters: ['inches', 'yards', 'miles'],
    bytes: ['bits'],
    joules: ['calories'],
    grams: ['pounds', 'ounces'],
    amperes: [],
    volts: [],
  }).flatMap(([base, others]) => [[base, base] as const, ...others.map((other) => [other, base] as const)]),
)
const PREFIXES =
  /^(?:pico|nano|micro|milli|centi|deci|deca|hecto|kilo|kibi|mega|mibi|giga|gibi|tera|tebi|peta|pebi)(\w+)$/
const ABBREVIATIONS = new Set('s ms us ns sec b kb mb gb tb pb m h d'.split(' '))
const TYPES = ['gauge', 'counter', 'histogram', 'summary', 'untyped']

/** What is wrong with a metric; nothing for one that fits. */
export function faultsOf({ name, help, type, labelNames }: Metric): string[] {
  const words = name.split('_')
  const isCounted = type === 'histogram' || type === 'summary'
  const unit = words.map((word) => [word, baseOf(word)] as const).find(([, base]) => base !== null)
  return [
    !help && 'no help text',
    type === 'counter' && !name.endsWith('_total') && 'counter metrics should have "_total" suffix',
    type !== 'counter' && name.endsWith('_total') && 'non-counter metrics should not have "_total" suffix',
    type !== 'histogram' && name.endsWith('_bucket') && 'non-histogram metrics should not have "_bucket" suffix',
    !isCounted && /_(count|sum)$/.test(name) && 'non-histogram and non-summary metrics should not have that suffix',
    type !== 'histogram' && labelNames.includes('le') && 'non-histogram metrics should not have "le" label',
    type !== 'summary' && labelNames.includes('quantile') && 'non-summary metrics should not have "quantile" label',
    unit && unit[1] !== unit[0] && `use base unit "${unit[1]}" instead of "${unit[0]}"`,
    words.some((word) => ABBREVIATIONS.has(word.toLowerCase())) && 'metric names should not contain abbreviated units',
    words.some((word) => TYPES.includes(word) && word === type) && `metric name should not include type '${type}'`,
    name.includes(':') && 'metric names should not contain ":"',
    [name, ...labelNames].some((one) => /[a-z][A-Z]/.test(one)) && 'names should be written in "snake_case"',
  ].filter((fault) => typeof fault === 'string')
}

function baseOf(word: string): string | null {
  const [, rest] = PREFIXES.exec(word) ?? []
  return BASE_UNITS.get(word) ?? (rest === undefined ? null : (BASE_UNITS.get(rest) ?? null))
}
