import { statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { common } from '../shared/settings/common.ts'
import { count, list, whole, word } from '../shared/settings/readers.ts'
import { setting, type Config } from '../shared/settings/setting.ts'

const { AGENT_TOKEN, PUBLIC_URL, SHARE_LINKS, TRUST_PROXY } = common
const FROM_ROLE = ['viewer', 'operator', 'admin', 'nobody'] as const
const SESSION = 'how many days a session lasts at most, and without being used; for new sessions'
const CONNECTIONS = 'connections to the graph (WebSocket, SSE) that one address, and one person or token, may hold open'

/** What the gateway reads of the environment, in whichever process it runs. */
export const settings = {
  AGENT_TOKEN,
  PUBLIC_URL,
  TRUST_PROXY,
  ALLOWED_ORIGINS: setting(
    list.refine((origins) => origins.every((o) => URL.canParse(o) && new URL(o).origin === o), {
      message: 'must be origins separated by commas, such as https://example.org',
    }),
    "other sites whose pages may use a visitor's session, separated by commas",
    { fallback: 'none' },
  ),
  ALLOWED_HOSTS: setting(
    list,
    'further host names of this server, separated by commas; addresses, names without a dot and that of ' +
      '`PUBLIC_URL` are known',
    { fallback: 'none' },
  ),
  SESSION_DAYS: setting(whole(30, 1, 365), SESSION, { fallback: '`30`' }),
  SESSION_IDLE_DAYS: setting(whole(7, 1, 365), SESSION, { fallback: '`7`' }),
  INTROSPECTION: setting(
    word(FROM_ROLE, 'viewer'),
    'the least role that may introspect the schema: `viewer`, `operator`, `admin` or `nobody`',
    { fallback: '`viewer`' },
  ),
  FREE_DOCUMENTS: setting(
    word(FROM_ROLE, 'viewer'),
    'the least role that may send documents other than those of our own pages: `viewer`, `operator`, ' +
      '`admin` or `nobody`. The playground needs them',
    { fallback: '`viewer`' },
  ),
  MCP_SCHEMA_TOOLS: common.MCP_SCHEMA_TOOLS,
  SHARE_LINKS,
  PUBLIC_EYE: setting(
    word(['off', 'on'], 'off'),
    "`on` shows Mind's Eye to everybody without a sign-in: the page `/eye` and its socket, 100 connections, " +
      '5 an address',
    { fallback: '`off`' },
  ),
  PUBLIC_EYE_DELAY: setting(whole(30, 0, 3_600), 'how late the public sees it, in seconds', { fallback: '`30`' }),
  PUBLIC_EYE_PLACES: setting(
    word(['hidden', 'shown'], 'hidden'),
    '`hidden` moves all places that the public sees by a secret distance, and leaves out arguments and results; ' +
      '`shown` shows them as they are',
    { fallback: '`hidden`' },
  ),
  SOCKETS_PER_ADDRESS: setting(whole(1_000, 1, 1_000_000), CONNECTIONS, { fallback: '`1000`' }),
  SOCKETS_PER_VIEWER: setting(whole(500, 1, 1_000_000), CONNECTIONS, { fallback: '`500`' }),
  SUBSCRIPTIONS_PER_SOCKET: setting(whole(100, 1, 100_000), 'operations open on one WebSocket', { fallback: '`100`' }),
  OPERATION_SECONDS: setting(
    whole(30, 1, 3_600),
    'how many seconds a query, a mutation or the start of a subscription may take',
    { fallback: '`30`' },
  ),
  ICONS_DIR: setting(
    z
      .string()
      .refine((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory(), 'must be a folder that is there')
      .optional(),
    "a folder with pictures of items of your own, `06001036.png` by the picture's id as `Item.iconId` " +
      'has it (eight hexadecimal digits, ' +
      'or the decimal number); shown in place of the built-in glyphs to signed-in viewers',
    {
      fallback: 'none',
      inCompose:
        'A folder of this machine with pictures of items of your own, named by their id: 06001036.png.\n' +
        'An absolute path, or one that begins with ./ Leave empty for none.',
    },
  ),
  GATHER_MS: setting(
    count('milliseconds', 1_000),
    'how long events of a subscription are gathered into one write per reader, in ms; 0 gathers only ' +
      "what arrives together. 20 halves the gateway's work under load",
    { fallback: '`0`' },
  ),
  ADMIN_USERNAME: setting(
    z.string().min(1).max(63, 'must have at most 63 characters').default('admin'),
    'name of the first admin',
    { fallback: '`admin`' },
  ),
  ADMIN_PASSWORD: setting(
    z.string().min(10, 'must have at least 10 characters').max(256, 'must have at most 256 characters').optional(),
    'password of the first admin; without one a one-time sign-in link is printed',
    { fallback: 'none' },
  ),
}

/** What only a gateway of its own process reads. */
export const ownSettings = {
  SUPERGRAPH_FILE: setting(
    z.string().default(path.join(import.meta.dirname, 'supergraph.graphql')),
    'the composed graph of a separate gateway, reloaded when it changes or at SIGHUP',
    { fallback: 'that of this build' },
  ),
}

/** The same as the gateway takes it; `span` and `viewLinks` are for `openPeople`. */
export const gatewayOptions = (config: Config<typeof settings>) => ({
  span: { days: config.SESSION_DAYS, idleDays: config.SESSION_IDLE_DAYS },
  viewLinks: config.SHARE_LINKS === 'on',
  origins: {
    publicUrl: config.PUBLIC_URL,
    trustProxy: config.TRUST_PROXY,
    allowed: config.ALLOWED_ORIGINS,
    hosts: config.ALLOWED_HOSTS,
  },
  introspection: config.INTROSPECTION,
  freeDocuments: config.FREE_DOCUMENTS,
  schemaTools: config.MCP_SCHEMA_TOOLS,
  publicEye:
    config.PUBLIC_EYE === 'on' ? { delayMs: config.PUBLIC_EYE_DELAY * 1_000, places: config.PUBLIC_EYE_PLACES } : null,
  iconsFolder: config.ICONS_DIR,
  gatherMs: config.GATHER_MS,
  limits: {
    socketsPerAddress: config.SOCKETS_PER_ADDRESS,
    socketsPerViewer: config.SOCKETS_PER_VIEWER,
    subscriptionsPerSocket: config.SUBSCRIPTIONS_PER_SOCKET,
    operationSeconds: config.OPERATION_SECONDS,
  },
})
