// Nearly every frame is as its schema says, apart from numbers sent as text. For those a reader is compiled once per
// type, straight-line code without a loop over fields: it is most of what ingest spends on a frame. Anything else it
// gives up on, and the careful way of decode.ts decides; a property test holds the two against each other.
import type { JsonSchema } from './coerce.ts'
import { toNumber, toWhole } from './numbers.ts'

/** Reads a frame that is just as its schema says; null when it is not, for whatever reason. */
export type FastReader = (raw: Readonly<Record<string, unknown>>) => Record<string, unknown> | null

const MISSED = Symbol('not as the schema says')

/**
 * Compiles the reader of a frame's schema. Field names come from our own schemas, never from a sender.
 * @param besides fields that may stand beside those of the schema
 */
export function fastReader(schema: JsonSchema, besides: readonly string[]): FastReader {
  const source = new Source()
  const read = source.object(schema, ['type', ...besides])
  // As validators do: the text is made of our own schemas alone.
  const make = new Function('MISSED', 'toNumber', 'toWhole', `${source.text}\nreturn ${read}`) as (
    ...around: unknown[]
  ) => (raw: unknown) => unknown
  const run = make(MISSED, toNumber, toWhole)
  return (raw) => {
    const frame = run(raw)
    return frame === MISSED ? null : (frame as Record<string, unknown>)
  }
}

/** Writes one function for each object of a schema. */
class Source {
  text = ''
  #count = 0

  /**
   * A reader of an object with named fields; gives its function's name. `besides` are no surprise, and looked for last.
   */
  object(schema: JsonSchema, besides: readonly string[] = []): string {
    const required = new Set(schema.required ?? [])
    const fields = Object.entries(schema.properties ?? {}).map(([name, part], i) => {
      const value = `v${i}`
      const absent = required.has(name) ? 'return MISSED' : `${value} = undefined`
      return `let ${value} = raw.${name}
        if (${value} === undefined) ${required.has(name) ? absent : ';'}
        else { present++; if (${value} === null) { ${absent} } else { ${this.value(part, value)} } }`
    })
    const result = Object.keys(schema.properties ?? {}).map((name, i) => `${name}: v${i}`)
    const count = (name: string) => `(raw.${name} === undefined ? 0 : 1)`
    const [first, ...others] = besides
    return this.#function(`
      let present = ${first ? count(first) : '0'}
      ${fields.join('\n')}
      let keys = 0
      for (const _ in raw) keys++
      ${others.length ? `if (keys !== present) present += ${others.map(count).join(' + ')}` : ''}
      return keys === present ? { ${result.join(', ')} } : MISSED`)
  }

  /** A reader of an object with names that the sender chooses. */
  #record(part: JsonSchema): string {
    return this.#function(`
      const result = {}
      for (const key in raw) {
        if (key === '__proto__' || key.includes('\\0') || !key.isWellFormed()) return MISSED
        let v = raw[key]
        if (v === null || v === undefined) return MISSED
        ${this.value(part, 'v')}
        result[key] = v
      }
      return result`)
  }

  /** Statements that turn the variable `v` into what the schema wants, or give up. */
  value(schema: JsonSchema, v: string): string {
    const unless = (...conditions: (string | false)[]) =>
      `if (${conditions.filter(Boolean).join(' || ')}) return MISSED`
    switch (schema.type) {
      case 'integer':
      case 'number':
        return `if (typeof ${v} !== 'number') {
            if (typeof ${v} !== 'string') return MISSED
            ${v} = ${schema.type === 'integer' ? 'toWhole' : 'toNumber'}(${v})
            if (${v} === undefined) return MISSED
          }
          ${unless(
            schema.type === 'integer' ? `!Number.isInteger(${v})` : `!(Math.abs(${v}) >= 1e-37 || Object.is(${v}, 0))`,
            schema.minimum !== undefined && `!(${v} >= ${schema.minimum})`,
            schema.maximum !== undefined && `!(${v} <= ${schema.maximum})`,
          )}`
      case 'string':
        return unless(
          `typeof ${v} !== 'string'`,
          schema.minLength !== undefined && `${v}.length < ${schema.minLength}`,
          schema.maxLength !== undefined && `${v}.length > ${schema.maxLength}`,
          schema.enum !== undefined && schema.enum.map((word) => `${v} !== ${JSON.stringify(word)}`).join(' && '),
          `${v}.includes('\\0')`,
          `!${v}.isWellFormed()`,
        )
      case 'boolean':
        return unless(`typeof ${v} !== 'boolean'`)
      case 'array':
        return schema.items?.type
          ? 'return MISSED'
          : unless(
              `!Array.isArray(${v})`,
              schema.maxItems !== undefined && `${v}.length > ${schema.maxItems}`,
              schema.minItems !== undefined && `${v}.length < ${schema.minItems}`,
            )
      case 'object': {
        const { properties, additionalProperties: every } = schema
        const read = properties ? this.object(schema) : every ? this.#record(every) : null
        return `${unless(`typeof ${v} !== 'object'`, `Array.isArray(${v})`)}
          ${read ? `${v} = ${read}(${v}); ${unless(`${v} === MISSED`)}` : ''}`
      }
      default:
        return schema.type === undefined && !schema.anyOf ? '' : 'return MISSED'
    }
  }

  #function(body: string): string {
    const name = `read${this.#count++}`
    this.text += `function ${name}(raw) {${body}}\n`
    return name
  }
}
