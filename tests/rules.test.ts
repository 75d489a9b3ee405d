import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..')

describe('the rules', () => {
  it('of docs/contract.md are each named by a test, and tests name no others', () => {
    const ids = [
      ...readFileSync(path.join(root, 'docs', 'contract.md'), 'utf8').matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm),
    ].map((match) => match[1]!)
    const files = ['shared', 'ingest', 'subgraphs', 'gateway', 'tests'].flatMap((folder) =>
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
  ])('catch a trespass in %s', async (file, text) => {
    const eslint = new ESLint({ cwd: root })
    const [result] = await eslint.lintText(text, { filePath: path.join(root, file) })
    const caught = result!.messages.map((message) => message.ruleId)
    expect(
      caught.some(
        (rule) =>
          rule === 'import-x/no-restricted-paths' ||
          rule === 'import-x/no-nodejs-modules' ||
          rule === 'no-restricted-properties',
      ),
    ).toBe(true)
  })
})
