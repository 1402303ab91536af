// The import directions of the house: who may know whom. `npm run check` fails when one is broken.
// Tests beside the code (*.test.ts) may reach further: they set the scene with the real thing.

import type { ICruiseOptions, IResolveOptions, IRegularForbiddenRuleType as Rule } from 'dependency-cruiser'

const TEST = '[.]test[.]tsx?$'
/** Folders of lib that are no feature; every other one is. */
const layers = 'auth|cli|config|db|domain|http|i18n|log|platforms|queue|worker'
const feature = `^lib/(?!(?:${layers})/)([^/]+)/`
const code = '^(app|components|lib|sandbox|scripts|tests|prisma)/'
const prisma = '(^|node_modules/)(@prisma/|prisma/|pg/|pg-copy-streams/)'
const octokit = '(^|node_modules/)@octokit/'
const queueLibrary = '(^|node_modules/)graphile-worker/'

function forbid(name: string, comment: string, from: Rule['from'], to: Rule['to']): Rule {
  return { name, comment, severity: 'error', from, to }
}

export const forbidden: Rule[] = [
  forbid(
    'domain-imports-nothing',
    'The rules are plain functions over plain values: lib/domain imports itself, zod and hashing.',
    { path: '^lib/domain/', pathNot: TEST },
    { pathNot: '^lib/domain/|(^|node_modules/)zod/|^(node:)?crypto$' },
  ),
  forbid(
    'only-db-imports-prisma',
    'Only lib/db knows Prisma and pg; features call its named functions.',
    { path: '^(app|components|lib)/', pathNot: `^lib/db/|${TEST}` },
    { path: `${prisma}|^lib/db/generated/` },
  ),
  forbid(
    'only-queue-imports-the-queue-library',
    'Only lib/queue knows graphile-worker; the rest calls enqueue.',
    { path: '^(app|components|lib)/', pathNot: `^lib/queue/|${TEST}` },
    { path: queueLibrary },
  ),
  forbid(
    'only-platforms-imports-octokit',
    'Only lib/platforms talks to GitHub, Gitee and the others.',
    { path: '^(app|components|lib)/', pathNot: `^lib/platforms/|${TEST}` },
    { path: octokit },
  ),
  forbid(
    'feature-never-imports-feature',
    'What two features need moves down to domain or db; what must follow goes through the queue.',
    { path: feature, pathNot: TEST },
    { path: feature, pathNot: '^lib/$1/' },
  ),
  forbid(
    'features-look-down',
    'Features import domain, db, platforms, queue, config, log and i18n.',
    { path: feature, pathNot: TEST },
    {
      path: '^(lib|app|components|scripts)/',
      pathNot: `${feature}|^lib/(domain|db|platforms|queue|config|log|i18n)/`,
    },
  ),
  forbid(
    'db-knows-no-feature',
    'lib/db imports domain, config and log.',
    { path: '^lib/db/', pathNot: TEST },
    { path: '^(lib|app|components|scripts)/', pathNot: '^lib/(db|domain|config|log)/' },
  ),
  forbid(
    'platforms-know-no-feature',
    'lib/platforms imports domain, config and log.',
    { path: '^lib/platforms/', pathNot: TEST },
    { path: '^(lib|app|components|scripts)/', pathNot: '^lib/(platforms|domain|config|log)/' },
  ),
  forbid(
    'queue-knows-no-feature',
    'lib/queue imports domain, db, config and log; handlers live in lib/worker.',
    { path: '^lib/queue/', pathNot: TEST },
    { path: '^(lib|app|components|scripts)/', pathNot: '^lib/(queue|db|domain|config|log)/' },
  ),
  forbid(
    'components-only-show',
    'Components import components, domain, i18n and what features show (schema.ts, view.ts).',
    { path: '^components/', pathNot: TEST },
    { path: '^(lib|app|scripts)/', pathNot: `^lib/(domain|i18n)/|${feature.replace('^', '')}(schema|view)[.]ts$` },
  ),
  forbid(
    'app-has-no-query',
    'Pages and routes call features; they never reach past them.',
    { path: '^app/', pathNot: TEST },
    { path: '^lib/(db|platforms|queue|worker|cli)/|^scripts/' },
  ),
  forbid(
    'lib-knows-no-screen',
    'Nothing in lib imports app or components.',
    { path: '^lib/', pathNot: TEST },
    { path: '^(app|components)/' },
  ),
  forbid(
    'lib-needs-no-scripts',
    'What runs in production does not import scripts.',
    { path: '^(lib|app|components)/', pathNot: TEST },
    { path: '^scripts/' },
  ),
  forbid(
    'nothing-imports-tests-or-sandbox',
    'Tests and sandbox are outside of the house.',
    { path: '^(app|components|lib|scripts|prisma)/', pathNot: TEST },
    { path: '^(tests|sandbox)/' },
  ),
  forbid(
    'sandbox-is-the-outside-world',
    'The sandbox imports nothing of ours but types, or it would agree with our mistakes.',
    { path: '^sandbox/', pathNot: `${TEST}|^sandbox/demo` },
    { path: '^(lib|app|components)/', dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'no-circles',
    'Two files that need each other are one, or miss a third.',
    { path: code },
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  ),
  forbid(
    'imports-resolve',
    'The import leads nowhere.',
    { path: code },
    { couldNotResolve: true, pathNot: '^@octokit/openapi-types$' },
  ),
  forbid(
    'no-development-dependency-in-production',
    'npm ci --omit=dev must be enough to run.',
    { path: '^(app|components|lib)/', pathNot: TEST },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|node_modules/)@types/' },
  ),
]

export const cruiseOptions: ICruiseOptions = {
  parser: 'swc',
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '^(lib/db/generated|[.]next)/' },
}

export const resolveOptions: Partial<IResolveOptions> = {
  exportsFields: ['exports'],
  conditionNames: ['import', 'require', 'node', 'default', 'types'],
  extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
}
