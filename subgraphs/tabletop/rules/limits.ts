/** Bounds of what a caller may ask for. They keep one request from using a process for long. */
export const limits = {
  /** Dice of one roll. */
  dice: 100,
  /** Target numbers before the floor, and modifiers in either direction. */
  targetNumber: 99,
  /** Attributes, skills, Force, Power. */
  rating: 50,
  metres: 100_000,
} as const
