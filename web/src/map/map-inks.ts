import type { Theme } from '../ui/theme.ts'
import type { Activity } from '../world/activity.ts'

/** Colours of one theme on the canvas, which cannot read CSS variables on every stroke. */
export interface MapInks {
  theme: Theme
  /** Beyond the edge of the world. */
  beyond: string
  frame: string
  grid: string
  gridAxis: string
  gridText: string
  gridHalo: string
  landblock: string
  landblockText: string
  town: string
  townHalo: string
  name: string
  nameHalo: string
  dotEdge: string
  selected: string
  contour: string
  ring: string
  rare: string
  activity: Record<Activity, string>
  /** Lightness of computed colours (health, kills per hour) that stands off this theme's ground. */
  lightness: number
}

export const mapInks: Record<Theme, MapInks> = {
  dark: {
    theme: 'dark',
    beyond: '#070c11',
    frame: 'rgb(150 180 200 / .30)',
    grid: 'rgb(160 190 210 / .085)',
    gridAxis: 'rgb(160 190 210 / .34)',
    gridText: 'rgb(170 195 212 / .85)',
    gridHalo: 'rgb(7 12 17 / .8)',
    landblock: 'rgb(160 190 210 / .10)',
    landblockText: 'rgb(160 190 210 / .42)',
    town: '#e9dab0',
    townHalo: 'rgb(7 12 17 / .82)',
    name: '#f0f5fa',
    nameHalo: 'rgb(5 9 13 / .88)',
    dotEdge: 'rgb(5 9 13 / .92)',
    selected: '#ffffff',
    contour: 'rgb(205 195 150 / .17)',
    ring: 'rgb(5 9 13 / .75)',
    rare: '#ffc94d',
    activity: { hunting: '#86efac', travelling: '#7dd3fc', idle: '#b3c0cd', dead: '#ff7b7b' },
    lightness: 64,
  },
  light: {
    theme: 'light',
    beyond: '#aec3ce',
    frame: 'rgb(50 75 95 / .45)',
    grid: 'rgb(40 65 90 / .10)',
    gridAxis: 'rgb(40 65 90 / .38)',
    gridText: 'rgb(40 62 82 / .92)',
    gridHalo: 'rgb(235 242 246 / .85)',
    landblock: 'rgb(40 65 90 / .13)',
    landblockText: 'rgb(40 65 90 / .55)',
    town: '#4d3817',
    townHalo: 'rgb(252 250 244 / .88)',
    name: '#0f1922',
    nameHalo: 'rgb(255 255 255 / .92)',
    dotEdge: 'rgb(255 255 255 / .95)',
    selected: '#0f1922',
    contour: 'rgb(100 75 30 / .20)',
    ring: 'rgb(255 255 255 / .85)',
    rare: '#b25a00',
    activity: { hunting: '#0f8a46', travelling: '#0a6cb0', idle: '#5b6875', dead: '#cf1f1f' },
    lightness: 38,
  },
  contrast: {
    theme: 'contrast',
    beyond: '#000',
    frame: '#fff',
    grid: 'rgb(255 255 255 / .22)',
    gridAxis: 'rgb(255 255 255 / .75)',
    gridText: '#fff',
    gridHalo: '#000',
    landblock: 'rgb(255 255 255 / .24)',
    landblockText: 'rgb(255 255 255 / .85)',
    town: '#ffe08a',
    townHalo: '#000',
    name: '#fff',
    nameHalo: '#000',
    dotEdge: '#000',
    selected: '#ffd60a',
    contour: 'rgb(255 255 255 / .25)',
    ring: '#000',
    rare: '#ffd60a',
    activity: { hunting: '#3dff8b', travelling: '#5ecbff', idle: '#e6e6e6', dead: '#ff6b6b' },
    lightness: 68,
  },
}
