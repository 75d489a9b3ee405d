import ContourIcon from '~icons/lucide/mountain'
import GlobeIcon from '~icons/lucide/globe'
import GraphIcon from '~icons/lucide/braces'
import GridIcon from '~icons/lucide/grid-3x3'
import KeyboardIcon from '~icons/lucide/keyboard'
import LayoutIcon from '~icons/lucide/layout-panel-left'
import LocateIcon from '~icons/lucide/locate-fixed'
import MoonIcon from '~icons/lucide/sun-moon'
import NamesIcon from '~icons/lucide/type'
import TrailsIcon from '~icons/lucide/route'
import { mapControl } from '../map/map-control.ts'
import { type MapToggle, useMapStore } from '../map/map-store.ts'
import { themeChoices, useThemeStore } from '../ui/theme.ts'
import { useWindowStore } from '../desktop/window-store.ts'
import { isOffered, windowKinds, windowTitle } from '../desktop/kinds.ts'
import { useViewer } from '../graph/viewer.ts'
import { useShownWorld } from '../world/shown-world.ts'
import { kiosk } from '../ui/kiosk.ts'
import { keySheetOpen } from '../ui/palette-open.ts'
import { type Command, registerCommands } from './commands.ts'

export const toggleFaces: Record<MapToggle, { name: string; icon: Command['icon']; key: string }> = {
  trails: { name: 'Trails', icon: TrailsIcon, key: 't' },
  names: { name: 'Names', icon: NamesIcon, key: 'n' },
  grid: { name: 'Grid', icon: GridIcon, key: 'g' },
  terrain: { name: 'Terrain', icon: ContourIcon, key: 'm' },
}

/** Commands of the shell itself: windows, map toggles, themes. */
export function useShellCommands() {
  const { isBarOpen } = useShownWorld()
  const timeCommand: Command = {
    id: 'time',
    name: 'Go back in time',
    scope: 'map',
    key: 'h',
    run: () => (isBarOpen.value = true),
  }
  registerCommands([...windowCommands(), ...mapCommands(), ...themeCommands(), timeCommand, helpCommand])
}

const helpCommand: Command = {
  id: 'help-keys',
  name: 'Show all keys',
  scope: 'help',
  key: '?',
  icon: KeyboardIcon,
  run: () => (keySheetOpen.value = true),
}

function windowCommands(): Command[] {
  const map = useMapStore()
  const windows = useWindowStore()
  const { role } = useViewer()
  return [
    ...windowKinds()
      .filter((one) => !one.needs && isOffered(one, role))
      .map(({ kind, icon, key }): Command => ({
        id: `open-${kind}`,
        name: `Open ${windowTitle(kind)}`,
        scope: 'window',
        icon,
        ...(key && { key }),
        run: () => windows.open(kind),
      })),
    ...windowKinds()
      .filter(({ needs }) => needs === 'character')
      .map(({ kind, name, icon, key }): Command => ({
        id: `open-${kind}`,
        name: `Selected character: ${name}`,
        scope: 'window',
        icon,
        ...(key && { key }),
        run: () => map.selected !== null && windows.open(kind, { character: map.selected }),
      })),
    {
      id: 'query-of-window',
      name: 'GraphQL of the front window',
      scope: 'window',
      key: 'v',
      icon: GraphIcon,
      run: () => windows.open('query-inspector', { of: windows.front?.kind ?? '' }),
    },
    {
      id: 'kiosk',
      name: 'Kiosk mode: the page without bar and news',
      scope: 'look',
      key: 'o',
      run: () => (kiosk.value = !kiosk.value),
    },
    {
      id: 'layout-reset',
      name: 'Reset the windows',
      scope: 'window',
      icon: LayoutIcon,
      run: () => windows.resetLayout(),
    },
  ]
}

function mapCommands(): Command[] {
  const map = useMapStore()
  return [
    ...(Object.keys(toggleFaces) as MapToggle[]).map((toggle): Command => ({
      id: `map-${toggle}`,
      scope: 'map',
      run: () => map.toggle(toggle),
      ...toggleFaces[toggle],
      name: `Show or hide ${toggleFaces[toggle].name.toLowerCase()}`,
    })),
    {
      id: 'map-world',
      name: 'Show the whole world',
      scope: 'map',
      key: '0',
      icon: GlobeIcon,
      run: () => mapControl.value?.showWorld(),
    },
    {
      id: 'map-follow',
      name: 'Follow the selected character',
      scope: 'map',
      key: 'f',
      icon: LocateIcon,
      run: () => (map.following = map.selected !== null && !map.following),
    },
    {
      id: 'map-lasso',
      name: 'Select many with a lasso',
      scope: 'map',
      key: 'z',
      run: () => (map.tool = map.tool === 'lasso' ? null : 'lasso'),
    },
    {
      id: 'map-measure',
      name: 'Measure a distance',
      scope: 'map',
      key: 'd',
      run: () => (map.tool = map.tool === 'measure' ? null : 'measure'),
    },
  ]
}

function themeCommands(): Command[] {
  const themes = useThemeStore()
  return [
    ...themeChoices.map((choice): Command => ({
      id: `theme-${choice}`,
      name: `Theme: ${choice}`,
      scope: 'look',
      icon: MoonIcon,
      run: () => (themes.choice = choice),
    })),
  ]
}
