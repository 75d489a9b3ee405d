import { nodesOf, textsOf, type Body } from './tree.ts'

const KEY_AND_VALUE: ReadonlySet<string> = new Set(['json_each', 'jsonb_each', 'json_each_text', 'jsonb_each_text'])
const VALUE: ReadonlySet<string> = new Set([
  'json_array_elements',
  'jsonb_array_elements',
  'json_array_elements_text',
  'jsonb_array_elements_text',
])

/**
 * The columns of a function in FROM, as Postgres names them: those that the function names itself, or else the alias,
 * or else the function's name.
 */
export function functionColumns(call: Body, alias: string | undefined): string[] {
  const name = textsOf(call['funcname']).at(-1)!
  if (KEY_AND_VALUE.has(name)) return ['key', 'value']
  if (VALUE.has(name)) return ['value']
  const count = name === 'unnest' ? nodesOf(call['args']).length : 1
  return count === 1 ? [alias ?? name] : Array.from({ length: count }, () => name)
}
