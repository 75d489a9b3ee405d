// Imported first by every program that serves: libraries read NODE_ENV when they are loaded. Without `production`
// graphql-js looks for a second copy of itself at each type it compares.
// eslint-disable-next-line no-restricted-properties -- read by libraries, and no setting of ours
process.env['NODE_ENV'] ??= 'production'
