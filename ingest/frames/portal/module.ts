import { frame, frameModule } from '../frame-module.ts'
import { alsoRelayed } from '../relayed.ts'
import { onPortal } from './handler.ts'
import type { PortalRows } from './rows.ts'
import { portal } from './shape.ts'
import { writePortals } from './writer.ts'

export const portalModule = frameModule<PortalRows>([frame(portal, alsoRelayed('portal', onPortal))], {
  portals: { write: writePortals },
})
