// What makes answers. One port for all of them, with or without a language model.
import { randomUUID } from 'node:crypto'
import type { AssistantDriver } from '../graph/generated/types.ts'
import type { ToolCaller, ToolResult } from '../mcp/in-process.ts'
import { redacted } from '../../shared/redact.ts'

/** Something that was said in a session. */
export interface Message {
  role: 'user' | 'assistant'
  text: string
}

/** What a driver gives; the orchestrator counts the events and ends them. */
export type DriverEvent =
  | { kind: 'STATUS' | 'TEXT'; payload: { text: string } }
  | { kind: 'TOOL_CALL'; payload: { id: string; name: string; title: string; arguments: Record<string, unknown> } }
  | { kind: 'TOOL_RESULT'; payload: { id: string; name: string; ms: number } & ToolResult }
  | { kind: 'USAGE'; payload: Record<string, unknown> }
  | { kind: 'DONE'; payload: Ending }

/** How an answer ended. */
export interface Ending {
  reason: string
  driver?: string
  note?: string
  suggestions?: string[]
  /** The model failed, and the look-up answered. */
  isFallback?: boolean
}

/** What a driver has at hand for one question. */
export interface Asked {
  /** Oldest first; the last is the question. */
  messages: readonly Message[]
  tools: ToolCaller
  /**
   * A credential that reads as the person, until the answer ends: for a driver that calls tools in a process of its
   * own.
   */
  actAs: string
  /** What the answer is about, as it is now: a language model reads it after its instructions. */
  context?: string
  /** Names of the characters that the person may know of. */
  characterNames: () => Promise<readonly string[]>
  signal: AbortSignal
  /** The trace of the request behind it, which log lines name; left out: none is known. */
  trace?: string
}

export interface Driver {
  /** As the graph names it. */
  kind: AssistantDriver
  /** Name of the language model; null without one. */
  model: string | null
  answer(asked: Asked): AsyncGenerator<DriverEvent, void>
}

/** Calls a tool, and says so. Every call ends in a result, be it an error. */
export async function* callTool(
  { tools, signal }: Pick<Asked, 'tools' | 'signal'>,
  name: string,
  input: Record<string, unknown>,
): AsyncGenerator<DriverEvent, ToolResult> {
  const id = randomUUID()
  const title = tools.tools.find((tool) => tool.name === name)?.title ?? name
  yield { kind: 'TOOL_CALL', payload: { id, name, title, arguments: redacted(input) } }
  const begun = performance.now()
  const result = await tools.call(name, input, signal)
  yield { kind: 'TOOL_RESULT', payload: { id, name, ms: Math.round(performance.now() - begun), ...result } }
  return result
}
