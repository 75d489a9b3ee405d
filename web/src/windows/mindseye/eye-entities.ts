// Draws who and what is in the world, with the names of players and bots.
import { placeNames, type Named } from './eye-labels.ts'
import { at, type EyeView } from './eye-view.ts'
import type { Entity } from './world-cells.ts'

const LABEL = '600 11px Inter, system-ui, sans-serif'

/** What lies over the others, and gets its name placed first. */
const ORDER: readonly Entity['kind'][] = ['PLAYER', 'BOT', 'CREATURE', 'ITEM']

export function paintEntities(
  ink: CanvasRenderingContext2D,
  view: EyeView,
  entities: readonly Entity[],
  focus: string | null,
): void {
  const byRank = ORDER.flatMap((kind) => entities.filter((entity) => entity.kind === kind))
  for (const entity of byRank.toReversed()) paintEntity(ink, view, entity, entity.name === focus)
  ink.font = LABEL
  const named = byRank.flatMap(({ kind, name, x, z }): Named[] => {
    if (kind === 'CREATURE' || kind === 'ITEM') return []
    const [left, top] = at(view, x + 0.5, z + 0.5)
    if (left < 0 || top < 0 || left > view.width || top > view.height) return []
    return [{ name, left, top, width: ink.measureText(name).width + 4, side: kind === 'BOT' ? 'below' : 'above' }]
  })
  for (const { name, left, top } of placeNames(named)) paintName(ink, name, left, top)
}

function paintEntity(ink: CanvasRenderingContext2D, view: EyeView, entity: Entity, isFocus: boolean): void {
  const [left, top] = at(view, entity.x + 0.5, entity.z + 0.5)
  ink.save()
  ink.lineWidth = 1.5
  ink.strokeStyle = '#10141d'
  ink.beginPath()
  if (entity.kind === 'BOT') {
    ink.fillStyle = '#d35400'
    ink.moveTo(left, top - 9)
    ink.lineTo(left + 8, top + 6)
    ink.lineTo(left - 8, top + 6)
    ink.closePath()
  } else if (entity.kind === 'PLAYER') {
    ink.fillStyle = isFocus ? '#ffd166' : '#f4f7fb'
    ink.arc(left, top, 6, 0, 2 * Math.PI)
  } else {
    ink.fillStyle = entity.name === 'zombie' ? '#7fb069' : '#c9cdd6'
    ink.rect(left - 3, top - 3, 6, 6)
  }
  ink.fill()
  ink.stroke()
  ink.restore()
}

function paintName(ink: CanvasRenderingContext2D, name: string, left: number, top: number): void {
  ink.save()
  ink.font = LABEL
  ink.textAlign = 'center'
  ink.lineWidth = 3
  ink.strokeStyle = 'rgb(12 16 24 / 0.85)'
  ink.strokeText(name, left, top)
  ink.fillStyle = '#fff'
  ink.fillText(name, left, top)
  ink.restore()
}
