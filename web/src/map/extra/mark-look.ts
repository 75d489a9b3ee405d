import type { MapMarkColour } from '../../generated/types.ts'
import type { Theme } from '../../ui/theme.ts'

/** Colours of marks by theme: each stands off the ground and off its neighbours. */
export const markInks: Record<Theme, Record<MapMarkColour, string>> = {
  dark: {
    RED: '#ff8585',
    ORANGE: '#ffb066',
    YELLOW: '#ffe066',
    GREEN: '#7fe3a0',
    BLUE: '#7cc4ff',
    VIOLET: '#d0a3ff',
  },
  light: {
    RED: '#c62828',
    ORANGE: '#b45309',
    YELLOW: '#8a6d00',
    GREEN: '#15803d',
    BLUE: '#1d5fbf',
    VIOLET: '#7a2fc4',
  },
  contrast: {
    RED: '#ff6b6b',
    ORANGE: '#ffa040',
    YELLOW: '#ffe600',
    GREEN: '#3dff8b',
    BLUE: '#5ecbff',
    VIOLET: '#e0a8ff',
  },
}

/** Of characters that no filter finds. */
export const FADED: Record<Theme, string> = {
  dark: 'rgb(150 165 180 / .38)',
  light: 'rgb(70 85 100 / .34)',
  contrast: 'rgb(255 255 255 / .45)',
}
