import { type Component, onScopeDispose, shallowRef } from 'vue'

/** One thing the viewer can have done. The palette, the help sheet and the keys all read this one list. */
export interface Command {
  id: string
  name: string
  /** What kind of thing it is, said beside its name. */
  scope: 'map' | 'window' | 'look' | 'help'
  icon?: Component
  /** Shown, and obeyed while no field has the focus: `t`, `?`, `/`. */
  key?: string
  run(): void
}

export const commands = shallowRef<readonly Command[]>([])

/** Any part of the page may add commands; they leave with it. */
export function registerCommands(added: readonly Command[]) {
  const ids = new Set(added.map((command) => command.id))
  commands.value = [...commands.value.filter((command) => !ids.has(command.id)), ...added]
  onScopeDispose(() => (commands.value = commands.value.filter((command) => !added.includes(command))))
}
