import { translated } from '../../language/translated.ts'

export const english = {
  kindsShown: 'Kinds shown',
  zoomOut: 'Zoom out',
  zoomIn: 'Zoom in',
  noFrameEverNamed: (character: string) => `No frame ever named ${character}.`,
  noRadarHasBeenReported:
    'No radar has been reported within the last 30 seconds. The plugin sends it only while it is on: type',
  inTheGameCharactersThat: 'in the game. Characters that blur or hide their place have none.',
  whatPointsUp: 'What points up',
  old: (ageMs: string) => `${ageMs} old`,
  theRadarStoppedTheLast: (ageMs: string) =>
    `The radar stopped: the last picture is ${ageMs} old. The plugin sends it only while it is on.`,
  thisMayBeOld: (liveFault: string) => `This may be old: ${liveFault}`,
  nothingIsNear: 'Nothing is near.',
  theLegendHidesEverythingNear: 'The legend hides everything near.',
  objectsByDistance: 'Objects by distance',
  beyondM: (beyond: string, range: string | number) => `, ${beyond} beyond ${range} m`,
  objects: (rowCount: string, value: string | number, rings: string | number) =>
    `${rowCount} objects${value} · ${rings}`,
  northUp: 'North up',
  headingUp: 'Heading up',
  dungeon: (landblock: string | number) => `Dungeon ${landblock}`,
  placeUnknown: 'Place unknown',
  headingUnknown: 'heading unknown',
  heading: (heading: number, heading2: string | number) => `heading ${heading}° ${heading2}`,
  radarOfObjects: (character: string, rowCount: string, facing: string | number) =>
    `Radar of ${character}: ${rowCount} objects, ${facing}. `,
  plusAndMinusZoomThe: 'Plus and minus zoom. The list has the same objects as text.',
  ringsEveryMMapUnits: (step: string | number, step2: string) => `rings every ${step} m (${step2} map units)`,
  m: (radius: string | number) => `${radius} m`,
  monsters: 'Monsters',
  players: 'Players',
  portals: 'Portals',
  lifestones: 'Lifestones',
  corpses: 'Corpses',
  doors: 'Doors',
  otherObjects: 'Other objects',
  unknown: 'Unknown',
  unnamed: 'Unnamed',
  mOfMetres: (metres: string | number) => `${metres} m`,
  mapUnits: (text: string, metres: string) => `${text} (${metres} map units)`,
  above: 'above',
  below: 'below',
  mOfAbove: (above: string | number, value: string | number) => `${above} m ${value}`,
  npcs: 'NPCs',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
