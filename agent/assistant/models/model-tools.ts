// Tools as a language model gets them: those of its persona, a limited number of times.
import type { KnownTool, ToolResult } from '../../mcp/in-process.ts'
import type { Asked } from '../driver.ts'
import type { Persona } from '../personas/persona.ts'
import { MAX_CALLS } from './with-fallback.ts'

/** Characters of a tool result that a model reads; about a quarter as many tokens. */
const MAX_RESULT_LENGTH = 48_000

export interface ModelTools {
  /** The tools of the persona, and no others. */
  tools: readonly KnownTool[]
  /** Calls one of them. Never throws: a refusal is a result too. */
  call(name: string, input: Record<string, unknown>, signal: AbortSignal): Promise<ToolResult>
}

/** The tools that a model may call for one answer. */
export function modelTools(persona: Persona, { tools: known }: Pick<Asked, 'tools'>): ModelTools {
  const tools = known.tools.filter(({ name }) => persona.tools.includes(name))
  let calls = 0
  return {
    tools,
    async call(name, input, signal) {
      if (++calls > MAX_CALLS) return failed('Too many calls.')
      if (!tools.some((tool) => tool.name === name)) return failed('There is no such tool.')
      return known.call(name, input, signal)
    },
  }
}

/** A call without a result, and why. */
export const failed = (error: string): ToolResult => ({ ok: false, content: null, error })

/** A result as a model reads it. */
export function textOf({ ok, content, error }: ToolResult): string {
  const read = JSON.stringify(ok ? content : { error })
  return read.length > MAX_RESULT_LENGTH ? `${read.slice(0, MAX_RESULT_LENGTH)}… (cut off)` : read
}
