import { translated } from '../../../language/translated.ts'

export const english = {
  measure: 'Measure',
  selectMany: 'Select many',
  addTheMiddle: 'Add the middle',
  undo: 'Undo',
  done: 'Done',
  clickOrSpaceAPlace: 'Click or Space: a place · arrows and dragging pan · Esc ends',
  drawAroundTheCharactersTo: 'Draw around the characters to select',
  cancel: 'Cancel',
  withoutThisBarShiftAnd: 'Without this bar: Shift and drag · Ctrl adds · Space on the map picks the selected dot',
  clickTheFirstPlace: 'Click the first place',
  clickTheNextPlace: 'Click the next place',
  towards: (way: string, way2: string | number) => `${way}, towards ${way2}`,
  m: (metres: number) => `${metres} m`,
  km: (metres: string) => `${metres} km`,
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
