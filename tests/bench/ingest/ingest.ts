import type { Figure } from '../figure.ts'
import { standAside } from '../stage.ts'
import { againstPeer } from './against-peer.ts'
import { characterGrowth } from './growth.ts'
import { mainFigures } from './main-figures.ts'

/** How many frames a second are stored, beside a control. Linux with two cores or more, so that each has its own. */
export async function benchIngest(): Promise<Figure[]> {
  standAside()
  return [...(await mainFigures()), ...(await againstPeer()), ...(await characterGrowth())]
}
