// What kinds of windows there are. Each folder of `windows/` describes its own (`window.ts`), and the page registers
// what it finds there: what opens windows needs to know none of them.
import type { Component } from 'vue'

export type WindowParams = Record<string, string>

export interface WindowKind {
  /** How it is named in layouts, links and commands: never changed. */
  kind: string
  name: string
  icon: Component
  /** Each kind is a chunk of its own, loaded when first opened. */
  load: () => Promise<{ default: Component }>
  size: readonly [width: number, height: number]
  /** Where it stands in menus: small numbers first. */
  order: number
  title?: (params: WindowParams) => string
  /** Opened about something, not from the bar; a saved window without it is dropped. */
  needs?: 'character'
  /** Opens it while no field has the focus; one about a character, for the selected one. */
  key?: string
  /** One window for all characters: opening it for another turns it to that one. */
  shared?: boolean
  /** Not in the bar: it is reached from elsewhere. */
  hidden?: boolean
  /** In the bar's menu of further windows instead of a button of its own. */
  inMenu?: boolean
  /** Only viewers with this role are offered it; the graph decides what they may read. */
  role?: 'ADMIN'
  /**
   * It shows the moment of the dashboard's clock, or says itself where it cannot. The others show the present, and a
   * line above them says so while the clock is not LIVE.
   */
  showsPast?: boolean
  /** Its folder; documents of the graph carry the folder they are of. Given by what finds the window. */
  folder?: string
  /** How many new things it has to show, said beside its name in the bar. */
  unread?: () => number
}

/** Whether a viewer with this role is offered the window. */
export const isOffered = ({ role: needed }: WindowKind, role: string): boolean => !needed || needed === role

/** Describes a window; what a folder's `window.ts` exports as `window`. */
export const defineWindow = (kind: WindowKind): WindowKind => kind

const kinds = new Map<string, WindowKind>()

/** Makes kinds of windows known. Throws for two of one name. */
export function registerWindows(given: readonly WindowKind[]): void {
  for (const one of [...given].sort((a, b) => a.order - b.order)) {
    if (kinds.has(one.kind)) throw new Error(`Two kinds of windows are called ${one.kind}`)
    kinds.set(one.kind, one)
  }
}

/** All kinds, in the order of menus. */
export const windowKinds = (): readonly WindowKind[] => [...kinds.values()]

export const isWindowKind = (kind: string): boolean => kinds.has(kind)

/** Throws for a name that no folder registers. */
export function windowKind(kind: string): WindowKind {
  const found = kinds.get(kind)
  if (!found) throw new Error(`There is no window called ${kind}`)
  return found
}

/** What a window about these parameters is called. */
export const windowTitle = (kind: string, params: WindowParams = {}): string =>
  windowKind(kind).title?.(params) ?? windowKind(kind).name
