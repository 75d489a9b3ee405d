// What the program `claude` prints with `--output-format stream-json`, as events of an answer.
import { z } from 'zod'
import type { DriverEvent } from '../../driver.ts'
import { redacted } from '../../../../shared/redact.ts'
import type { ToolResult } from '../../../mcp/in-process.ts'
import { BROKEN, CALLED_ON, ModelFault } from '../failure.ts'
import { SERVER } from './claude-process.ts'

const block = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  tool_use_id: z.string().optional(),
  is_error: z.boolean().nullish(),
  content: z.unknown().optional(),
})
const message = z.looseObject({ content: z.union([z.string(), z.array(block)]).optional() })
const line = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('system'),
    subtype: z.string(),
    mcp_servers: z.array(z.looseObject({ name: z.string(), status: z.string() })).optional(),
  }),
  z.looseObject({
    type: z.literal('stream_event'),
    event: z.looseObject({
      type: z.string(),
      delta: z.looseObject({ type: z.string().optional(), text: z.string().optional() }).optional(),
    }),
  }),
  z.looseObject({ type: z.literal('assistant'), message }),
  z.looseObject({ type: z.literal('user'), message }),
  z.looseObject({
    type: z.literal('result'),
    subtype: z.string(),
    is_error: z.boolean(),
    result: z.string().optional(),
    usage: z.looseObject({ input_tokens: z.number().optional(), output_tokens: z.number().optional() }).optional(),
  }),
])
type Line = z.output<typeof line>
type Block = z.output<typeof block>

const PREFIX = `mcp__${SERVER}__`

/**
 * The events of an answer, without its end.
 * @param titles of the tools, by their names
 * @throws ModelFault when it fails, and when its output ends before it says that it is complete
 */
export async function* eventsOfLines(
  lines: AsyncIterable<string>,
  titles: ReadonlyMap<string, string>,
): AsyncGenerator<DriverEvent, void> {
  const calls = new Map<string, { name: string; begun: number }>()
  let isStreamed = false
  let isComplete = false
  for await (const text of lines) {
    const said = lineOf(text)
    if (!said) continue
    switch (said.type) {
      case 'system':
        if (said.mcp_servers?.some(({ name, status }) => name === SERVER && status === 'failed'))
          throw new ModelFault('it could not reach our tools')
        break
      case 'stream_event':
        if (said.event.type === 'content_block_delta' && said.event.delta?.text) {
          isStreamed = true
          yield { kind: 'TEXT', payload: { text: said.event.delta.text } }
        }
        break
      case 'assistant':
        for (const part of blocksOf(said.message)) {
          // Older programs give no pieces: then the whole text comes here first.
          if (part.type === 'text' && part.text && !isStreamed) yield { kind: 'TEXT', payload: { text: part.text } }
          if (part.type === 'tool_use' && part.id) yield called(part, part.id, calls, titles)
        }
        isStreamed = false
        break
      case 'user':
        for (const part of blocksOf(said.message))
          if (part.type === 'tool_result' && part.tool_use_id) yield answered(part, part.tool_use_id, calls)
        break
      case 'result':
        if (said.subtype === 'error_max_turns') throw new ModelFault(CALLED_ON)
        if (said.is_error || said.subtype !== 'success') throw new ModelFault(failureOf(said.result))
        isComplete = true
        yield {
          kind: 'USAGE',
          payload: { inputTokens: said.usage?.input_tokens, outputTokens: said.usage?.output_tokens },
        }
    }
  }
  if (!isComplete) throw new ModelFault(BROKEN)
}

/** A line as we read it; null for one of a kind that we do not need. @throws ModelFault for one that is not JSON */
function lineOf(text: string): Line | null {
  if (!text.trim()) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ModelFault(BROKEN)
  }
  return line.safeParse(value).data ?? null
}

const blocksOf = ({ content }: z.output<typeof message>): Block[] =>
  typeof content === 'string' ? [{ type: 'text', text: content, content: undefined }] : (content ?? [])

function called(
  { name = '', input = {} }: Block,
  id: string,
  calls: Map<string, { name: string; begun: number }>,
  titles: ReadonlyMap<string, string>,
): DriverEvent {
  const own = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name
  calls.set(id, { name: own, begun: performance.now() })
  return { kind: 'TOOL_CALL', payload: { id, name: own, title: titles.get(own) ?? own, arguments: redacted(input) } }
}

function answered(part: Block, id: string, calls: Map<string, { name: string; begun: number }>): DriverEvent {
  const { name, begun } = calls.get(id) ?? { name: '', begun: performance.now() }
  const texts = textsOf(part.content)
  const result: ToolResult = part.is_error
    ? { ok: false, content: null, error: texts.join('\n') || 'The tool failed.' }
    : { ok: true, content: objectIn(texts), error: null }
  return { kind: 'TOOL_RESULT', payload: { id, name, ms: Math.round(performance.now() - begun), ...result } }
}

function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content]
  const parts = z.array(block).safeParse(content).data ?? []
  return parts.flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : []))
}

/** A result as our tools give it, beside which links to its rows may stand; any other text as such. */
function objectIn(texts: readonly string[]): Record<string, unknown> {
  for (const text of texts)
    try {
      const value: unknown = JSON.parse(text)
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    } catch {
      // It is a link, or was shortened.
    }
  return { text: texts.join('\n') }
}

/** Why it failed, of what it says itself: its words may name files and addresses. */
function failureOf(said = ''): string {
  if (/log ?in|api key|authenticat|credential|oauth/i.test(said)) return 'it is not signed in, or its key is refused'
  if (/limit|overloaded|quota|429/i.test(said)) return 'it has too much to do, or our quota is used up'
  return 'it reported an error'
}
