import { translated } from '../language/translated.ts'

export const english = {
  changePassword: 'Change password',
  setAPassword: 'Set a password',
  yourOtherSessionsWillEnd: 'Your other sessions will end.',
  youCameByALink: 'You came by a link. Set a password to come back without one.',
  currentPassword: 'Current password',
  newPassword: 'New password',
  newPasswordAgain: 'New password again',
  cancel: 'Cancel',
  later: 'Later',
  setPassword: 'Set password',
  enterYourCurrentPassword: 'Enter your current password.',
  theNewPasswordNeedsAt: (least: number) => `The new password needs at least ${least} characters.`,
  theTwoNewPasswordsDiffer: 'The two new passwords differ.',
  passwordSet: 'Password set',
  yourOtherSessionsHaveEnded: 'Your other sessions have ended.',
}

export const texts = translated(english, import.meta.glob('./password-dialog.messages.*.ts'))
