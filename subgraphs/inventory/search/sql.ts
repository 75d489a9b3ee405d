/** The values of a statement, numbered as they are named. */
export class Values {
  readonly all: unknown[] = []

  /** A place in the statement for this value. */
  put(value: unknown, type = ''): string {
    this.all.push(value)
    return `$${this.all.length}${type && `::${type}`}`
  }
}
