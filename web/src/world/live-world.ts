import { WorldStore } from './world-store.ts'

/** The world as the streams fill it: one, outside every component. What is shown is in `shown-world.ts`. */
export const liveWorld = new WorldStore()
