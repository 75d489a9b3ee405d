import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { verifyRoll } from '../rules/verify-roll.ts'
import type { Roll } from '../rules/roll.ts'
import type { Sheet } from '../rules/sheet.ts'
import type { CharacterState } from '../rules/state.ts'
import { aTable } from '../testing/table.ts'

interface Character {
  id: string
  name: string
  player: string | null
  sheet: Sheet
  state: CharacterState
}
interface Saved {
  character: Character | null
  problems: { field: string; message: string }[]
}

const FIELDS = 'id name player sheet state'
const SAVE = `mutation ($input: SaveGmSheetInput!) { saveGmSheet(input: $input) {
  character { ${FIELDS} } problems { field message } } }`
const CHANGE = `mutation ($input: ChangeGmStateInput!) { changeGmState(input: $input) { character { ${FIELDS} } } }`
const HEAL = `mutation ($input: HealGmCharacterInput!) { healGmCharacter(input: $input) {
  summary character { ${FIELDS} } } }`
const TABLE = `query ($id: ID!) { gmSession(id: $id) { characters { ${FIELDS} }
  initiative { acting combatants { name injury } } } }`

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

/** A session in which the player plays Tobias Renn. */
const aSession = () => table.game(leader, player, 'Tobias')
const save = async (viewer: Viewer, input: object) => {
  const { data, code } = await table.ask<{ saveGmSheet: Saved | null } | null>(viewer, SAVE, { input })
  return { code, saved: data?.saveGmSheet as Saved }
}
const change = (viewer: Viewer, input: object) =>
  table.ask<{ changeGmState: { character: Character } }>(viewer, CHANGE, { input })
const charactersOf = async (id: string) =>
  (
    await table.ask<{
      gmSession: { characters: Character[]; initiative: { combatants: { name: string; injury: number }[] } }
    }>(leader, TABLE, { id })
  ).data.gmSession

describe('a sheet', () => {
  it('[TAB52] is exported as it can be imported, and becomes a character of who imports it', async () => {
    const { id } = await aSession()
    const [mara] = (await charactersOf(id)).characters
    const { saved } = await save(player, { sessionId: id, sheet: { ...mara!.sheet, name: 'Ann', streetName: null } })
    expect(saved.problems).toEqual([])
    expect(saved.character).toMatchObject({ name: 'Ann', player: player.name.length ? expect.anything() : null })
    expect(saved.character!.sheet).toEqual({ ...mara!.sheet, name: 'Ann', streetName: null })
    const twice = await save(leader, { sessionId: id, sheet: { ...mara!.sheet, name: 'ANN' } })
    expect(twice.saved).toEqual({
      character: null,
      problems: [{ field: 'name', message: 'Ann is in this session already' }],
    })
    expect((await save(player, { sessionId: id, sheet: { ...mara!.sheet, name: 'Bo' }, isOpponent: true })).code).toBe(
      'FORBIDDEN',
    )
  })

  it('[TAB52] with problems is refused with all of them, and changes nothing', async () => {
    const { id, idOf } = await aSession()
    const before = await charactersOf(id)
    const sheet = { name: '', attributes: { body: 0 }, skills: [{ name: 'Firearms', rating: 'six' }] }
    const { saved } = await save(leader, { sessionId: id, characterId: idOf('Mara'), sheet })
    expect(saved.problems.map(({ field }) => field)).toEqual([
      'name',
      ...['body', 'quickness', 'strength', 'charisma', 'intelligence', 'willpower'].map((one) => `attributes.${one}`),
      'skills[0].rating',
    ])
    expect(await charactersOf(id)).toEqual(before)
    const long = await save(leader, { sessionId: id, sheet: { name: 'x'.repeat(70_000) } })
    expect(long.code).toBe('BAD_USER_INPUT')
  })

  it('[TAB52] is changed by its player and the game master; its name changes in the turn order too', async () => {
    const { id, idOf } = await aSession()
    const [mara, tobias] = (await charactersOf(id)).characters
    await table.ask(
      leader,
      `mutation ($input: ChangeGmInitiativeInput!) { changeGmInitiative(input: $input) { initiative { turn } } }`,
      { input: { sessionId: id, change: 'BEGIN' } },
    )
    const renamed = { ...tobias!.sheet, name: 'Tobias R.', weapons: [] }
    expect((await save(player, { sessionId: id, characterId: idOf('Mara'), sheet: mara!.sheet })).code).toBe(
      'FORBIDDEN',
    )
    expect((await save(player, { sessionId: id, characterId: tobias!.id, sheet: renamed })).saved.problems).toEqual([])
    const after = await charactersOf(id)
    expect(after.characters[1]).toMatchObject({ name: 'Tobias R.', state: { ammo: {} } })
    expect(after.initiative.combatants.map(({ name }) => name)).toContain('Tobias R.')
    const said = (await table.events(player, id)).find(({ kind }) => kind === 'CHARACTER')
    expect(said!.payload['content']).toContain('changed the sheet of Tobias R.')
  })
})

