// What a page is started with.
export { provideShownWorld } from '../world/shown-world.ts'
