import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import importX, { createNodeResolver } from 'eslint-plugin-import-x'
import { tsImport } from 'tsx/esm/api'

// The list of rooms is TypeScript, which Node 20 does not read by itself.
const { roomsPlugin } = await tsImport('./scripts/rooms/lint.ts', import.meta.url)
const { textsPlugin } = await tsImport('./scripts/texts/lint.ts', import.meta.url)
/** A line has at most 120 characters, unless it matches a pattern of what Prettier keeps on one line. */
const maxLength = (ignorePattern) => [
  'error',
  { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true, ...(ignorePattern && { ignorePattern }) },
]
const browserSafe = ['shared/contract/**/*.ts', 'shared/world/**/*.ts', 'web/src/**/*.{ts,vue}']

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'data', '**/generated/**', '**/*.gen.ts', 'shared/world/dereth/facts'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    files: ['**/*.{ts,mts,cts,tsx,js,mjs,cjs,jsx,vue}'],
    plugins: { 'import-x': importX, rooms: roomsPlugin },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.vue', '.js'] })],
      'import-x/extensions': ['.ts', '.vue', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'], 'vue-eslint-parser': ['.vue'] },
    },
    rules: {
      'rooms/law': 'error',
      'import-x/no-default-export': 'error',
      'max-lines': ['error', { max: 300 }],
      'max-len': maxLength(),
      // A longer one says why beside it: `eslint-disable-next-line max-lines-per-function -- the reason`.
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only main.ts reads the environment; take a config instead.' },
        { object: 'process', property: 'exit', message: 'Dispose and let the process end.' },
      ],
      'no-restricted-imports': [
        'error',
        ...['process', 'node:process'].map((name) => ({
          name,
          message: 'Only main.ts reads the environment, and nothing calls exit: see no-restricted-properties.',
        })),
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    // Tables in the form of text: names of functions, odds of items, syllables.
    files: [
      'subgraphs/telemetry/sql/guard/allowed.ts',
      'ingest/simulator/world/item-odds.ts',
      'ingest/simulator/world/item-templates.ts',
      'ingest/simulator/world/names.ts',
    ],
    rules: { 'max-len': 'off' },
  },
  {
    files: browserSafe,
    ignores: ['**/*.test.ts'],
    plugins: { 'import-x': importX },
    rules: { 'import-x/no-nodejs-modules': 'error' },
  },
  {
    files: [
      '**/main.ts',
      'overlord.ts',
      'demo.ts',
      'doctor.ts',
      'tests/**',
      'scripts/**',
      '**/*.config.{ts,js}',
      '**/*.test.ts',
      'shared/testing/**',
    ],
    rules: {
      'no-restricted-properties': 'off',
      'no-restricted-imports': 'off',
      'import-x/no-default-export': 'off',
    },
  },
  {
    files: ['tests/**', '**/*.test.ts'],
    rules: {
      'max-lines': ['error', { max: 600 }],
      'max-lines-per-function': 'off',
      // The title of a test stays on one line with its `it(`.
      'max-len': maxLength(String.raw`^\s*(?:it|describe)(?:\.\w+)?\(`),
    },
  },
  {
    files: ['codegen.ts', '**/*.vue', '*.config.*', 'web/*.config.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['web/**/*.vue'],
    rules: {
      // A `class` attribute stays on one line.
      'max-len': maxLength(String.raw`^\s*class="`),
      'vue/multi-word-component-names': 'error',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-spacing': 'off',
    },
  },
  {
    // What people read stands in a messages.ts; `window.ts` has the name of its window.
    files: ['web/src/**/*.{ts,vue}'],
    ignores: ['web/src/language/**', '**/*messages.ts', '**/*messages.*.ts', '**/window.ts', '**/*.test.ts'],
    plugins: { texts: textsPlugin },
    rules: { 'texts/in-messages': 'error' },
  },
)
