import { translated } from '../language/translated.ts'

export const english = {
  place: 'Place',
  stopFollowing: 'Stop following',
  follow: 'Follow',
  removeFromFavourites: 'Remove from favourites',
  addToFavourites: 'Add to favourites',
  sendACommand: 'Send a command…',
  commandsNeedTheLivePage: 'Commands need the live page',
  centreHere: 'Centre here',
  pinHere: 'Pin here…',
  circleHere: 'Circle here…',
  drawAnAreaFromHere: 'Draw an area from here…',
  selectManyWithALasso: 'Select many with a lasso',
  measureADistance: 'Measure a distance',
  takeOutOfTheSelection: 'Take out of the selection',
  addToTheSelectionOf: 'Add to the selection of many',
  copyCoordinates: 'Copy coordinates',
}

export const texts = translated(english, import.meta.glob('./map-menu.messages.*.ts'))
