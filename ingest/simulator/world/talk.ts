// Guild talk: what people say in which channel, and who reads it.
import { towns } from '../../../shared/world/dereth/towns.ts'
import { between, pick, whole, type Rng } from './chance.ts'
import type { Character } from './character.ts'
import type { Realm } from './realm.ts'

/** Where something can be said. */
export type Channel = 'allegiance' | 'fellowship' | 'general' | 'trade' | 'tell' | 'say'

const named: Record<string, { label: string; color: number }> = {
  allegiance: { label: 'Allegiance', color: 18 },
  fellowship: { label: 'Fellowship', color: 19 },
  general: { label: 'General', color: 27 },
  trade: { label: 'Trade', color: 28 },
}
// A line reaches every character in the channel; more readers than this would only repeat what is tested already.
const MAX_READERS = 12
/** So much longer are the pauses in the past: it has thousands of lines, not hundreds of thousands. */
const PAST_PAUSE = 10

const lines: Record<Channel, string[]> = {
  allegiance: [
    'gj',
    'anyone up for the Gauntlet at the top of the hour? need 2 more',
    'who has a bot up in {town}?',
    'grats!',
    'rare watch: nothing for an hour here',
    'tapers are low, heading to {town}',
    'server restart in 30?',
    'brb, feeding the cat',
    'can somebody pass xp to my mule',
  ],
  fellowship: [
    'on my way',
    'pull left',
    'need mana',
    'heal plz',
    'going to sell, back in 5',
    'watch the spawn behind you',
  ],
  general: [
    'anyone know where the Tou-Tou lifestone is?',
    'LFG {town}',
    'is the portal to {town} down?',
    'who is killing in {town}?',
  ],
  trade: [
    'WTS legendary item tinkering, 10 MMD',
    'WTB Salvaged Red Garnet, paying well',
    'WTS celdon girth AL 450, pst',
    'WTT epic wards for legendary focus',
  ],
  tell: ['got a sec?', 'can you open the door at {town}', 'your robe is ready', 'portal please'],
  say: ['hello', 'portal to {town} up', 'thanks!', 'mind the drudges'],
}

/** A character says something; those who read it get the line, in the game's own wording. */
export function sayIn(realm: Realm, speaker: Character, channel: Channel, text: string): void {
  const others = realm.characters.filter((other) => other !== speaker)
  const label = named[channel]
  if (label) {
    const line = { kind: 'chat', text: `[${label.label}] ${speaker.name} says, "${text}"`, color: label.color } as const
    for (const reader of [speaker, ...readers(speaker, others, channel)]) realm.emit(reader, line)
    return
  }
  if (channel === 'say') return realm.emit(speaker, { kind: 'chat', text: `You say, "${text}"`, color: 2 })
  const friend = others[speaker.index % Math.max(1, others.length)]
  realm.emit(speaker, { kind: 'chat', text: `You tell ${friend?.name ?? 'Nobody'}, "${text}"`, color: 4 })
  if (friend) realm.emit(friend, { kind: 'chat', text: `${speaker.name} tells you, "${text}"`, color: 3 })
}

function readers(speaker: Character, others: Character[], channel: Channel): Character[] {
  const most = channel === 'fellowship' ? 4 : MAX_READERS - 1
  if (others.length <= most) return others
  const first = (speaker.index * 7) % others.length
  return Array.from({ length: most }, (_, i) => others[(first + i) % others.length]!)
}

const drawChannel = (rng: Rng): Channel =>
  pick(rng, ['allegiance', 'allegiance', 'allegiance', 'fellowship', 'fellowship', 'general', 'trade', 'tell', 'say'])

/** A random character that is in the game; any of them if all are away. */
function awake({ rng, characters }: Realm): Character {
  const there = characters.filter(({ away }) => !away)
  return pick(rng, there.length ? there : characters)
}

/** Lets the guild talk, now and then, for ever. */
export function beginTalk(realm: Realm): void {
  const { rng, characters, timeline } = realm
  // A bigger fleet talks more, but not in proportion.
  const pause = ((realm.coarse() ? PAST_PAUSE : 1) * 40_000) / Math.sqrt(characters.length)
  timeline.after(between(rng, 0.3, 1.7) * pause, () => {
    if (!realm.quiet()) {
      const channel = drawChannel(rng)
      sayIn(realm, awake(realm), channel, pick(rng, lines[channel]).replace('{town}', pick(rng, towns).name))
      if (rng() < (realm.coarse() ? 0.005 : 0.02))
        realm.emit(characters[whole(rng, 0, characters.length - 1)]!, {
          kind: 'chat',
          text: 'There are whirlwind of vortexes about!',
          color: 5,
        })
    }
    beginTalk(realm)
  })
}
