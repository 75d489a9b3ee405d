import { describe, expect, it } from 'vitest'
import { Budget } from './budget.ts'
import { readMuteButton, withMuteButton } from './buttons.ts'
import { digestOf, joinable, messageOf } from './digest.ts'
import { postOf, type GuildEvent } from './of-event.ts'
import { coordinates, cut, placeText, plain, sentBody, type Post } from './post.ts'

const line = (text: string, n = 1): Post => ({
  kind: 'status',
  id: String(n),
  character: null,
  line: text,
  embed: null,
})
const event = (fields: object): GuildEvent =>
  ({
    id: '7',
    kind: 'RARE',
    receivedAt: '2026-11-23T10:00:00.000Z',
    server: 'Coldeve',
    character: { name: 'Lars_son' },
    detail: null,
    ...fields,
  }) as GuildEvent

describe('text of the game', () => {
  it.each([
    ['**bold** _x_ `code` ~~no~~ ||spoiler||', /[^\\][*_`~|]/],
    ['@everyone @here <@123> <#4>', /@(everyone|here|1)|(^|[^\\])<[@#]/],
    ['https://evil.example http://x', /https?:\/\//],
    ['[click](https://evil.example)', /\]\(/],
    ['line\none\u202Etwo', /[\n\u202E]/],
    ['> quote', /^>/],
  ])('%j is shown as it was typed, without effect', (text, effect) => {
    expect(plain(text)).not.toMatch(effect)
  })
  it('is cut to a length, never in the middle of an escape or a sign of two units', () => {
    expect(cut('a'.repeat(11), 10)).toBe('aaaaaaaa …')
    expect(cut('aaaaaaa\\*bb', 10)).toBe('aaaaaaa …')
    expect(cut('aaaaaaa😀bb', 10)).toBe('aaaaaaa …')
    expect(cut('short', 10)).toBe('short')
    expect(plain('x'.repeat(5_000))).toHaveLength(1_024)
  })
})

describe('a place', () => {
  it('is written as the game writes it, and nothing where it is not shown', () => {
    expect(coordinates(33.64, -42.06)).toBe('42.1S, 33.6E')
    expect(coordinates(-1, 2)).toBe('2.0N, 1.0W')
    expect(coordinates(null, 2)).toBeNull()
    expect(placeText({ ew: 1, ns: 2, dungeon: 'A Dungeon', nearestTown: 'in Holtburg' })).toBe(
      '2.0N, 1.0E · A Dungeon · in Holtburg',
    )
    expect(placeText({ ew: null, ns: null, dungeon: '' })).toBeNull()
  })
})

describe('an event as a post', () => {
  it('is nothing when its detail is gone, or its kind is posted as something else', () => {
    expect(postOf(event({}))).toBeNull()
    const down = { __typename: 'Alert', alertKind: 'SERVER_DOWN', text: 'down', severity: 'URGENT' }
    expect(postOf(event({ kind: 'ALERT', detail: down }))).toBeNull()
    expect(postOf(event({ kind: 'LEVEL', detail: { __typename: 'LevelGain' } }))).toBeNull()
  })
  it('names who found what, where', () => {
    const detail = {
      __typename: 'Rare',
      name: 'A *Rare*',
      tier: 'GREAT',
      ew: 1,
      ns: 2,
      nearestTown: null,
      dungeon: null,
    }
    expect(postOf(event({ detail }))).toMatchObject({
      kind: 'rare',
      id: '7',
      character: 'Lars_son',
      embed: {
        title: '💎 A \\*Rare\\*',
        color: 0xf1c40f,
        fields: [{ name: 'Who', value: 'Lars\\_son' }, { name: 'Where', value: '2.0N, 1.0E' }, { name: 'When' }],
      },
    })
  })
  it('of the end of idleness is a line of the kind that an idle alert has, with how long it was', () => {
    const detail = { __typename: 'PresenceChange', previousSince: '2026-11-23T08:40:00.000Z' }
    const post = postOf(event({ kind: 'IDLE_ENDED', detail }))
    expect(post).toMatchObject({ kind: 'idle', character: 'Lars_son', embed: null })
    expect(post!.line).toContain('**Lars\\_son** is active again, after 1 h 20 min.')
  })
  it('of a server that does not answer is a line with its name', () => {
    const post = postOf(event({ kind: 'SERVER_DOWN', character: null }))
    expect(post).toMatchObject({ kind: 'status', embed: null })
    expect(post!.line).toContain('Coldeve does not answer')
  })
})

describe('messages', () => {
  it('join lines that follow each other, up to what a message holds', () => {
    const lines = Array.from({ length: 30 }, (_, n) => line(`line ${n}`, n))
    expect(joinable(lines)).toBe(20)
    expect(joinable([line('x'.repeat(1_500)), line('y'.repeat(600))])).toBe(1)
    expect(joinable([{ ...line('an embed'), embed: {} }, line('b')])).toBe(1)
    expect(joinable([line('a'), { ...line('an embed'), embed: {} }])).toBe(1)
    expect(messageOf([line('a'), line('b')])).toEqual({ content: 'a\nb' })
    expect(messageOf([line('x'.repeat(3_000))]).content).toHaveLength(2_000)
  })
  it('count in a digest what they leave out', () => {
    const posts = Array.from(
      { length: 40 },
      (_, n) => ({ ...line(`event ${n}`, n), kind: n % 4 ? 'rare' : 'death' }) as Post,
    )
    const [embed] = digestOf(posts).embeds!
    expect(embed).toMatchObject({ title: '40 events', footer: { text: 'and 25 before these' } })
    expect(embed!.description).toMatch(/^30 × rare, 10 × death\n\n• event 25/)
    expect(embed!.description).toContain('event 39')
  })
  it('mention nobody, and are stored by Discord once', () => {
    expect(sentBody({ content: 'x' }, '12')).toEqual({
      content: 'x',
      allowed_mentions: { parse: [] },
      nonce: '12',
      enforce_nonce: true,
    })
  })
})

describe('the button to mute', () => {
  it('names kind and character, whatever the name has in it', () => {
    const post: Post = { ...line('x'), kind: 'idle', character: 'A/B c' }
    const { components } = withMuteButton(post, {})
    const { custom_id: id } = components![0]!.components[0] as { custom_id: string }
    expect(readMuteButton(id)).toEqual({ kind: 'idle', character: 'A/B c' })
  })
  it('is left out where there is nobody to mute, and for a name that is too long', () => {
    expect(withMuteButton(line('x'), {})).toEqual({})
    expect(withMuteButton({ ...line('x'), kind: 'idle', character: 'x'.repeat(100) }, {})).toEqual({})
  })
  it.each(['', 'mute', 'mute/idle', 'mute/nothing/A', 'unmute/idle/A'])('of somebody else is not ours: %j', (id) => {
    expect(readMuteButton(id)).toBeNull()
  })
})

describe('the budget of a channel', () => {
  it('is a burst of a minute’s worth, refilled evenly', () => {
    let now = 0
    const budget = new Budget(60, () => now)
    for (let n = 0; n < 60; n++) {
      expect(budget.waitMs()).toBe(0)
      budget.take()
    }
    expect(budget.waitMs()).toBe(1_000)
    now += 1_000
    expect(budget.waitMs()).toBe(0)
    now += 3_600_000
    for (let n = 0; n < 60; n++) budget.take()
    expect(budget.waitMs()).toBe(1_000)
  })
})
