import { translated } from '../../language/translated.ts'
import { plural } from '../../language/plural.ts'

export const english = {
  theAssistantIsNotRunning: 'The assistant is not running: questions are not answered.',
  newAnswersDoNotArrive: (liveFault: string) => `New answers do not arrive: ${liveFault}`,
  askAboutTheGuildAs: 'Ask about the guild as it is now.',
  questionsAndAnswers: 'Questions and answers',
  earlierQuestions: 'Earlier questions',
  builtInLookUpNo: 'built-in look-up, no language model',
  whoIsOnline: 'who is online',
  raresLast24Hours: 'rares last 24 hours',
  serverHealth: 'server health',
  findLegendaryStrengthBracelets: 'find legendary strength bracelets',
  noQuestionsLeftUntil: (nextQuestionAt: string) => `No questions left until ${nextQuestionAt}`,
  ofQuestionsLeftThisHour: (questionsLeft: string | number, questionsPerHour: string | number) =>
    `${questionsLeft} of ${questionsPerHour} questions left this hour`,
  question: 'Question',
  askSomethingSuchAsWho: 'Ask something, such as: who is online',
  enterSendsShiftAndEnter: 'Enter sends, Shift and Enter begin a new line, Escape stops',
  ask: 'Ask',
  chats: 'Chats',
  newChat: 'New chat',
  chat: 'Chat',
  tool: (title: string) => `Tool ${title}`,
  showInMindsEye: 'Show in Mind’s Eye',
  calledWithoutArguments: 'Called without arguments.',
  rowsOf: (title: string) => `Rows of ${title}`,
  notAllOfTheRows: (total: string) => `Not all of the ${total} rows are here.`,
  working: 'working …',
  rowsMs: (total: string, total2: number, ms: string) =>
    `${total} ${plural(total2, { one: 'row', other: 'rows' })} · ${ms} ms`,
  questionOfMessage: (message: string) => `Question: ${message}`,
  retry: (message: string) => `Retry: ${message}`,
  retryLabel: 'Retry',
  asked: 'Asked',
  theAnswerEndedEarly: 'The answer ended early.',
  failed: 'failed',
  yes: 'yes',
  no: 'no',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
