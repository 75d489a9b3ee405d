import { translated } from '../../language/translated.ts'

export const english = {
  tier: 'Tier',
  allTiers: 'All tiers',
  great: 'Great',
  common: 'Common',
  unknown: 'Unknown',
  found: (total: string) => `${total} found`,
  newFindsDoNotArrive: (liveFault: string) => `New finds do not arrive: ${liveFault}`,
  noRareHadBeenFound: 'No rare had been found by then.',
  noRareHasBeenFound: 'No rare has been found yet. It will appear here by itself.',
  rares: 'Rares',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
