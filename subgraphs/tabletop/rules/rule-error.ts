/** An argument that the rules do not allow. The caller's fault: the message is for people and says what is allowed. */
export class RuleError extends Error {
  /** The argument, as a path: `defender.body`. */
  readonly field: string
  /** What is allowed, without the path. */
  readonly reason: string

  constructor(field: string, message: string) {
    super(`${field}: ${message}`)
    this.name = 'RuleError'
    this.field = field
    this.reason = message
  }
}

/** The value, if it is a whole number from `least` to `most`; else a RuleError. Fractions are never rounded. */
export function wholeNumber(field: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value
  const received = typeof value === 'number' || typeof value === 'string' ? JSON.stringify(value) : typeof value
  throw new RuleError(field, `must be a whole number from ${least} to ${most}, received ${received}`)
}

/** The value, if it is one of the names; else a RuleError that lists them. */
export function oneOf<T extends string>(field: string, value: unknown, names: readonly T[]): T {
  const found = names.find((name) => name === value)
  if (found !== undefined) return found
  throw new RuleError(field, `must be one of ${names.join(', ')}, received ${JSON.stringify(value)?.slice(0, 60)}`)
}
