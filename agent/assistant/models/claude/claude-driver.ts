import type { Asked, Driver, DriverEvent, Message } from '../../driver.ts'
import type { Persona } from '../../personas/persona.ts'
import { modelTools } from '../model-tools.ts'
import { withFallback, type FallbackOptions } from '../with-fallback.ts'
import { serveAnswer } from './answer-server.ts'
import { eventsOfLines } from './claude-events.ts'
import { linesOfClaude, type ClaudeSettings, type ServedTools } from './claude-process.ts'

/** Tools of one answer over MCP, until it is over. */
interface ServedAnswer extends ServedTools, AsyncDisposable {
  /** Called once what the program printed before a call, and its announcement, are passed on. */
  onAnnounced?: (name: string) => void
}

/** Serves the tools of an answer to the program. */
type ServeTools = (asked: Asked) => Promise<ServedAnswer>

export interface ClaudeDriverOptions extends Omit<FallbackOptions, 'kind' | 'label'> {
  settings: ClaudeSettings
  persona: Persona
  serve: ServeTools
}

/**
 * The gateway's MCP server, as the person who asks.
 * @param names of its tools that the persona has
 */
export const gatewayTools =
  (url: string, names: readonly string[]): ServeTools =>
  ({ actAs }) =>
    Promise.resolve({ url, credential: actAs, names, [Symbol.asyncDispose]: () => Promise.resolve() })

/** An MCP server of the answer's own, with the tools that the answer has and nothing else. */
export const ownTools =
  (persona: Persona): ServeTools =>
  (asked) =>
    serveAnswer(modelTools(persona, asked), asked.signal)

/** A driver that answers by the program `claude`, which calls our tools over MCP. */
export const claudeDriver = ({ settings, persona, serve, ...options }: ClaudeDriverOptions): Driver =>
  withFallback(
    { ...options, kind: 'CLAUDE', label: settings.model ?? 'claude' },
    async function* (asked): AsyncGenerator<DriverEvent, void> {
      const { messages, tools, context, signal } = asked
      const titles = new Map(tools.tools.map(({ name, title }) => [name, title]))
      await using mcp = await serve(asked)
      const question = { prompt: promptOf(messages, context), system: persona.prompt, mcp, signal }
      for await (const event of eventsOfLines(linesOfClaude(settings, question), titles)) {
        yield event
        if (event.kind === 'TOOL_CALL') mcp.onAnnounced?.(event.payload.name)
      }
    },
  )

/**
 * The question, after what it is about and the exchanges before it. The program reads `/name` at the beginning as a
 * command and `@path` as a file to attach: neither can stand there. What it is about is not among the arguments: every
 * user of the machine reads those.
 */
function promptOf(messages: readonly Message[], context = ''): string {
  const about = context && `${context}\n\n`
  const earlier = messages.slice(0, -1).map(({ role, text }) => `<${role}>\n${text}\n</${role}>`)
  const before = earlier.length ? `Earlier in this conversation:\n${earlier.join('\n')}\n\n` : ''
  return `${about}${before}The question to answer:\n${messages.at(-1)!.text}`.replace(/@(?=\S)/g, '@ ')
}
