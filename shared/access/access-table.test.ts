import { concatAST, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { accessTable, ASKERS, accessLevelOf } from './access-table.ts'
import { readDeclarations } from './declarations.ts'
import { directivesDocument } from './directives.ts'

const declared = readDeclarations(
  concatAST([
    parse(`
      type Query { open: A @access audit: Int @access(role: ADMIN) sessions(user: ID): Int
        @access @owner(of: "account", argument: "user")
        chat(id: ID): Int @access @owner(of: "assistantSession", argument: "id") }
      type Mutation {
        write: Int @access
        report: Int @access @agentOnly
        face: Int @access @publicOnly
        visit: Int @access @shareOnly
        store: Int @access @tokenStorage
        command: Int @access(role: OPERATOR)
        keep: Int @access @person(refusal: "no")
        rule(id: ID): Int @access @owner(of: "watchRule", argument: "id")
        remove(id: ID): Int @access(role: ADMIN) @othersOnly(argument: "id") @renewsSession
      }
      type Subscription { events: Int @access @shared @filtered(by: "alert") }
      type A @access { a: Int b: Int @access(role: ADMIN) @guarded(by: "frame")
        ew: Float @place(rough: true) z: Float @place }
    `),
    directivesDocument,
  ]),
)
const levels = (type: string, field: string) =>
  ASKERS.map((asker) => accessLevelOf(declared.get(type)!.get(field)!, type, asker))

describe('access levels', () => {
  it.each([
    ['Query', 'open', 'none all all all all all all all none none none'],
    ['Query', 'audit', 'none none none all none none all none none none none'],
    ['Query', 'chat', 'none own own own none none none none none none none'],
    ['Mutation', 'report', 'none none none none none none none none all none none'],
    ['Mutation', 'face', 'none none none none none none none none none all none'],
    ['Mutation', 'visit', 'none none none none none none none none none none all'],
    ['Mutation', 'store', 'none none none none none none none own none none none'],
    ['A', 'a', 'none all all all all all all all all all all'],
    ['Query', 'sessions', 'none own own all none none all none none none none'],
    ['Mutation', 'write', 'none all all all none all all none none none none'],
    ['Mutation', 'command', 'none none all all none all all none none none none'],
    ['Mutation', 'keep', 'none own own own none none none none none none none'],
    ['Mutation', 'rule', 'none own own all none own all none none none none'],
    ['Mutation', 'remove', 'none none none all none none all none none none none'],
    ['Subscription', 'events', 'none all all all all all all all none none none'],
    ['A', 'b', 'none none none all none none all none none none none'],
  ])('%s.%s', (type, field, wanted) => {
    expect(levels(type, field).join(' ')).toBe(wanted)
  })
})

describe('the table', () => {
  const lines = accessTable([{ name: 'x', declared }]).split('\n')
  it('has a row for each operation, by name, and for each type', () => {
    expect(lines.filter((line) => /^\| `/.test(line))).toEqual([
      '| `audit` | – | – | – | ✓ | – | – | ✓ | – | – | – | – |  |',
      '| `chat` | – | own | own | own | – | – | – | – | – | – | – | owner of the assistantSession in `id` |',
      '| `open` | – | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | – | – | – |  |',
      '| `sessions` | – | own | own | ✓ | – | – | ✓ | – | – | – | – | owner of the account in `user`, or admin |',
      '| `command` | – | – | ✓ | ✓ | – | ✓ | ✓ | – | – | – | – |  |',
      '| `face` | – | – | – | – | – | – | – | – | – | ✓ | – | the public page |',
      '| `keep` | – | own | own | own | – | – | – | – | – | – | – |  |',
      '| `remove` | – | – | – | ✓ | – | – | ✓ | – | – | – | – | not the own account; renews the session |',
      '| `report` | – | – | – | – | – | – | – | – | ✓ | – | – | the assistant’s own process |',
      '| `rule` | – | own | own | ✓ | – | own | ✓ | – | – | – | – | owner of the watchRule in `id`, or admin |',
      '| `store` | – | – | – | – | – | – | – | own | – | – | – | what belongs to the token |',
      '| `visit` | – | – | – | – | – | – | – | – | – | – | ✓ | visitors of a shared view |',
      '| `write` | – | ✓ | ✓ | ✓ | – | ✓ | ✓ | – | – | – | – |  |',
      '| `events` | – | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | – | – | – | without what alert keeps back; shared |',
      '| `A` | viewer | 4 | `b`: admin, guarded by frame; `ew`: place, roughly if blurred; `z`: place |',
    ])
  })
  it('is not made of two declarations for one field', () => {
    const other = new Map([['A', new Map([['a', { ...declared.get('A')!.get('a')!, role: 'admin' as const }]])]])
    const both = [
      { name: 'x', declared },
      { name: 'y', declared: other },
    ]
    expect(() => accessTable(both)).toThrow('A.a has other access in y than in x: declare the same in both.')
    expect(() => accessTable([both[0]!, { name: 'z', declared }])).not.toThrow()
  })
  it('ends with a line break, as files do', () => {
    expect(lines.slice(-2)[1]).toBe('')
    expect(lines[0]).toBe('# Who may use which field')
  })
})
