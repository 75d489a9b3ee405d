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
import { texts } from './messages.ts'

export const toggleFaces: Record<MapToggle, { name: string; icon: Command['icon']; key: string }> = {
  trails: {
    get name() {
      return texts.trails
    },
    icon: TrailsIcon,
    key: 't',
  },
  names: {
    get name() {
      return texts.names
    },
    icon: NamesIcon,
    key: 'n',
  },
  grid: {
    get name() {
      return texts.grid
    },
    icon: GridIcon,
    key: 'g',
  },
  terrain: {
    get name() {
      return texts.terrain
    },
    icon: ContourIcon,
    key: 'm',
  },
}

/** Commands of the shell itself: windows, map toggles, themes. */
export function useShellCommands() {
  const { isBarOpen } = useShownWorld()
  const timeCommand: Command = {
    id: 'time',
    get name() {
      return texts.goBackInTime
    },
    scope: 'map',
    key: 'h',
    run: () => (isBarOpen.value = true),
  }
  registerCommands([...windowCommands(), ...mapCommands(), ...themeCommands(), timeCommand, helpCommand])
}

const helpCommand: Command = {
  id: 'help-keys',
  get name() {
    return texts.showAllKeys
  },
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
        get name() {
          return texts.open(windowTitle(kind))
        },
        scope: 'window',
        icon,
        ...(key && { key }),
        run: () => windows.open(kind),
      })),
    ...windowKinds()
      .filter(({ needs }) => needs === 'character')
      .map(({ kind, name, icon, key }): Command => ({
        id: `open-${kind}`,
        get name() {
          return texts.selectedCharacter(name)
        },
        scope: 'window',
        icon,
        ...(key && { key }),
        run: () => map.selected !== null && windows.open(kind, { character: map.selected }),
      })),
    {
      id: 'query-of-window',
      get name() {
        return texts.graphqlOfTheFrontWindow
      },
      scope: 'window',
      key: 'v',
      icon: GraphIcon,
      run: () => windows.open('query-inspector', { of: windows.front?.kind ?? '' }),
    },
    {
      id: 'kiosk',
      get name() {
        return texts.kioskModeThePageWithout
      },
      scope: 'look',
      key: 'o',
      run: () => (kiosk.value = !kiosk.value),
    },
    {
      id: 'layout-reset',
      get name() {
        return texts.resetTheWindows
      },
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
      get name() {
        return texts.showOrHide(toggleFaces[toggle].name.toLowerCase())
      },
    })),
    {
      id: 'map-world',
      get name() {
        return texts.showTheWholeWorld
      },
      scope: 'map',
      key: '0',
      icon: GlobeIcon,
      run: () => mapControl.value?.showWorld(),
    },
    {
      id: 'map-follow',
      get name() {
        return texts.followTheSelectedCharacter
      },
      scope: 'map',
      key: 'f',
      icon: LocateIcon,
      run: () => (map.following = map.selected !== null && !map.following),
    },
    {
      id: 'map-lasso',
      get name() {
        return texts.selectManyWithALasso
      },
      scope: 'map',
      key: 'z',
      run: () => (map.tool = map.tool === 'lasso' ? null : 'lasso'),
    },
    {
      id: 'map-measure',
      get name() {
        return texts.measureADistance
      },
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
      get name() {
        return texts.theme(choice)
      },
      scope: 'look',
      icon: MoonIcon,
      run: () => (themes.choice = choice),
    })),
  ]
}
