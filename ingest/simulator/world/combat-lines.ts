// The game's own words for blows, kills and surges, with their colours.
import { pick, type Rng } from './chance.ts'
import type { Blow } from './fight.ts'

/** A line as the game prints it. */
export interface Line {
  text: string
  color: number
}

const GIVEN = 22
const RECEIVED = 21
const MAGIC = 7

const verbs: Record<string, [verb: string, word: string][]> = {
  Slash: [
    ['scratch', 'slashing'],
    ['cut', 'slashing'],
    ['slash', 'slashing'],
    ['mangle', 'slashing'],
  ],
  Pierce: [
    ['nick', 'piercing'],
    ['stab', 'piercing'],
    ['impale', 'piercing'],
    ['gore', 'piercing'],
  ],
  Bludge: [
    ['graze', 'bludgeoning'],
    ['bash', 'bludgeoning'],
    ['smash', 'bludgeoning'],
    ['crush', 'bludgeoning'],
  ],
  Fire: [
    ['singe', 'fire'],
    ['burn', 'fire'],
    ['scorch', 'fire'],
    ['incinerate', 'fire'],
  ],
  Cold: [
    ['numb', 'cold'],
    ['chill', 'cold'],
    ['frost', 'cold'],
    ['freeze', 'cold'],
  ],
  Acid: [
    ['blister', 'acid'],
    ['sear', 'acid'],
    ['corrode', 'acid'],
    ['dissolve', 'acid'],
  ],
  Electric: [
    ['spark', 'electrical'],
    ['jolt', 'electrical'],
    ['shock', 'electrical'],
    ['blast', 'electrical'],
  ],
}

const spells: Record<string, string> = {
  Fire: 'Flame Bolt VII',
  Cold: 'Frost Bolt VII',
  Acid: 'Acid Stream VII',
  Electric: 'Lightning Bolt VII',
  Typeless: 'Drain Health Other VI',
  Slash: 'Whirling Blade VII',
  Pierce: 'Force Bolt VII',
  Bludge: 'Shock Wave VII',
}

const kills: Record<string, string[]> = {
  Bludge: [
    "You flatten {t}'s body with the force of your assault!",
    'You beat {t} to a lifeless pulp!',
    '{t} is shattered by your assault!',
  ],
  Fire: ['You bring {t} to a fiery end!', "{t}'s seared corpse smolders before you!", '{t} is reduced to cinders!'],
  Slash: ['You split {t} apart!', 'You cleave {t} in twain!', '{t} is torn to ribbons by your assault!'],
  Pierce: ['You run {t} through!', "{t}'s perforated corpse falls before you!", '{t} is fatally punctured!'],
  Acid: ['You reduce {t} to a sizzling, oozing mass!', '{t} is liquified by your attack!'],
  Cold: ['Your attack stops {t} cold!', '{t} suffers a frozen fate!'],
  Electric: ["Your lightning coruscates over {t}'s mortal remains!", 'Electricity tears {t} apart!'],
}
const anyKill = ['You smite {t} mightily!', 'You obliterate {t}!', 'You knock {t} into next Morningthaw!']

const points = (damage: number) => `${damage} ${damage === 1 ? 'point' : 'points'}`
// Only what a weapon deals has two blanks after the exclamation mark.
const critical = (blow: Blow) =>
  blow.critical ? `Critical hit!${blow.given && blow.kind === 'MeleeMissile' ? '  ' : ' '}` : ''

/** The line of one blow. */
export function blowLine(rng: Rng, monster: string, blow: Blow): Line {
  const color = blow.given ? GIVEN : RECEIVED
  if (blow.failed) {
    const [resisted, evaded] = blow.given
      ? [`${monster} resists your spell`, `${monster} evaded your attack.`]
      : [`You resist the spell cast by ${monster}`, `You evaded ${monster}!`]
    return { text: blow.kind === 'Magic' ? resisted : evaded, color }
  }
  const [verb, word] = pick(rng, verbs[blow.element] ?? verbs['Slash']!)
  if (blow.kind === 'Magic') {
    const spell = spells[blow.element] ?? spells['Fire']!
    const text = blow.given
      ? `You ${verb} ${monster} for ${points(blow.damage)} with ${spell}.`
      : `${monster} ${verb}s you for ${points(blow.damage)} with ${spell}.`
    return { text: critical(blow) + text, color: MAGIC }
  }
  const where = pick(rng, [
    'head',
    'chest',
    'abdomen',
    'upper arm',
    'lower arm',
    'hand',
    'upper leg',
    'lower leg',
    'foot',
  ])
  const text = blow.given
    ? `You ${verb} ${monster} for ${points(blow.damage)} of ${word} damage!`
    : `${monster} ${verb}s your ${where} for ${points(blow.damage)} of ${word} damage!`
  return { text: critical(blow) + text, color }
}

/** The line of a kill. */
export function killLine(rng: Rng, monster: string, element: string): Line {
  return { text: pick(rng, rng() < 0.3 ? anyKill : (kills[element] ?? anyKill)).replace('{t}', monster), color: GIVEN }
}

/** The line of a surge. */
export function surgeLine(rng: Rng, name: string, monster: string, cloak: boolean): Line {
  const surge = pick(rng, ['Destruction', 'Protection', 'Regeneration', 'Affliction', 'Festering'])
  const shroud = pick(rng, ['Shroud of Darkness (Melee)', 'Shroud of Darkness (Magic)', 'Cloaked in Skill'])
  return cloak
    ? { text: `The cloak of ${name} weaves the magic of ${shroud}!`, color: MAGIC }
    : { text: `Aetheria surges on ${monster} with the power of Surge of ${surge}!`, color: MAGIC }
}
