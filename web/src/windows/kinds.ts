import { type Component, defineAsyncComponent } from 'vue'
import BagIcon from '~icons/lucide/backpack'
import ChatIcon from '~icons/lucide/messages-square'
import GemIcon from '~icons/lucide/gem'
import PersonIcon from '~icons/lucide/user-round'
import PlugIcon from '~icons/lucide/plug-zap'
import RosterIcon from '~icons/lucide/users-round'
import SearchIcon from '~icons/lucide/package-search'
import SuitIcon from '~icons/lucide/shirt'

export type WindowParams = Record<string, string>

export interface WindowKind {
  name: string
  icon: Component
  /** Each kind is a chunk of its own, loaded when first opened. */
  load: () => Promise<{ default: Component }>
  size: readonly [width: number, height: number]
  title?: (params: WindowParams) => string
  /** Opened about something, not from the bar; a saved window without it is dropped. */
  needs?: 'character'
  /** Opens it while no field has the focus. */
  key?: string
  /** One window for all characters: opening it for another turns it to that one. */
  shared?: boolean
}

const define = <Kinds extends Record<string, WindowKind>>(kinds: Kinds) =>
  kinds as Record<keyof Kinds & string, WindowKind>

export const windowKinds = define({
  roster: { name: 'Characters', icon: RosterIcon, load: () => import('./roster/RosterWindow.vue'), size: [380, 470] },
  chat: { name: 'Chat', icon: ChatIcon, load: () => import('./chat/ChatWindow.vue'), size: [380, 300] },
  rares: { name: 'Rares', icon: GemIcon, load: () => import('./rares/RaresWindow.vue'), size: [380, 420] },
  items: {
    name: 'Items',
    icon: SearchIcon,
    load: () => import('./items/ItemsWindow.vue'),
    size: [980, 620],
    title: () => 'Item search',
    key: 'i',
  },
  suit: {
    name: 'Suits',
    icon: SuitIcon,
    load: () => import('./suit/SuitWindow.vue'),
    size: [1080, 700],
    title: () => 'Suit builder',
    key: 's',
  },
  inventory: {
    name: 'Inventory',
    icon: BagIcon,
    load: () => import('./inventory/InventoryWindow.vue'),
    size: [960, 640],
    title: (params) => (params.character ? `Inventory: ${params.character}` : 'Inventory'),
    needs: 'character',
  },
  character: {
    name: 'Character',
    icon: PersonIcon,
    load: () => import('./character/CharacterWindow.vue'),
    size: [360, 560],
    title: (params) => params.character ?? 'Character',
    needs: 'character',
    shared: true,
  },
  setup: {
    name: 'Connect the plugin',
    icon: PlugIcon,
    load: () => import('./setup/SetupWindow.vue'),
    size: [520, 640],
  },
})

export type WindowKindName = keyof typeof windowKinds
export const windowKindNames = Object.keys(windowKinds) as WindowKindName[]

const components = new Map<string, Component>()
/** The same component object each time: a new one would make Vue throw the window's content away. */
export function windowComponent(kind: WindowKindName): Component {
  const known = components.get(kind)
  if (known) return known
  const made = defineAsyncComponent(windowKinds[kind].load)
  components.set(kind, made)
  return made
}
