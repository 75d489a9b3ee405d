import { describe, expect, it } from 'vitest'
import { blockColor, distinctBlockColor } from './block-colors.ts'

describe('the colour of a block', () => {
  it('is its own, with or without the namespace', () => {
    expect(blockColor('minecraft:water')).toBe('#3f6fc4')
    expect(blockColor('water')).toBe('#3f6fc4')
    expect(blockColor('air')).toBe('transparent')
  })
  it('is that of its family where the name is not listed', () => {
    expect(blockColor('cherry_leaves')).toBe(blockColor('oak_leaves'))
    expect(blockColor('birch_planks')).toBe(blockColor('oak_planks'))
  })
  it('differs between kinds of land for people who see few colours', () => {
    const kinds = ['water', 'lava', 'sand', 'oak_log', 'grass_block', 'stone', 'snow_block', 'bedrock', 'torch']
    expect(new Set(kinds.map((name) => distinctBlockColor(`minecraft:${name}`))).size).toBe(kinds.length)
    expect(distinctBlockColor('air')).toBe('transparent')
  })
  it('is one of its own for names that nobody knows, and for names of properties of objects', () => {
    expect(blockColor('constructor')).toBe(blockColor('flux capacitor'))
  })
})
