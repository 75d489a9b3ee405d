// Answers with a language model: it chooses tools, and its text is passed on as it comes.
import { jsonSchema, stepCountIs, streamText, tool, type LanguageModel, type ModelMessage, type ToolSet } from 'ai'
import type { ToolResult } from '../../mcp/in-process.ts'
import type { Asked, Driver, DriverEvent } from '../driver.ts'
import type { Persona } from '../personas/persona.ts'
import { redacted } from '../../../shared/redact.ts'
import { failed, modelTools, textOf } from './model-tools.ts'
import { MAX_STEPS, withFallback, type FallbackOptions } from './with-fallback.ts'

const MAX_OUTPUT_TOKENS = 4_000
const RETRIES = 2

export interface ModelDriverOptions extends FallbackOptions {
  model: LanguageModel
  persona: Persona
}

/** A driver for any model of the AI SDK. A model that fails is replaced by `fallback`, with the reason shown. */
export const modelDriver = ({ model, persona, ...options }: ModelDriverOptions): Driver =>
  withFallback(options, (asked) => eventsOf(model, persona, asked))

/** The events of a model's answer, without its end. Throws when the model fails. */
async function* eventsOf(model: LanguageModel, persona: Persona, asked: Asked): AsyncGenerator<DriverEvent, void> {
  const results = new Map<string, { result: ToolResult; ms: number }>()
  const { fullStream } = streamText({
    model,
    system: asked.context ? `${persona.prompt}\n\n${asked.context}` : persona.prompt,
    messages: asked.messages.map(({ role, text }): ModelMessage => ({ role, content: text })),
    tools: toolsOf(persona, asked, results),
    stopWhen: stepCountIs(MAX_STEPS),
    prepareStep: ({ stepNumber }) => (stepNumber === MAX_STEPS - 1 ? { toolChoice: 'none' } : {}),
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    maxRetries: RETRIES,
    abortSignal: asked.signal,
    onError: () => undefined, // it comes as a part, too
  })
  const titles = new Map(asked.tools.tools.map(({ name, title }) => [name, title]))
  for await (const part of fullStream)
    switch (part.type) {
      case 'text-delta':
        if (part.text) yield { kind: 'TEXT', payload: { text: part.text } }
        break
      case 'tool-call': {
        const { toolCallId: id, toolName: name, input } = part
        const given = (typeof input === 'object' && input !== null ? input : { input }) as Record<string, unknown>
        yield {
          kind: 'TOOL_CALL',
          payload: { id, name, title: titles.get(name) ?? name, arguments: redacted(given) },
        }
        break
      }
      case 'tool-result':
      case 'tool-error': {
        const { toolCallId: id, toolName: name } = part
        const known = results.get(id) ?? { ms: 0, result: failed('The model called this tool in a way it cannot be.') }
        yield { kind: 'TOOL_RESULT', payload: { id, name, ms: known.ms, ...known.result } }
        break
      }
      case 'finish': {
        const { inputTokens, outputTokens, totalTokens } = part.totalUsage
        yield { kind: 'USAGE', payload: { inputTokens, outputTokens, totalTokens } }
        break
      }
      case 'error':
        throw part.error
      case 'abort':
        throw asked.signal.reason
    }
}

/** The tools of the persona, and no others, as the model sees them. */
function toolsOf(persona: Persona, asked: Asked, results: Map<string, { result: ToolResult; ms: number }>): ToolSet {
  const { tools, call } = modelTools(persona, asked)
  return Object.fromEntries(
    tools.map(({ name, description, inputSchema }) => [
      name,
      tool({
        description,
        inputSchema: jsonSchema<Record<string, unknown>>(inputSchema),
        async execute(input, { toolCallId }) {
          const begun = performance.now()
          const result = await call(name, input, asked.signal)
          results.set(toolCallId, { result, ms: Math.round(performance.now() - begun) })
          return textOf(result)
        },
      }),
    ]),
  )
}
