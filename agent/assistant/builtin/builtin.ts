// Answers without a language model: a small grammar over the tools. What it does not understand it does not answer.
import { callTool, type Asked, type Driver, type DriverEvent } from '../driver.ts'
import type { ToolResult } from '../../mcp/in-process.ts'
import { itemLines, onlineLines, raresLines, serverLines, statsLines, whereLines, type Content } from './answers.ts'
import { EXAMPLES, nearestExamples, parseQuestion, type Command } from './grammar.ts'
import { itemWish, wishInWords } from './item-words.ts'
import { findName } from './names.ts'
import { plain } from './say.ts'

/** Said of every answer. */
export const NOTE = 'answered by built-in look-up, no language model'
const LINES_AT_ONCE = 12

type Events = AsyncGenerator<DriverEvent, void>

export const builtinDriver = (clock: () => Date = () => new Date()): Driver => ({
  kind: 'BUILTIN',
  model: null,
  async *answer(asked) {
    const question = asked.messages.at(-1)?.text ?? ''
    const command = parseQuestion(question)
    if (!command) return yield* notUnderstood(question)
    if (command.kind === 'help') return yield* help()
    yield* look(command, asked, clock)
  },
})

const text = (said: string): DriverEvent => ({ kind: 'TEXT', payload: { text: said } })
const status = (said: string): DriverEvent => ({ kind: 'STATUS', payload: { text: said } })
const done = (reason: string, suggestions: string[] = []): DriverEvent => ({
  kind: 'DONE',
  payload: { reason, note: NOTE, ...(suggestions.length && { suggestions }) },
})

function* lines(said: readonly string[]): Generator<DriverEvent, void> {
  for (let from = 0; from < said.length; from += LINES_AT_ONCE)
    yield text(`${said.slice(from, from + LINES_AT_ONCE).join('\n')}\n`)
}

async function* look(command: Command, asked: Asked, clock: () => Date): Events {
  switch (command.kind) {
    case 'online':
      return yield* answerFrom(yield* callTool(asked, 'get_live_players', {}), onlineLines)
    case 'where':
    case 'stats': {
      const name = yield* nameOf(command.name, asked, EXAMPLES[command.kind])
      if (name === null) return
      const say = command.kind === 'where' ? whereLines : statsLines
      return yield* answerFrom(yield* callTool(asked, 'get_player_state', { name }), (content) => say(content, clock()))
    }
    case 'rares': {
      const { hours } = command
      const name = command.name === null ? null : yield* nameOf(command.name, asked, 'rares of NAME')
      if (name === null && command.name !== null) return
      const input = { hours, ...(name !== null && { character: name }) }
      return yield* answerFrom(yield* callTool(asked, 'get_recent_rares', input), (content) =>
        raresLines(content, hours, clock()),
      )
    }
    case 'items':
      return yield* lookForItems(command, asked)
    case 'server':
      return yield* answerFrom(yield* callTool(asked, 'get_server_health', {}), (content) =>
        serverLines(content, clock()),
      )
    case 'help':
      return yield* help()
  }
}

async function* lookForItems({ wanted, holder }: Command & { kind: 'items' }, asked: Asked): Events {
  const wish = itemWish(wanted)
  const name = holder === undefined ? null : yield* nameOf(holder, asked, `find ${wanted} on NAME`)
  if (holder !== undefined && name === null) return
  const input = { ...wish, ...(name !== null && { character: name }) }
  const words = name === null ? wishInWords(wish) : `${wishInWords(wish)}, held by ${plain(name)}`
  yield* answerFrom(yield* callTool(asked, 'search_items', input), (content) => itemLines(content, words))
}

/** The text of a result; of a failure, what the tool says. */
function* answerFrom(result: ToolResult, say: (content: Content) => string[]): Generator<DriverEvent, void> {
  if (!result.ok) {
    yield text(`The look-up failed: ${plain(result.error ?? 'no reason is known')}`)
    yield done('TOOL_FAILED')
    return
  }
  yield* lines(say(result.content as unknown as Content))
  yield done('COMPLETE')
}

/** The character that is meant; says which ones could be when it is not clear, and gives null then. */
async function* nameOf(
  typed: string,
  { characterNames }: Asked,
  example: string,
): AsyncGenerator<DriverEvent, string | null> {
  yield status(`Looking for ${typed}`)
  const found = findName(typed, await characterNames())
  if (found.kind === 'one') return found.name
  const said =
    found.kind === 'several'
      ? `Several characters could be “${plain(typed)}”.`
      : `No character is called “${plain(typed)}”.`
  yield text(said)
  yield done(
    'NAME_UNCLEAR',
    found.names.map((name) => example.replace('NAME', name)),
  )
  return null
}

function* help(): Generator<DriverEvent, void> {
  yield* lines(['You can ask:', '', ...Object.values(EXAMPLES).map((example) => `- ${example}`)])
  yield done('HELP', [EXAMPLES.online, EXAMPLES.rares, EXAMPLES.server])
}

function* notUnderstood(question: string): Generator<DriverEvent, void> {
  yield text('This is no question that the built-in look-up understands. The nearest ones:')
  yield done('NOT_UNDERSTOOD', nearestExamples(question))
}
