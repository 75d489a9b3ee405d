import type * as graph from '../generated/resolvers.ts'
import { familyNamed, list, maybe, refuse, setNamed, text, within, type Filled } from './input-fields.ts'
import { setPointsOf, weightsOf } from './presets.ts'
import type { SuitQuestion } from './progress.ts'
import { fixedPiecesOf, hypotheticalOf } from './hypothetical.ts'
import { type SetWish, type SpellWish, type Weights, type Wishes } from './wishes.ts'

type SuitInput = Filled<graph.SuitInput>
type SuitSetInput = Filled<graph.SuitSetInput>
type SuitSpellInput = Filled<graph.SuitSpellInput>
type SuitWeightsInput = Partial<Filled<graph.SuitWeightsInput>>

const MAX_CHARACTERS = 500
const MAX_SETS = 2
const MAX_SPELLS = 40
const MAX_LOCKS = 18
const MAX_EXCLUDED = 500

/** Checks what somebody wants, and makes a question of it. Throws BAD_USER_INPUT that names what does not fit. */
export function questionOf(given: graph.SuitInput): SuitQuestion {
  const input = given as SuitInput
  const { characters, excludedCharacters, hypothetical, swaps, wearer } = input
  if (swaps && wearer == null) throw refuse('`swaps` needs a `wearer`.')
  if (hypothetical.length && wearer == null) throw refuse('`hypothetical` needs a `wearer`.')
  const wishes = wishesOf(input)
  const fixed = fixedPiecesOf(input.fixedPieces, wishes.wearer)
  const names = (name: string, values: readonly string[]) =>
    list(name, values, MAX_CHARACTERS).map((one) => text(name, one))
  return {
    server: text('server', input.server),
    characters: characters ? names('characters', characters) : null,
    excludedCharacters: names('excludedCharacters', excludedCharacters),
    wishes: { ...wishes, locked: [...wishes.locked, ...fixed.locks] },
    fixedPieces: fixed.candidates,
    alternatives: within('alternatives', input.alternatives, 0, 9),
    swaps: within('swaps', swaps, 0, 50),
    hypothetical: hypotheticalOf(hypothetical),
    differBy: within('differBy', input.differBy, 1, 18),
    timeLimitMs: within('timeLimitSeconds', input.timeLimitSeconds, 1, 60) * 1_000,
  }
}

function wishesOf(input: SuitInput): Wishes {
  const { preset, locked, excluded, floors, critDamage } = input
  const sets = list('sets', input.sets, MAX_SETS).map((set) => setOf(set, preset))
  const spells = list('spells', input.spells, MAX_SPELLS).map(spellOf)
  return {
    wearer: input.wearer == null ? null : text('wearer', input.wearer),
    sets: [...list('sets', sets, MAX_SETS, ({ id }) => id)],
    spells: [...list('spells', spells, MAX_SPELLS, ({ family }) => family)],
    weights: weighed(weightsOf(preset), input.weights ?? {}),
    locked: list('locked', locked, MAX_LOCKS, ({ item }) => item).map(({ item, places }) => ({
      item: text('locked', item),
      places: places?.length ? [...list('places', places, 9)] : null,
    })),
    excluded: list('excluded', excluded, MAX_EXCLUDED).map((id) => text('excluded', id)),
    level: maybe('level', input.level, 1, 999),
    onlyUnequipped: input.onlyUnequipped,
    maxOwners: maybe('maxOwners', input.maxOwners, 1, 98),
    maxTailored: maybe('maxTailored', input.maxTailored, 0, 18),
    floors: Object.fromEntries(
      list('floors', floors, 16, ({ place }) => place).map(({ place, armor }) => [
        place,
        within('armor', armor, 0, 5_000),
      ]),
    ),
    critDamage: critDamage ? list('critDamage', critDamage, 20).map((one) => within('critDamage', one, 0, 100)) : null,
  }
}

function setOf({ setId, setName, pieces, points }: SuitSetInput, preset: SuitInput['preset']): SetWish {
  const id = setNamed({ setId, setName })
  within('pieces', pieces, 0, 9)
  if (points && (points.length < 1 || points.length > 10)) throw refuse('`points` of a set has 1 to 10 entries.')
  points?.forEach((value) => within('points', value, -10_000, 10_000))
  return { id, pieces, points: points ? [...points] : setPointsOf(preset, pieces) }
}

function spellOf({ family, name, atLeast, weight, required }: SuitSpellInput): SpellWish {
  return { family: familyNamed({ family, name }), atLeast, weight: within('weight', weight, 0, 10), required }
}

function weighed(preset: Weights, given: SuitWeightsInput): Weights {
  const { ratings } = given
  const of = (name: keyof SuitWeightsInput & string, before: number, most = 10_000) =>
    maybe(name, given[name] as number | null | undefined, 0, most) ?? before
  return {
    armor: of('armor', preset.armor, 100),
    tiers: {
      MINOR: of('minor', preset.tiers.MINOR),
      MAJOR: of('major', preset.tiers.MAJOR),
      EPIC: of('epic', preset.tiers.EPIC),
      LEGENDARY: of('legendary', preset.tiers.LEGENDARY),
    },
    piece: of('piece', preset.piece),
    move: of('move', preset.move),
    tailoring: of('tailoring', preset.tailoring),
    ratings: ratings
      ? list('ratings', ratings, 16, (one) => one).map(({ rating, points, beyond, onClothes }) => {
          if (points.length < 1 || points.length > 20) throw refuse('`points` of a rating has 1 to 20 entries.')
          points.forEach((value) => within('points', value, 0, 1_000))
          return { rating, points: [...points], beyond: within('beyond', beyond, 0, 1_000), onClothes }
        })
      : preset.ratings,
  }
}
