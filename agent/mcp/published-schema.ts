// A schema as clients read it: every listed schema costs a model tokens, so nothing in it is said twice.
import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server'
import { z } from 'zod'

type Json = Record<string, unknown>

/** Validates as the schema does; its JSON Schema is written once, short. */
export function published(schema: z.ZodObject, io: 'input' | 'output'): StandardSchemaWithJSON<Json> {
  const { $schema: _, ...written } = z.toJSONSchema(schema, { io }) as Json
  const short = (io === 'input' ? withoutBounds(written) : withoutDemands(written)) as Json
  const { validate, vendor, version } = schema['~standard']
  const jsonSchema = { input: () => short, output: () => short }
  return { '~standard': { version, vendor, validate, jsonSchema } } as StandardSchemaWithJSON<Json>
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same with every object in it rewritten, innermost first. */
function rewritten(value: unknown, rewrite: (schema: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, rewrite))
  if (!isObject(value)) return value
  return rewrite(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rewritten(one, rewrite)])))
}

/** Without lengths, which refusals name, and without the bounds that every whole number has. */
const withoutBounds = (schema: unknown) =>
  rewritten(
    schema,
    ({ minimum, maximum, minLength: _min, maxLength: _max, minItems: _few, maxItems: _many, ...rest }) => ({
      ...rest,
      ...(minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
      ...(maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
    }),
  )

/**
 * What a result may hold, without what it must: the server checks that. `anyOf` with null is a list of types.
 */
const withoutDemands = (schema: unknown) =>
  rewritten(withoutBounds(schema), ({ additionalProperties, required: _required, anyOf, ...rest }) => {
    const others = Array.isArray(anyOf) ? (anyOf as Json[]).filter(({ type }) => type !== 'null') : []
    const [only] = others
    if (only && others.length === 1 && typeof only['type'] === 'string')
      return { ...rest, ...only, type: [only['type'], 'null'] }
    return {
      ...rest,
      ...(anyOf !== undefined && { anyOf }),
      ...(isObject(additionalProperties) && Object.keys(additionalProperties).length > 0 && { additionalProperties }),
    }
  })
