// The rows of a tool's result as a table.
import { texts } from './messages.ts'
import { formatHundredths } from '../../ui/format.ts'

export interface Table {
  columns: string[]
  rows: string[][]
  total: number
  truncated: boolean
}

/** Rows that are drawn; of more the card says how many there are. */
const MOST = 100

/** The table of a result; null when it has no rows. Columns that are empty in every row are left out. */
export function tableOf(content: Record<string, unknown> | null): Table | null {
  const rows = content?.['rows']
  if (!content || !Array.isArray(rows)) return null
  const objects = rows.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null)
  const names = [...new Set(objects.flatMap((row) => Object.keys(row)))]
  const columns = names.filter((name) => objects.some((row) => cellOf(row[name]) !== ''))
  const total = typeof content['total'] === 'number' ? content['total'] : objects.length
  return {
    columns,
    rows: objects.slice(0, MOST).map((row) => columns.map((name) => cellOf(row[name]))),
    total,
    truncated: content['truncated'] === true || objects.length > MOST,
  }
}

/** A value as a cell shows it. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return formatHundredths(value)
  if (typeof value === 'boolean') return value ? texts.yes : texts.no
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(cellOf).join(', ')
  return Object.entries(value)
    .map(([name, inner]) => [headOf(name), cellOf(inner)])
    .filter(([, inner]) => inner)
    .map((pair) => pair.join(' '))
    .join(', ')
}

/** `kills_per_hour` as `kills per hour`. */
export const headOf = (name: string): string => name.replaceAll('_', ' ')
