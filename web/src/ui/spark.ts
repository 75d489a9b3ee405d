/**
 * The SVG path of a small line in a box of `width` by `height`, 1 unit inside its edges. `max` is the value at the top
 * (left out, the greatest one); 0 is at the bottom. Null values interrupt the line; one value alone is a short dash.
 * Empty when there is nothing to draw.
 */
export function sparkPath(values: readonly (number | null)[], width: number, height: number, max?: number): string {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return ''
  const top = Math.max(max ?? 0, ...known, Number.MIN_VALUE)
  const x = (nth: number) => (values.length < 2 ? 1 : 1 + (nth / (values.length - 1)) * (width - 2))
  const y = (value: number) => height - 1 - (Math.max(0, value) / top) * (height - 2)
  const round = (figure: number) => Math.round(figure * 10) / 10
  let path = ''
  values.forEach((value, nth) => {
    if (value === null) return
    const starts = nth === 0 || values[nth - 1] === null
    path += `${starts ? 'M' : 'L'}${round(x(nth))} ${round(y(value))}`
    if (starts && (values[nth + 1] ?? null) === null) path += 'h1'
  })
  return path
}

/**
 * Values of unevenly reported moments, as equal steps from `since` to `until` (milliseconds): the last value of each
 * step, null for a step without one.
 */
export function evenSteps(
  at: readonly string[],
  values: readonly (number | null)[],
  since: number,
  until: number,
  steps: number,
): (number | null)[] {
  const even = Array<number | null>(steps).fill(null)
  at.forEach((moment, nth) => {
    const step = Math.floor(((Date.parse(moment) - since) / (until - since)) * steps)
    if (step >= 0 && step < steps) even[step] = values[nth] ?? null
  })
  return even
}
