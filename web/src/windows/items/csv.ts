export type Cell = string | number | boolean | null | undefined

/**
 * A cell as spreadsheets read it. Text that would be taken for a formula (what begins with = + - @, a tab or a return)
 * is given an apostrophe: names and inscriptions are written by strangers. Numbers are numbers, below zero as well.
 */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line with its end, as RFC 4180 has it. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`
