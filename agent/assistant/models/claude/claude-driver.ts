import type { Driver, DriverEvent, Message } from '../../driver.ts'
import type { Persona } from '../../personas/persona.ts'
import { withFallback, type FallbackOptions } from '../with-fallback.ts'
import { eventsOfLines } from './claude-events.ts'
import { linesOfClaude, type ClaudeSettings } from './claude-process.ts'

export interface ClaudeDriverOptions extends Omit<FallbackOptions, 'kind' | 'label'> {
  settings: ClaudeSettings
  persona: Persona
  /** Names of the tools that our MCP server has for a caller who follows no streams. */
  served: readonly string[]
}

/** A driver that answers by the program `claude`, which calls our tools over MCP as the person who asks. */
export const claudeDriver = ({ settings, persona, served, ...options }: ClaudeDriverOptions): Driver =>
  withFallback(
    { ...options, kind: 'CLAUDE', label: settings.model ?? 'claude' },
    (asked): AsyncIterable<DriverEvent> => {
      const { messages, tools, actAs, signal } = asked
      const titles = new Map(tools.tools.map(({ name, title }) => [name, title]))
      const allowed = persona.tools.filter((name) => served.includes(name))
      const question = { prompt: promptOf(messages), system: persona.prompt, tools: allowed, actAs, signal }
      return eventsOfLines(linesOfClaude(settings, question), titles)
    },
  )

/**
 * The question, after the exchanges before it. The program reads `/name` at the beginning as a command and `@path` as a
 * file to attach: neither can stand there.
 */
function promptOf(messages: readonly Message[]): string {
  const earlier = messages.slice(0, -1).map(({ role, text }) => `<${role}>\n${text}\n</${role}>`)
  const before = earlier.length ? `Earlier in this conversation:\n${earlier.join('\n')}\n\n` : ''
  return `${before}The question to answer:\n${messages.at(-1)!.text}`.replace(/@(?=\S)/g, '@ ')
}
