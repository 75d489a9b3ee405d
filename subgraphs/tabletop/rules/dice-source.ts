// Chance of the tabletop. An epoch has one secret; each of its rolls is the next number of the epoch. The commitment of
// the epoch is published before its first roll and the secret after its last, so anyone can compute every roll again.
import { createHash, createHmac } from 'node:crypto'
import { RuleError, wholeNumber } from './rule-error.ts'

/** What a roll is computed from. Everything but `secret` is public from the start. */
export interface RollSeed {
  /** 64 hexadecimal digits (32 random bytes), secret until the epoch has ended. */
  secret: string
  /** `<epoch id>.<number>`, never used twice. */
  rollId: string
  /** Text of the participants, fixed after the commitment was published; '' if they gave none. */
  salt: string
  /** The commitment of the roll's epoch, computed once an epoch. */
  commitment: string
}

/** An epoch, as it is stored: a turn, a scene or a session, whatever the caller reveals at once. */
export interface Epoch {
  /** 1 to 80 characters: letters, digits, `-` and `_`. Unique for ever. */
  epochId: string
  secret: string
  salt: string
  /** The number of the next roll, from 1. Stored with the results of a roll in one transaction. */
  nextRoll: number
}

/** Gives each roll its seed, in order. */
export interface DiceSource {
  next(): RollSeed
  /** The epoch with the next unused number, to be stored. */
  epoch(): Epoch
}

const secretForm = /^[0-9a-f]{64}$/
const epochForm = /^[A-Za-z0-9_-]{1,80}$/
const rollForm = /^([A-Za-z0-9_-]{1,80})\.[1-9][0-9]{0,14}$/
const mostSalt = 200

/**
 * The commitment of an epoch: sha256 of the text `overlord-dice-1`, the epoch id and the secret, one a line, without a
 * line break at the end; 64 hexadecimal digits.
 */
export function commitmentOf(epochId: string, secret: string): string {
  if (!epochForm.test(epochId)) throw new RuleError('epochId', 'must be 1 to 80 letters, digits, - or _')
  if (!secretForm.test(secret)) throw new RuleError('secret', 'must be 64 lower-case hexadecimal digits')
  return createHash('sha256').update(`overlord-dice-1\n${epochId}\n${secret}`).digest('hex')
}

/** The epoch of a roll id. */
export function epochOf(rollId: string): string {
  const found = rollForm.exec(rollId)
  if (!found) throw new RuleError('rollId', 'must be an epoch id, a dot and a number from 1')
  return found[1]!
}

/** Numbers the rolls of an epoch, from its `nextRoll`. */
export function diceSource(epoch: Epoch): DiceSource {
  const { secret, salt, epochId } = epoch
  const commitment = commitmentOf(epochId, secret)
  let nextRoll = wholeNumber('nextRoll', epoch.nextRoll, 1, 1e15 - 1)
  return {
    next: () => ({ secret, salt, commitment, rollId: `${epochId}.${nextRoll++}` }),
    epoch: () => ({ ...epoch, nextRoll }),
  }
}

/**
 * The dice of a roll, one a call, 1 to 6, each with the same probability. Block k is the HMAC-SHA256, keyed with the
 * bytes of the secret, of `<rollId>\n<salt>\n<question>\n<k>`, k from 0. Its bytes below 252 are dice: 1 + byte mod 6.
 * The question is what is rolled, `<kind> <dice> <target number>`: another target number afterwards is another roll.
 */
export function facesOf(seed: RollSeed, question: string): () => number {
  epochOf(seed.rollId)
  if (!secretForm.test(seed.secret)) throw new RuleError('secret', 'must be 64 lower-case hexadecimal digits')
  if (seed.salt.length > mostSalt) throw new RuleError('salt', `must have at most ${mostSalt} characters`)
  const key = Buffer.from(seed.secret, 'hex')
  let block: Buffer = Buffer.alloc(0)
  let blocks = 0
  let at = 0
  return () => {
    for (;;) {
      if (at === block.length) {
        block = createHmac('sha256', key).update(`${seed.rollId}\n${seed.salt}\n${question}\n${blocks++}`).digest()
        at = 0
      }
      const byte = block[at++]!
      // 252 is the largest multiple of 6 in a byte: taking the rest as well would favour low faces.
      if (byte < 252) return 1 + (byte % 6)
    }
  }
}
