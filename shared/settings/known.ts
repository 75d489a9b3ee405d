import { NAMES } from './names.gen.ts'

/**
 * Names of all settings of all rooms. A room that runs by itself knows those of the others too: they often share one
 * file of settings.
 */
export const knownSettings: ReadonlySet<string> = new Set([...NAMES, 'DEMO_CHARACTERS'])
