import { frame, frameModule } from '../frame-module.ts'
import { keep } from '../outcome.ts'
import { register } from './shape.ts'

/** The socket reads it: it names the character a connection speaks for. */
export const registerModule = frameModule([frame(register, () => keep([]))], {})
