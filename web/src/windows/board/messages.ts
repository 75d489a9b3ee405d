import { translated } from '../../language/translated.ts'
import { plural } from '../../language/plural.ts'

export const english = {
  thisNoteIsGone: 'This note is gone.',
  open: 'Open',
  done: 'Done',
  markAsDone: 'Mark as done',
  openAgain: 'Open again',
  comments: 'Comments',
  comment: 'Comment',
  add: 'Add',
  theCommentWasNotAdded: 'The comment was not added',
  theNoteWasNotChanged: 'The note was not changed',
  allNotes: '← All notes',
  findANote: 'Find a note',
  state: 'State',
  all: 'All',
  newNote: 'New note',
  title: 'Title',
  addNote: 'Add note',
  text: 'Text',
  thisMayBeOld: (fault: string) => `This may be old: ${fault}`,
  olderNotesAreNotListed: (left: string) => `${left} older notes are not listed.`,
  noNoteFits: 'No note fits.',
  notes: 'Notes',
  commentsOfCommentCount: (commentCount: number, shown: string) =>
    plural(commentCount, { one: '1 comment', other: `${shown} comments` }),
  openLabel: 'open',
  doneLabel: 'done',
  theNoteWasNotAdded: 'The note was not added',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
