import { describe, expect, it } from 'vitest'
import { readAllegiance, readableName, sortSkills } from './sheet.ts'

describe('sheet', () => {
  it('writes names as people do', () => expect(readableName('war_magic')).toBe('War magic'))
  it('reads an allegiance with names or with objects, and nothing out of nonsense', () => {
    expect(
      readAllegiance({ name: 'Lamp', monarch: { name: 'Elysa' }, patron: 'Borelean', vassals: [{ name: 'Talin' }, 7] }),
    ).toEqual({
      name: 'Lamp',
      rank: null,
      followers: null,
      monarch: 'Elysa',
      patron: 'Borelean',
      vassals: ['Talin'],
    })
    for (const nonsense of [null, 7, 'x', {}, []]) expect(readAllegiance(nonsense)).toBeNull()
  })
  it('puts specialized skills first, the best first within', () => {
    const skills = [
      { name: 'run', base: 500, training: 'UNTRAINED' },
      { name: 'life', base: 300, training: 'TRAINED' },
      { name: 'war', base: 200, training: 'SPECIALIZED' },
      { name: 'void', base: 400, training: 'SPECIALIZED' },
    ]
    expect(sortSkills(skills).map((skill) => skill.name)).toEqual(['void', 'war', 'life', 'run'])
  })
})
