// The rooms inside the gateway.
import { BROKER, GATEWAY, POSTGRES, type Room } from '../shared/rooms/room.ts'

const insideGateway = (folder: string, mayImport: readonly string[], more: Partial<Room> = {}): Room => ({
  folder: `gateway/${folder}`,
  kind: 'gateway',
  mayImport: [...GATEWAY, ...mayImport],
  banned: [...POSTGRES, ...BROKER],
  ...more,
})

/** Their entries in the list of rooms. */
export const gatewayRooms: readonly Room[] = [
  insideGateway('edge', ['gateway/sign-in']),
  insideGateway('graph', ['gateway/declared', 'gateway/plugins', 'gateway/documents', 'gateway/sign-in']),
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
