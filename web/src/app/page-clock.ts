// What a page is started with.
import type { App } from 'vue'
import { onServerDate } from '../graph/server-date.ts'
import { liveWorld } from '../world/live-world.ts'
import { provideShownWorld } from '../world/shown-world.ts'

/** Gives a page its clock, which goes by the server's. */
export function providePageClock(app: App) {
  onServerDate((at) => liveWorld.hearClock(at, Date.now()))
  provideShownWorld(app)
}
