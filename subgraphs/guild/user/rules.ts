import { MAX_PASSWORD, MIN_PASSWORD } from '../../../shared/auth/password.ts'
import { fault } from '../../../shared/errors.ts'

/** Refuses passwords too short to guard anything or too long to hash. */
export function checkNewPassword(password: string): void {
  if (password.length < MIN_PASSWORD || password.length > MAX_PASSWORD)
    throw fault('BAD_USER_INPUT', `A password has ${MIN_PASSWORD} to ${MAX_PASSWORD} characters.`)
}

/** Refuses names that cannot be distinguished or displayed. */
export function checkUsername(username: string): void {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._'-]{0,62}$/u.test(username))
    throw fault(
      'BAD_USER_INPUT',
      'A username has 1 to 63 letters, digits, blanks, dots, dashes or apostrophes, and begins with a letter or digit.',
    )
}
