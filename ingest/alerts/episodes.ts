// Episodes: periods in which the condition of a rule holds for a character. Each raises one alert.
import type { TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import { gapMs, lastHeard, note } from './memory.ts'
import type { Memory, ReadyMemory, Episode, Watched } from './watched.ts'
import type { EpisodeRule } from './rules.ts'

/**
 * An episode that has not fired ends after a gap this long, even if the gap was ours: nothing shows that it continued.
 */
const GAP_MS = 120_000
/** One that has fired is kept for longer: an outage of ours must not raise it a second time. */
const FIRED_GAP_MS = 1_800_000
/** Used when no setting says when a silent character counts as gone. */
const GONE_MS = 30_000

/** The rules that watch this character. When they are looked up again, episodes of rules that no longer do so end. */
export function rulesOf(memory: ReadyMemory, watched: Watched): NonNullable<Watched['rules']> {
  if (watched.rules) return watched.rules
  const own = memory.rules.episodes.filter((rule) => rule.watches(watched.name, watched.tag))
  for (const [key, { revision }] of watched.episodes)
    if (!own.some((rule) => rule.key === key && rule.revision === revision)) end(memory, watched, key)
  return (watched.rules = {
    telemetry: own.filter((rule) => rule.source === 'telemetry'),
    vitals: own.filter((rule) => rule.source === 'vitals'),
  })
}

/** Ends the episodes that a silence before this row broke off. Those of vitals last while anything is heard. */
export function endSilent(
  memory: ReadyMemory,
  watched: Watched,
  source: EpisodeRule['source'],
  receivedAt: string,
): void {
  if (!watched.episodes.size) return
  const { telemetry, vitals } = rulesOf(memory, watched)
  if (source === 'telemetry') endBroken(memory, watched, telemetry, watched.telemetryAt, receivedAt)
  endBroken(memory, watched, vitals, lastHeard(watched), receivedAt)
}

function endBroken(
  memory: ReadyMemory,
  watched: Watched,
  rules: readonly EpisodeRule[],
  lastAt: string,
  receivedAt: string,
): void {
  if (!rules.length || lastAt === receivedAt) return
  const gap = gapMs(lastAt, receivedAt)
  const goneMs = memory.rules.settings.get('GONE')?.afterMs ?? GONE_MS
  if (gap <= goneMs && gap <= GAP_MS) return
  // Before we listened, no frames could be received.
  const unheard = Date.parse(receivedAt) - memory.listeningSinceMs
  const silence = unheard > 0 ? Math.min(gap, unheard) : gap
  for (const { key } of rules) {
    const episode = watched.episodes.get(key)
    if (episode && (silence > goneMs || gap > (episode.firedMs === null ? GAP_MS : FIRED_GAP_MS)))
      end(memory, watched, key)
  }
}

/** Another session ends the episodes of the one before. Two that take turns are two sockets of one character. */
export function enterSession(memory: Memory, watched: Watched, session: string): void {
  if (session === watched.formerSession) return
  const lastMs = watched.telemetryAt ? Date.parse(watched.telemetryAt) : 0
  for (const [key, episode] of watched.episodes) {
    if (episode.session === session) continue
    // An episode on vitals may begin before telemetry names the session.
    if (episode.session !== null && episode.sinceMs <= lastMs) end(memory, watched, key)
    else episode.session = session
  }
  watched.formerSession = watched.session
  watched.session = session
}

/** Starts, fires and ends episodes according to a row. */
export function updateEpisodes(
  memory: Memory,
  watched: Watched,
  row: TelemetryEvent | VitalsEvent,
  rules: readonly EpisodeRule[],
): void {
  for (const rule of rules) {
    let episode = watched.episodes.get(rule.key)
    const holds = rule.holds(row, { place: watched.place, isOpen: episode !== undefined })
    if (holds === null) continue
    if (!holds) {
      if (episode) endByActivity(memory, watched, rule, episode, row)
      continue
    }
    const atMs = Date.parse(row.receivedAt)
    if (!episode) {
      episode = { revision: rule.revision, sinceMs: atMs, firedMs: null, session: watched.session, row }
      watched.episodes.set(rule.key, episode)
      change(memory, watched, rule.key, episode)
    }
    episode.row = row
    fireWhenDue(memory, watched, rule, episode, atMs)
  }
}

/** Vitals are sent on change, so the last values hold as long as any frame of the character arrives. */
export function fireUnchanged(
  memory: Memory,
  watched: Watched,
  rules: readonly EpisodeRule[],
  { receivedAt }: { receivedAt: string },
): void {
  if (!watched.episodes.size) return
  for (const rule of rules) {
    const episode = watched.episodes.get(rule.key)
    if (!episode || episode.firedMs !== null) continue
    if (!episode.row && watched.vitalsBefore && rule.holds(watched.vitalsBefore)) episode.row = watched.vitalsBefore
    fireWhenDue(memory, watched, rule, episode, Date.parse(receivedAt))
  }
}

function fireWhenDue(memory: Memory, watched: Watched, rule: EpisodeRule, episode: Episode, atMs: number): void {
  if (episode.firedMs !== null || !episode.row || atMs - episode.sinceMs < rule.forMs) return
  episode.firedMs = atMs
  change(memory, watched, rule.key, episode)
  const { text, details } = rule.describe(episode.row)
  note(memory, {
    kind: rule.kind,
    character: watched,
    atMs,
    severity: rule.severity,
    text,
    details: { ...details, since: new Date(episode.sinceMs).toISOString() },
    key: `${rule.kind}:${rule.key}:${watched.id}`,
    quietMs: rule.quietMs,
    episode: rule.key,
  })
}

function endByActivity(
  memory: Memory,
  watched: Watched,
  { key, kind }: EpisodeRule,
  { sinceMs, firedMs }: Episode,
  { receivedAt }: { receivedAt: string },
): void {
  if (kind === 'IDLE' && firedMs !== null)
    memory.activeAgain.push({ id: watched.id, sinceMs, atMs: Date.parse(receivedAt) })
  end(memory, watched, key)
}

function end(memory: Memory, watched: Watched, rule: string): void {
  watched.episodes.delete(rule)
  change(memory, watched, rule, null)
}

function change(memory: Memory, character: Watched, rule: string, episode: Episode | null): void {
  memory.changed.set(`${character.id} ${rule}`, { character, rule, episode })
}
