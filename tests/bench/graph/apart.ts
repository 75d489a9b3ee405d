import { startControl, type Control } from '../control.ts'
import { subgraphNames } from './world.ts'

export interface SubgraphsApart extends Control {
  /** Where each is, by its name. */
  addresses: Readonly<Record<string, string>>
}

/** The subgraphs in a process of their own, on the second core. */
export async function startSubgraphs(): Promise<SubgraphsApart> {
  const control = await startControl('graph/subgraphs.ts')
  const at = (name: string) => [name, `http://127.0.0.1:${control.port}/${name}`]
  return { ...control, addresses: Object.fromEntries(subgraphNames.map(at)) as Record<string, string> }
}
