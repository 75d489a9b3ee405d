// The skill web: routes from what a character has to a skill it lacks (core p. 69, routes from a fan's drawing of it).
// `a - b` may be gone both ways, `a > b` only from a to b. Names with `o` and a number are circles; each one on a route
// adds to the target number. Other names without a skill or an attribute are joints, which add nothing.
import { core, type Certainty, type Fact } from './certainty.ts'

/** What each circle on a route adds to the target number. */
export const perCircle: Fact = core(2, '69')

export const skillWebCertainty: Certainty = 'web'

export interface WebLine {
  from: string
  to: string
  isOneWay: boolean
}

const drawing = `
quickness - joint1
joint1 - o1
o1 - athletics
joint1 - o2
o2 - o3
o3 - stealth
joint1 - o4
o4 - o5
o5 - firearms
o5 - gunnery
o4 - o6
o6 - projectile weapons
o6 - throwing weapons
joint1 > joint2
strength - o7
o7 > joint2
body - o8
o8 - o9
o9 > joint2
joint2 - o10
o10 - armed combat
joint2 - o11
o11 - unarmed combat
firearms - o12
o12 - firearms b/r
gunnery - o13
o13 - gunnery b/r
projectile weapons - o14
o14 - projectile weapons b/r
throwing weapons - o15
o15 - throwing weapons b/r
armed combat - o16
o16 - armed combat b/r
intelligence - o17
o17 - joint3
joint3 - o18
o18 - computer
o18 - electronics
joint3 - o19
o19 - o20
o20 - biotech
computer - o21
o21 - computer b/r
electronics - o22
o22 - electronics b/r
biotech - o23
o23 - biotech b/r
computer - o24
o24 - computer theory
o17 - o25
o25 - physical sciences
biotech - o26
o26 - cybertechnology
o26 - biology
charisma > joint4
joint4 - o27
o27 - o28
o28 - leadership
o28 - joint5
joint5 - etiquette
joint5 - o29
o29 - interrogation
o29 - negotiation
reaction - o30
o30 - bike
o30 - car
`

/** Every line of the web. Sorcery and Conjuring are not on it: nobody casts without the skill. */
export const skillWeb: readonly WebLine[] = drawing
  .trim()
  .split('\n')
  .map((line) => {
    const isOneWay = line.includes(' > ')
    const [from, to] = line.split(isOneWay ? ' > ' : ' - ')
    return { from: from!, to: to!, isOneWay }
  })

/** Whether a name of the web is a circle. */
export const isCircle = (name: string): boolean => /^o\d+$/.test(name)
