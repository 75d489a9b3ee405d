// Spells: whiles in which the condition of a rule holds for a character. Each is told of once.
import type { TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import { gapMs, lastHeard, note } from './memory.ts'
import type { Memory, ReadyMemory, Episode, Watched } from './watched.ts'
import type { EpisodeRule } from './rules.ts'

/** A spell not yet told breaks off when nothing was heard for so long, were it our own fault: nobody saw that it went on. */
const GAP_MS = 120_000
/** One already told is remembered longer: an outage of ours must not tell it again. */
const FIRED_GAP_MS = 1_800_000
/** Where nobody says when a silent character counts as gone. */
const GONE_MS = 30_000

/** The rules that look at this character. Found anew, they end the spells of those that no longer do. */
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

/** Ends the spells that a silence before this row broke off. Those of vitals last while anything is heard. */
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
  // While we were not there nobody could be heard.
  const unheard = Date.parse(receivedAt) - memory.listeningSinceMs
  const silence = unheard > 0 ? Math.min(gap, unheard) : gap
  for (const { key } of rules) {
    const episode = watched.episodes.get(key)
    if (episode && (silence > goneMs || gap > (episode.firedMs === null ? GAP_MS : FIRED_GAP_MS)))
      end(memory, watched, key)
  }
}

/** Another session ends the spells of the one before. Two that take turns are two sockets of one character. */
export function enterSession(memory: Memory, watched: Watched, session: string): void {
  if (session === watched.formerSession) return
  const lastMs = watched.telemetryAt ? Date.parse(watched.telemetryAt) : 0
  for (const [key, episode] of watched.episodes) {
    if (episode.session === session) continue
    // Vitals may begin one before telemetry tells of the session.
    if (episode.session !== null && episode.sinceMs <= lastMs) end(memory, watched, key)
    else episode.session = session
  }
  watched.formerSession = watched.session
  watched.session = session
}

/** Begins, tells of and ends spells by what a row says. */
export function updateEpisodes(
  memory: Memory,
  watched: Watched,
  row: TelemetryEvent | VitalsEvent,
  rules: readonly EpisodeRule[],
): void {
  for (const rule of rules) {
    const holds = rule.holds(row)
    if (holds === null) continue
    let episode = watched.episodes.get(rule.key)
    if (!holds) {
      if (episode) end(memory, watched, rule.key)
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

/** Vitals come when they change, so what they told last holds while anything is heard of the character. */
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

function end(memory: Memory, watched: Watched, rule: string): void {
  watched.episodes.delete(rule)
  change(memory, watched, rule, null)
}

function change(memory: Memory, character: Watched, rule: string, episode: Episode | null): void {
  memory.changed.set(`${character.id} ${rule}`, { character, rule, episode })
}
