// What every frame has: a type, and the client's clock as .NET prints it.

/** A frame as the plugin puts it on the wire. Written by the wire document, not by our own contract. */
export interface Frame {
  type: string
  character_name?: string
  timestamp?: string
  [field: string]: unknown
}

/** A moment as .NET's round-trip format has it: seven digits of a second. */
export function stamp(ms: number): string {
  const ticks = String((ms * 7919) % 10_000).padStart(4, '0')
  return new Date(ms).toISOString().replace('Z', `${ticks}Z`)
}

/** A span as .NET prints a TimeSpan: `01:52:31`, `2.03:00:09`. */
export function timeSpan(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const days = Math.floor(seconds / 86_400)
  return `${days > 0 ? `${days}.` : ''}${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
}
