import type { Labels, Sample } from './exposition.ts'

/** A value at a time in seconds; null where the series ended, as Prometheus marks it. */
export type Point = readonly [at: number, value: number | null]

export interface Series {
  name: string
  labels: Labels
  points: Point[]
}

/** Labels as a key: equal for equal labels. */
export const keyOf = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort())

/** Samples of targets over time, as Prometheus would have stored them. */
export class History {
  readonly #series = new Map<string, Series>()

  /** Adds one scrape of a job at a time in seconds; null if it failed. Series that it lacks have ended. */
  scraped(job: string, at: number, samples: readonly Sample[] | null): void {
    const up: Sample = { name: 'up', labels: {}, value: samples ? 1 : 0 }
    const present = new Set<string>()
    for (const { name, labels, value } of [...(samples ?? []), up]) {
      const all = { ...labels, job }
      const key = `${name} ${keyOf(all)}`
      present.add(key)
      const series: Series = this.#series.get(key) ?? { name, labels: all, points: [] }
      series.points.push([at, value])
      this.#series.set(key, series)
    }
    for (const [key, { labels, points }] of this.#series)
      if (labels['job'] === job && !present.has(key) && points.at(-1)![1] !== null) points.push([at, null])
  }

  /** The series of a name. */
  named(name: string): Series[] {
    return [...this.#series.values()].filter((series) => series.name === name)
  }
}