describe('the state of a character', () => {
  it('[TAB53] is set within limits by who may act for it, and wounds change the turn order', async () => {
    const { id, idOf } = await aSession()
    await table.ask(
      leader,
      `mutation ($input: ChangeGmInitiativeInput!) { changeGmInitiative(input: $input) { initiative { turn } } }`,
      { input: { sessionId: id, change: 'BEGIN' } },
    )
    const own = { sessionId: id, characterId: idOf('Tobias') }
    const given = { physical: 3, nuyen: 500, karma: 4, gear: ['Rope', 'Torch'], ammo: { 'Ares Light Fire 70': 2 } }
    const { data } = await change(player, { ...own, ...given })
    expect(data.changeGmState.character.state).toMatchObject(given)
    const { initiative } = await charactersOf(id)
    expect(initiative.combatants.find(({ name }) => name === 'Tobias Renn')!.injury).toBe(2)
    expect((await table.events(leader, id)).at(-1)!.payload['content']).toContain(
      'Tobias Renn: physical 0 to 3, nuyen 0 to 500, karma 0 to 4, ammo, gear.',
    )
    expect((await change(player, { ...own, characterId: idOf('Mara'), stun: 1 })).code).toBe('FORBIDDEN')
  })

  it.each([
    [{ physical: -1 }, 'physical: must be a whole number from 0 to 99'],
    [{ stun: 11 }, 'stun: must be a whole number from 0 to 10'],
    [{ ammo: { Bazooka: 1 } }, 'ammo.Bazooka: is no such weapon'],
    [{ ammo: 3 }, 'ammo: must be an object'],
    [{ gear: [''] }, 'gear[0]: must be a text'],
    [{ nuyen: -5 }, 'nuyen: must be a whole number'],
  ])('[TAB53] is refused with what is allowed: %j', async (given, message) => {
    const { id, idOf } = await aSession()
    const answer = await change(leader, { sessionId: id, characterId: idOf('Mara'), ...given })
    expect(answer.code).toBe('BAD_USER_INPUT')
    expect(answer.message).toContain(message)
  })

  it('[TAB54] heals by the rules, with dice that follow from the commitment published before', async () => {
    const { id, idOf } = await aSession()
    const of = { sessionId: id, characterId: idOf('Mara') }
    const heal = (how: string, viewer = leader, more = {}) =>
      table.ask<{ healGmCharacter: { summary: string; character: Character } }>(viewer, HEAL, {
        input: { ...of, how, ...more },
      })
    expect((await heal('HEAL')).message).toContain('there is nothing to heal')
    await change(leader, { ...of, physical: 3, stun: 2 })
    const healed = await heal('HEAL')
    const rolled = (await table.events(leader, id)).findLast(({ kind }) => kind === 'ROLL')!.payload['roll'] as Roll
    expect(healed.data.healGmCharacter.character.state.physical).toBe(rolled.successes > 0 ? 2 : 3)
    const { secret, commitment } = (await table.events(leader, id)).at(-1)!.payload as Record<string, string>
    expect(verifyRoll(rolled, secret!, commitment!).isValid).toBe(true)
    await heal('REST')
    expect((await heal('BLEED', player)).code).toBe('FORBIDDEN')
    await change(leader, { ...of, physical: 11 })
    const bled = await heal('BLEED', leader, { minutes: 25 })
    expect(bled.data.healGmCharacter.character.state.physical).toBe(13)
  })

  it('[TAB72] shows everybody what each character can do, of opponents too', async () => {
    const { id, idOf } = await aSession()
    const asked = 'query ($id: ID!) { gmSession(id: $id) { characters { name condition sheet } } }'
    const razor = async () => {
      const { data } = await table.ask<{ gmSession: { characters: { name: string; condition: string }[] } }>(
        player,
        asked,
        { id },
      )
      return data.gmSession.characters.find(({ name }) => name === 'Ganger')
    }
    expect(await razor()).toMatchObject({ condition: 'ABLE', sheet: null })
    // Body 5: dead above 15.
    const steps = [
      [{ physical: 10 }, 'UNCONSCIOUS'],
      [{ physical: 0, stun: 10 }, 'UNCONSCIOUS'],
      [{ physical: 15, stun: 0 }, 'DYING'],
      [{ physical: 16 }, 'DEAD'],
    ] as const
    for (const [given, condition] of steps) {
      await change(leader, { sessionId: id, characterId: idOf('Ganger'), ...given })
      expect(await razor()).toMatchObject({ condition })
    }
  })
})
