import { frame, frameModule } from '../frame-module.ts'
import { alsoRelayed } from '../relayed.ts'
import { onNearbyObjects } from './handler.ts'
import { nearbyObjects } from './shape.ts'

export const radarModule = frameModule([frame(nearbyObjects, alsoRelayed('nearby_objects', onNearbyObjects))], {})
