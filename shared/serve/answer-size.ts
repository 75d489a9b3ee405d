/** Bytes of one answer: about the largest page of every list at once. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/**
 * Whether the JSON of a value has more than `most` bytes, without making it: stops as soon as that is certain. Escaped
 * characters and those of several bytes count as one, so the text may still be larger.
 */
export function isLargerThan(value: unknown, most: number): boolean {
  return remainderAfter(value, most) < 0
}

/** What is left of `room` bytes after a value; negative as soon as it does not fit. */
function remainderAfter(value: unknown, room: number): number {
  if (typeof value === 'string') return room - value.length - 2
  if (typeof value !== 'object' || value === null) return room - 1
  let left = room - 2
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && left >= 0; i++) left = remainderAfter(value[i], left) - 1
    return left
  }
  for (const name in value) {
    left = remainderAfter((value as Record<string, unknown>)[name], left) - name.length - 4
    if (left < 0) return left
  }
  return left
}
