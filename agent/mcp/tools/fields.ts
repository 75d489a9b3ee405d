// Fields that several tools share.
import { z } from 'zod'

/** A number that may not be known. */
export const figure = z.number().nullable()

export const characterName = z.string().min(1).max(100)

export const HOUR_MS = 3_600_000

/** How far back a tool looks. */
export const hours = (fallback: number, most = 8_760) =>
  z.number().min(0.1).max(most).default(fallback).describe('How far back.')

/** The moment so many hours before. */
export const hoursBefore = (now: Date, count: number): string => new Date(now.getTime() - count * HOUR_MS).toISOString()
