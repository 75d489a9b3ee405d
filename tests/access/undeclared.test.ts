// What does not say who may use it does not compose. Each is planted in a copy of the schemas.
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { compose } from '../../gateway/compose.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'

const ROOT = path.join(import.meta.dirname, '..', '..')
const FILE = 'subgraphs/guild/board/schema.graphql'

/** Composes the graph with something more in the board's schema, or something in the place of something else. */
async function composeWith(planted: string, instead?: string) {
  const folder = await tempFolder('access')
  await cp(path.join(ROOT, 'subgraphs'), path.join(folder, 'subgraphs'), {
    recursive: true,
    filter: (source) => !path.extname(source) || source.endsWith('.graphql'),
  })
  const file = path.join(folder, FILE)
  const text = await readFile(file, 'utf8')
  if (instead && !text.includes(instead)) throw new Error(`${FILE} has no ${instead}`)
  await writeFile(file, instead ? text.replace(instead, planted) : `${text}\n${planted}\n`)
  return compose(folder).finally(() => rm(folder, { recursive: true }))
}
const faultOf = (planted: string, instead?: string) =>
  composeWith(planted, instead).then(
    () => null,
    (error: Error) => error.message,
  )

describe('composition', () => {
  it.each([
    ['a mutation', 'extend type Mutation { burnBoard: ID }', 'Mutation.burnBoard'],
    ['a subscription', 'type Subscription { boardChanged: BoardNote! }', 'Subscription.boardChanged'],
    ['a shared subscription', 'type Subscription { boardChanged: BoardNote! @shared }', 'Subscription.boardChanged'],
    ['a query', 'extend type Query { boards: Int }', 'Query.boards'],
  ])('refuses %s that says nothing, and names it and its file', async (_, planted, name) => {
    expect(await faultOf(planted)).toBe(
      `Access is not declared as it must be:\n  ${name} in ${FILE} declares no @access.`,
    )
  })

  it('refuses a new type that says nothing, and each of its fields', async () => {
    expect(await faultOf('type Pin { at: Int by: String @access }')).toBe(
      `Access is not declared as it must be:\n  Pin.at in ${FILE} declares no @access, and neither does Pin.`,
    )
  })

  it('refuses a field that stops saying anything', async () => {
    const [before, after] = [
      'deleteNote("The note." input: DeleteNoteInput!): DeleteNotePayload! @access(role: ADMIN)',
      'deleteNote("The note." input: DeleteNoteInput!): DeleteNotePayload!',
    ]
    expect(await faultOf(after, before)).toContain(`Mutation.deleteNote in ${FILE} declares no @access.`)
  })

  it('refuses a directive that is misspelt or wrongly used', async () => {
    expect(await faultOf('extend type Query { boards: Int @acess }')).toContain('Query.boards')
    expect(await faultOf('extend type Query { boards: Int @access(role: NOBODY) }')).toBe(
      `@access is wrong in ${FILE}: Argument "role" has invalid value NOBODY.`,
    )
  })

  it('accepts them once they are declared, and passes the shared ones to the gateway', async () => {
    const { supergraph, api, access } = await composeWith(
      'type Subscription { boardChanged: BoardNote! @access @shared boardBurned: ID @access(role: ADMIN) }',
    )
    expect(supergraph).toContain('boardChanged: BoardNote! @shared @join__field(graph: GUILD)')
    expect(supergraph).toContain('boardBurned: ID @join__field(graph: GUILD)')
    expect(api).not.toMatch(/@(shared|access)|directive /)
    expect(access).toContain('| `boardBurned` | – | – | – | ✓ | – | – | ✓ | – | – | – | – |  |')
    expect(access).toContain('| `boardChanged` | – | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | – | – | – | shared |')
  })
})
