import { EDGE, type Place } from '../../../shared/world/dereth/coordinates.ts'
import type { MapInks } from './map-inks.ts'

export type Ctx2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Where the eye is: a place in map units in the middle of the picture, and pixels a unit. */
export interface Camera {
  cx: number
  cy: number
  k: number
}

/** What is covered at each side of the picture, in pixels. */
export interface Sides {
  top: number
  right: number
  bottom: number
  left: number
}

/** What bars and panels cover at each side: labels of the graticule keep clear of it. */
export interface Insets extends Sides {
  /** How high above the lower edge the scale bar stands. */
  scale: number
}

/** Everything a layer may know when it draws. No DOM in it: a worker could draw the same. */
export interface View extends Camera {
  w: number
  h: number
  dpr: number
  inset: Insets
  inks: MapInks
  /** This page's clock. */
  now: number
  /** A finger or mouse moves the map right now. */
  moving: boolean
}

/** What of a view a picture depends on that holds places of the world. */
export type Frame = Pick<View, 'cx' | 'cy' | 'k' | 'w' | 'h' | 'dpr'>

export interface MapLayer {
  readonly id: string
  /** True if something is left for the next frame. */
  draw(ctx: Ctx2D, view: View): boolean | null | void
  /** The name of whatever lies under this point of the picture. */
  hit?(x: number, y: number): string | null
}

export const toX = (view: Camera & { w: number }, ew: number) => (ew - view.cx) * view.k + view.w / 2
export const toY = (view: Camera & { h: number }, ns: number) => (view.cy - ns) * view.k + view.h / 2
export const toEw = (view: Camera & { w: number }, x: number) => view.cx + (x - view.w / 2) / view.k
export const toNs = (view: Camera & { h: number }, y: number) => view.cy - (y - view.h / 2) / view.k

export const MAX_K = 320
/** The whole world with some sea around it. */
export const minK = (w: number, h: number) => (Math.min(w, h) / (2 * EDGE)) * 0.72

/** The world's square on the picture. */
export function worldBox(view: View) {
  const x = toX(view, -EDGE)
  const y = toY(view, EDGE)
  return { x, y, size: 2 * EDGE * view.k }
}

export function clampCamera(camera: Camera, w: number, h: number): Camera {
  const k = Math.min(MAX_K, Math.max(minK(w, h), camera.k))
  return { k, cx: Math.min(EDGE, Math.max(-EDGE, camera.cx)), cy: Math.min(EDGE, Math.max(-EDGE, camera.cy)) }
}

/** The camera that shows a square of the world in what the windows leave free. */
export function fitCamera(w: number, h: number, inset: Sides, half = EDGE + 2.5, cx = 0, cy = 0): Camera {
  const freeW = Math.max(120, w - inset.left - inset.right)
  const freeH = Math.max(120, h - inset.top - inset.bottom)
  const k = Math.min(freeW, freeH) / (2 * half)
  return clampCamera(centreOn({ ew: cx, ns: cy }, k, inset), w, h)
}

/** The camera that has a place in the middle of what the windows leave free. */
export function centreOn({ ew, ns }: Place, k: number, free: Sides): Camera {
  return { k, cx: ew - (free.left - free.right) / 2 / k, cy: ns + (free.top - free.bottom) / 2 / k }
}

/** The place in the middle of what the windows leave free: what `centreOn` centred on. */
export function freeMiddle({ cx, cy, k }: Camera, free: Sides): Place {
  return { ew: cx + (free.left - free.right) / 2 / k, ns: cy - (free.top - free.bottom) / 2 / k }
}

/**
 * `c=33.6,42.1,24`: the place in the middle of what the windows leave free, so that shared links and reloads show it in
 * the middle of what their own windows leave free.
 */
export function writeCamera(camera: Camera, free: Sides): string {
  const { ew, ns } = freeMiddle(camera, free)
  return `c=${ew.toFixed(2)},${ns.toFixed(2)},${camera.k.toFixed(2)}`
}

/** `2026-03-01T12:00:00Z`: a moment in milliseconds since 1970, to the second, as addresses have it. */
export const writeSecond = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** `&t=2026-03-01T12:00:00Z`: the moment that is shown, to the second; nothing while the clock is LIVE. */
export const writeMoment = (moment: number | null): string => (moment === null ? '' : `&t=${writeSecond(moment)}`)

/** The moment that an address names, in milliseconds since 1970; null without a usable one. */
export function readMoment(hash: string): number | null {
  const moment = Date.parse(new URLSearchParams(hash.replace(/^#/, '')).get('t') ?? '')
  return Number.isFinite(moment) ? moment : null
}

/** What `writeCamera` wrote behind `c=`: the place in the middle, and pixels a unit; null for anything else. */
export function readMiddle(text: string | null): (Place & { k: number }) | null {
  const [ew, ns, k] = (text ?? '').split(',').map(Number)
  if (![ew, ns, k].every((part) => Number.isFinite(part)) || k! <= 0) return null
  return { ew: ew!, ns: ns!, k: k! }
}

/** The camera that an address names; null without a usable one. */
export function readCamera(hash: string, free: Sides): Camera | null {
  const middle = readMiddle(new URLSearchParams(hash.replace(/^#/, '')).get('c'))
  return middle && centreOn(middle, middle.k, free)
}
