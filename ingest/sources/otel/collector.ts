/** A collector of spans, by OTLP over HTTP. */
export interface Collector {
  endpoint: string
  /** Sent with each request, such as the key of the collector. */
  headers: Readonly<Record<string, string>>
}

/** Text of a setting: `name=value,name=value`. Null where it does not have this form. */
export function readHeaders(text: string): Record<string, string> | null {
  const found: Record<string, string> = {}
  for (const entry of text.split(',').filter((part) => part.trim())) {
    const [, name, value] = /^\s*([\w-]{1,64})\s*=\s*([\x20-\x7e]{1,2000}?)\s*$/.exec(entry) ?? []
    if (name === undefined || value === undefined) return null
    found[name.toLowerCase()] = value
  }
  return found
}
