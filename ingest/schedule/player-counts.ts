const PATIENCE_MS = 10_000
const MAX_BYTES = 1024 * 1024

export interface PlayerCount {
  players: number
  /** When it was counted, as the source says; null when it does not. */
  at: string | null
}

/**
 * How many play on a server, by a list such as `[{"server", "count", "date"}]`. Null when the list does not name it.
 * @throws when the list cannot be had or understood
 */
export async function playerCount(url: string, server: string): Promise<PlayerCount | null> {
  const answer = await fetch(url, {
    headers: { accept: 'application/json', 'user-agent': 'Overlord (player counts, every 5 minutes)' },
    signal: AbortSignal.timeout(PATIENCE_MS),
    redirect: 'error',
  })
  if (!answer.ok) throw new Error(`it answered ${answer.status}`)
  const list: unknown = JSON.parse(await boundedText(answer))
  if (!Array.isArray(list)) throw new Error('it answered no list')
  for (const entry of list as unknown[]) {
    const { server: name, count, date } = (entry ?? {}) as Record<string, unknown>
    if (typeof name !== 'string' || name.toLowerCase() !== server.toLowerCase()) continue
    const players = Number(count)
    if (!Number.isInteger(players) || players < 0 || players > 1_000_000) throw new Error('its count is no number')
    const ms = typeof date === 'string' ? Date.parse(date) : NaN
    return { players, at: Number.isNaN(ms) ? null : new Date(ms).toISOString() }
  }
  return null
}

async function boundedText(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of answer.body ?? []) {
    size += (piece as Uint8Array).length
    if (size > MAX_BYTES) throw new Error('it answered too much')
    pieces.push(piece as Uint8Array)
  }
  return Buffer.concat(pieces).toString('utf8')
}
