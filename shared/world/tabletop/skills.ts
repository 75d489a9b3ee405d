// Skills of the second edition, as far as the skill web and the rules name them.

export const skillCategories = ['combat', 'technical', 'social', 'magical', 'vehicle', 'knowledge', 'physical'] as const
export type SkillCategory = (typeof skillCategories)[number]

const combat = ['Firearms', 'Gunnery', 'Projectile Weapons', 'Throwing Weapons', 'Armed Combat', 'Unarmed Combat']
const technical = ['Computer', 'Electronics', 'Biotech', 'Demolitions']
const social = ['Etiquette', 'Interrogation', 'Leadership', 'Negotiation']
const vehicle = ['Bike', 'Car', 'Hovercraft', 'Rotor Craft', 'Vectored Thrust', 'Winged Aircraft']
const knowledge = [
  'Biology',
  'Computer Theory',
  'Cybertechnology',
  'Magical Theory',
  'Military Theory',
  'Physical Sciences',
  'Psychology',
  'Sociology',
]

/** Skills by category; a game master may use others, which then have no route on the skill web. */
export const skills: Readonly<Record<SkillCategory, readonly string[]>> = {
  combat,
  technical,
  social,
  magical: ['Conjuring', 'Sorcery'],
  vehicle,
  knowledge,
  physical: ['Athletics', 'Stealth'],
}
