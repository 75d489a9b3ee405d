import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take over half a minute each: started last, they would run alone at the end. */
const LONG = [
  'stop/stop',
  'fifth-subgraph/fifth-subgraph',
  'retention/blocks',
  'operations/alerts',
  'windows/weight',
  'life/life',
  'tabletop/model',
  'backup/backup',
  'mindseye/minecraft',
  'assistant/service',
  'operations/ready',
  'durable/torture',
]

/** The order of end-to-end tests: the longest first. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((name) => moduleId.endsWith(`/${name}.e2e.ts`))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
