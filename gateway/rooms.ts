// The rooms inside the gateway.
import { GATEWAY, STORES, type Room } from '../shared/rooms/room.ts'

const insideGateway = (folder: string, mayImport: readonly string[], more: Partial<Room> = {}): Room => ({
  folder: `gateway/${folder}`,
  kind: 'gateway',
  mayImport: [...GATEWAY, ...mayImport],
  banned: STORES,
  ...more,
})

/** Their entries in the list of rooms. */
export const gatewayRooms: readonly Room[] = [
  insideGateway('edge', ['gateway/sign-in', 'gateway/plugins/operation-counters.ts']),
  insideGateway('graph', ['gateway/declared', 'gateway/plugins', 'gateway/documents', 'gateway/sign-in'], {
    testsMayImport: ['shared/testing'],
  }),
  insideGateway('plugins', ['gateway/declared', 'gateway/documents'], {
    exceptions: [
      {
        of: ['gateway/plugins/use-errors.test.ts'],
        mayImport: ['gateway/graph'],
        because: 'errors are seen through the whole graph',
      },
    ],
  }),
  insideGateway('declared', ['shared/access']),
  insideGateway('documents', []),
  insideGateway('sign-in', []),
]
