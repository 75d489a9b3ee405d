// One line of narration for each result. Every figure in a line is one of the result.

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- results of tools are JSON, whose fields are known here
export type Content = Record<string, any>

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

/** `8 dice against 5: 3 successes.` */
export function rollLine({ dice, target_number: target, successes, best, disaster }: Content): string {
  const rolled = `${dice === 1 ? '1 die' : `${dice} dice`}`
  if (disaster) return `${rolled}, and every one shows 1: a disaster.`
  return target === null
    ? `${rolled}, open: the best shows ${best}.`
    : `${rolled} against ${target}: ${count(successes as number, 'success', 'successes')}.`
}

/** `1 Karma: 5 dice again against 5: 2 successes, 4 in all.` */
export function rerollLine({ karma, dice, target_number: target, successes, again_successes: more }: Content): string {
  const rolled = `${dice === 1 ? '1 die' : `${dice} dice`} again against ${target}`
  return `For ${karma} Karma ${rolled}: ${count(more as number, 'success', 'successes')}, ${successes} in all.`
}

const LEVELS: Record<string, string> = { none: 'no', L: 'Light', M: 'Moderate', S: 'Serious', D: 'Deadly' }

/** What became of a shot. */
export function shotLine(content: Content): string {
  const { attacker, target, weapon, outcome, final_tn: number, successes, boxes, resistance, metres } = content
  const shot = `${attacker} fires the ${weapon} at ${target}`
  if (outcome === 'out of range') return `${target} is out of range at ${metres} metres; ${attacker} does not fire.`
  if (outcome === 'too near') return `${target} is too near at ${metres} metres; ${attacker} does not fire.`
  const against = `against ${number}`
  if (outcome === 'disaster') return `${shot}, and every die shows 1: a disaster.`
  if (outcome === 'miss') return `${shot} ${against} and misses.`
  const hits = `${shot} ${against} with ${count(successes as number, 'success', 'successes')}`
  if (outcome === 'clean miss') return `${hits}, but ${target} dodges it cleanly.`
  if (outcome === 'no damage') return `${hits}, but ${target} takes no damage.`
  const level = LEVELS[String(resistance?.level)] ?? String(resistance?.level)
  return `${hits}: ${target} takes a ${level} wound, ${count(boxes as number, 'box', 'boxes')}.`
}

/** What became of an exchange of blows. */
export function blowLine({ attacker, target, winner, loser, attack, defence, level, boxes }: Content): string {
  const blow = `${attacker} attacks ${target} with ${attack.weapon === 'unarmed' ? 'bare hands' : attack.weapon}`
  const net = `${count(attack.successes as number, 'success', 'successes')} to ${defence.successes}`
  if (winner === null) return `${blow}, and nobody hits.`
  if (boxes === 0) return `${blow}, ${net}: ${winner} hits, but ${loser} takes no damage.`
  return `${blow}, ${net}: ${loser} takes a ${LEVELS[String(level)]} wound, ${count(boxes as number, 'box', 'boxes')}.`
}

/** The end of a spell that was sustained. */
export const dropLine = ({ caster, spell }: Content): string => `${caster} no longer sustains ${spell}.`

/** What became of a spell. */
export function castLine({ caster, spell, target, outcome, successes, boxes, drain }: Content): string {
  const cast = `${caster} casts ${spell}${target ? ` at ${target}` : ''}`
  const drained = drain?.boxes > 0 ? ` The drain costs ${count(drain.boxes as number, 'box', 'boxes')}.` : ''
  const damage = boxes > 0 ? `, ${count(boxes as number, 'box', 'boxes')}` : ''
  return `${cast} with ${count(successes as number, 'success', 'successes')}: ${outcome}${damage}.${drained}`
}

/** The turn order of a fight. */
export function initiativeLine({ order }: Content): string {
  const entries = (order as { name: string; total: number }[]).map(({ name, total }) => `${name} ${total}`)
  return entries.length ? `Initiative: ${entries.join(', ')}.` : 'Nobody here can act.'
}

/** Who acts now. */
export function nextLine({ turn, new_turn: isNew, acting, phase }: Content): string {
  const names = acting as string[]
  const verb = names.length > 1 ? 'act' : 'acts'
  return `${isNew ? `Turn ${turn}. ` : ''}${names.join(' and ')} ${verb} in phase ${phase}.`
}
