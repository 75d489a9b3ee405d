// What an import brought, and what it left out and why.

export class Report {
  readonly #brought = new Map<string, number>()
  readonly #left = new Map<string, number>()
  readonly #notes: string[] = []

  brought(what: string, count = 1): void {
    this.#brought.set(what, (this.#brought.get(what) ?? 0) + count)
  }

  /** @param why as in `users with a taken name` */
  left(why: string, count = 1): void {
    if (count > 0) this.#left.set(why, (this.#left.get(why) ?? 0) + count)
  }

  note(text: string): void {
    this.#notes.push(text)
  }

  /** How many of this were brought. */
  count(what: string): number {
    return this.#brought.get(what) ?? 0
  }

  /** How many were left out for this reason. */
  countLeft(why: string): number {
    return this.#left.get(why) ?? 0
  }

  toString(): string {
    const list = (counts: ReadonlyMap<string, number>) => [...counts].map(([what, count]) => `  ${count} ${what}`)
    return [
      'Brought:',
      ...(this.#brought.size ? list(this.#brought) : ['  nothing']),
      'Left out:',
      ...(this.#left.size || this.#notes.length ? list(this.#left) : ['  nothing']),
      ...this.#notes.map((note) => `  ${note}`),
    ].join('\n')
  }
}
