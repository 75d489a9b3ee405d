import { translated } from '../language/translated.ts'

export const english = {
  show: 'Show',
  ofTheLast24Hours: 'Of the last 24 hours',
  layers: 'Layers',
  timesOfTheTrails: 'Times of the trails…',
  ofTheGuild: 'Of the guild',
  marks: 'Marks',
  colourBy: 'Colour by',
  filters: 'Filters',
  filtersLabel: 'Filters…',
  on: (onCount: string) => `${onCount} on`,
  onlyMine: 'Only mine',
  onlyFavourites: 'Only favourites',
  old: (count: string, Date: string) => `${count} · ${Date} old`,
}

export const texts = translated(english, import.meta.glob('./map-choices.messages.*.ts'))
