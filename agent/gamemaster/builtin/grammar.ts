// What the built-in game master understands. Everything it cannot read is answered with what it can do.

interface Acting {
  /** The game master lets somebody act who does not act now. */
  outOfTurn?: true
}

interface Firing {
  mode?: 'BF' | 'FA'
  /** Only for full automatic fire. */
  rounds?: number
}

export type Command =
  | { kind: 'roll'; dice: number; targetNumber: number | null; purpose: string | null }
  | ({ kind: 'shoot'; target: string; weapon: string | null; metres: number | null; pool: number | null } & Firing &
      Acting)
  | ({ kind: 'strike'; target: string; weapon: string | null; pool: number | null } & Acting)
  | { kind: 'reroll' }
  | { kind: 'drop'; spell: string }
  | ({ kind: 'cast'; spell: string; target: string | null; force: number | null; pool: number | null } & Acting)
  | { kind: 'initiative' }
  | { kind: 'next' }
  | { kind: 'help' }

const LONGEST_NAME = 80

/** The form of each command. Without figures: those of a narration are compared with the dice. */
export const FORMS: Record<Command['kind'], string> = {
  roll: '/roll DICE tn NUMBER',
  reroll: '/reroll',
  shoot: '/shoot TARGET with WEAPON at METRES pool DICE',
  strike: '/strike TARGET with WEAPON pool DICE',
  cast: '/cast SPELL at TARGET force FORCE pool DICE',
  drop: '/drop SPELL',
  initiative: '/initiative',
  next: '/next',
  help: '/help',
}

/** Reads what was said; null for what is no command. */
export function parseCommand(said: string): Command | null {
  const [, word = '', given = ''] = /^\/([a-z]+)(?:\s+([\s\S]*))?$/i.exec(said.trim()) ?? []
  const rest = given.replace(/\s+/g, ' ').trim()
  switch (word.toLowerCase()) {
    case 'roll':
      return parseRoll(rest)
    case 'shoot':
      return acting(rest, parseShot)
    case 'cast':
      return acting(rest, parseSpell)
    case 'strike':
      return acting(rest, parseBlow)
    case 'drop':
      return rest && rest.length <= LONGEST_NAME ? { kind: 'drop', spell: rest } : null
    case 'reroll':
      return { kind: 'reroll' }
    case 'initiative':
      return { kind: 'initiative' }
    case 'next':
      return { kind: 'next' }
    case 'help':
      return { kind: 'help' }
    default:
      return null
  }
}

/** The form of the command that something begins with; null for no command. */
export function formOf(said: string): string | null {
  const word = /^\/([a-z]+)/i.exec(said.trim())?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(FORMS, word) ? FORMS[word as Command['kind']] : null
}

const whole = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits))

/** `8 tn5`, `8d6 tn 5 for the lock`, `6`. */
function parseRoll(text: string): Command | null {
  const found = /^(\d{1,4})(?: ?d6?)?(?: (?:tn|vs|against) ?(-?\d{1,3}))?(?: for (.{1,120}))?$/i.exec(text)
  if (!found) return null
  return { kind: 'roll', dice: Number(found[1]), targetNumber: whole(found[2]), purpose: found[3] ?? null }
}

/** Takes a clause from the end of a text: `pool 3`. */
function takeClause(text: string, clause: RegExp): [rest: string, value: string | undefined] {
  const found = clause.exec(text)
  return found ? [text.slice(0, found.index).trim(), found[1]] : [text, undefined]
}

/** An action, which may end with `out of turn`. */
function acting(text: string, parse: (text: string) => Command | null): Command | null {
  const rest = text.replace(/(?:^| )out of turn$/i, '')
  const command = parse(rest)
  return command && rest !== text ? ({ ...command, outOfTurn: true } as Command) : command
}

/** `TARGET [with WEAPON] [at 20 m] [burst | auto 6] [pool 3]`, the clauses in this order. */
function parseShot(text: string): Command | null {
  const [withoutPool, pool] = takeClause(text, / pool (\d{1,3})$/i)
  const [withoutFire, fire] = takeClause(withoutPool, / (burst|auto \d{1,2})$/i)
  const [withoutRange, metres] = takeClause(withoutFire, / at (\d{1,6}) ?(?:m|metres?|meters?)?$/i)
  const [target, weapon] = takeClause(withoutRange, / with (.{1,80})$/i)
  if (!target) return null
  const shot = { target, weapon: weapon ?? null, metres: whole(metres), pool: whole(pool) }
  return { kind: 'shoot', ...shot, ...firing(fire) }
}

/** How `burst` and `auto 6` are fired; nothing for the first mode of the weapon. */
function firing(fire: string | undefined): Firing {
  if (fire === undefined) return {}
  const rounds = /\d+/.exec(fire)?.[0]
  return rounds === undefined ? { mode: 'BF' } : { mode: 'FA', rounds: Number(rounds) }
}

/** `TARGET [with WEAPON] [pool 3]`, the clauses in this order. */
function parseBlow(text: string): Command | null {
  const [withoutPool, pool] = takeClause(text, / pool (\d{1,3})$/i)
  const [target, weapon] = takeClause(withoutPool, / with (.{1,80})$/i)
  return target ? { kind: 'strike', target, weapon: weapon ?? null, pool: whole(pool) } : null
}

/** `SPELL [at TARGET] [force 4] [pool 3]`, the clauses in this order. */
function parseSpell(text: string): Command | null {
  const [withoutPool, pool] = takeClause(text, / pool (\d{1,3})$/i)
  const [withoutForce, force] = takeClause(withoutPool, / force (\d{1,3})$/i)
  const [spell, target] = takeClause(withoutForce, / at (.{1,80})$/i)
  if (!spell) return null
  return { kind: 'cast', spell, target: target ?? null, force: whole(force), pool: whole(pool) }
}
