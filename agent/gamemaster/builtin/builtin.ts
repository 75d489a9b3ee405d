// A game master without a language model: commands, the rules of the graph, and one line of narration each.
import { callTool, type Asked, type Driver, type DriverEvent } from '../../assistant/driver.ts'
import { formOf, FORMS, parseCommand, type Command } from './grammar.ts'
import {
  blowLine,
  castLine,
  dropLine,
  initiativeLine,
  nextLine,
  rerollLine,
  rollLine,
  shotLine,
  type Content,
} from './lines.ts'

type Events = AsyncGenerator<DriverEvent, void>

/** Answers commands; anything else is answered with what it can do. */
export const builtinGameMaster = (): Driver => ({
  kind: 'BUILTIN',
  model: null,
  async *answer(asked) {
    const said = asked.messages.at(-1)?.text ?? ''
    const command = parseCommand(said)
    if (!command) {
      const form = formOf(said)
      const all = Object.values(FORMS).join(', ')
      yield text(form ? `Write it as: ${form}` : `No language model narrates here. I understand: ${all}`)
      return yield done('NOT_UNDERSTOOD')
    }
    yield* play(command, asked)
  },
})

const text = (line: string): DriverEvent => ({ kind: 'TEXT', payload: { text: `${line}\n` } })
const done = (reason: string): DriverEvent => ({ kind: 'DONE', payload: { reason } })

/** Arguments without those that were not given. */
const given = (all: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))

async function* play(command: Command, asked: Asked): Events {
  switch (command.kind) {
    case 'roll': {
      const { dice, targetNumber, purpose } = command
      return yield* useTool(asked, 'roll_dice', given({ dice, target_number: targetNumber, purpose }), rollLine)
    }
    case 'shoot': {
      const { target, weapon, metres, pool, mode = null, rounds = null, outOfTurn = null } = command
      const input = given({ target, weapon, metres, mode, rounds, combat_pool: pool, out_of_turn: outOfTurn })
      return yield* useTool(asked, 'calculate_ranged_attack', input, shotLine)
    }
    case 'cast': {
      const { spell, target, force, pool, outOfTurn = null } = command
      const input = given({ spell, target, force, magic_pool: pool, out_of_turn: outOfTurn })
      return yield* useTool(asked, 'cast_spell', input, castLine)
    }
    case 'strike': {
      const { target, weapon, pool, outOfTurn = null } = command
      const input = given({ target, weapon, combat_pool: pool, out_of_turn: outOfTurn })
      return yield* useTool(asked, 'melee_attack', input, blowLine)
    }
    case 'reroll':
      return yield* useTool(asked, 'reroll_failures', {}, rerollLine)
    case 'drop':
      return yield* useTool(asked, 'drop_spell', { spell: command.spell }, dropLine)
    case 'initiative':
      return yield* useTool(asked, 'roll_initiative', {}, initiativeLine)
    case 'next':
      return yield* useTool(asked, 'advance_initiative', {}, nextLine)
    case 'help':
      yield text(`I understand: ${Object.values(FORMS).join(', ')}`)
      return yield done('HELP')
  }
}

/** Calls a tool and says its result in one line; of a refusal, why. */
async function* useTool(
  asked: Asked,
  name: string,
  input: Record<string, unknown>,
  line: (content: Content) => string,
): Events {
  const { ok, content, error } = yield* callTool(asked, name, input)
  yield text(ok && content ? line(content) : `That does not work: ${error ?? 'no reason is known'}.`)
  yield done(ok ? 'COMPLETE' : 'TOOL_FAILED')
}
