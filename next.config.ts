import { existsSync, writeFileSync } from 'node:fs'
import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { MAX_FORM_BYTES } from './lib/http/max-form-bytes'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

const DEFAULT_DIST_DIR = '.next'

// Two builds (a test run and a demo, say) must not overwrite each other.
const distDir = process.env.NEXT_DIST_DIR ?? DEFAULT_DIST_DIR

/** Next.js writes the build folder into the tsconfig it is given: another folder gets a file of its own, not in git. */
function tsconfigPath(): string {
  if (distDir === DEFAULT_DIST_DIR) return 'tsconfig.json'
  const path = 'tsconfig.dist.json'
  const include = ['**/*.ts', '**/*.tsx', `${distDir}/types/**/*.ts`, `${distDir}/dev/types/**/*.ts`]
  if (!existsSync(path)) writeFileSync(path, JSON.stringify({ extends: './tsconfig.json', include }))
  return path
}

// Pages named page.bench.tsx exist only in a build that is made to be measured (tests/bench/pages.ts).
const isForBench = process.env.BENCH_PAGES === '1'

const config: NextConfig = {
  distDir,
  ...(isForBench ? { pageExtensions: ['bench.tsx', 'tsx', 'ts'] } : {}),
  // Types are a check of their own (npm run check), over tests and scripts too.
  typescript: { ignoreBuildErrors: true, tsconfigPath: tsconfigPath() },
  poweredByHeader: false,
  reactStrictMode: true,
  // Node-only packages: bundling them breaks their dynamic requires or doubles their singletons.
  serverExternalPackages: ['pg', 'pg-copy-streams', '@prisma/client', '@prisma/adapter-pg', 'graphile-worker', 'hucre'],
  experimental: {
    serverActions: { bodySizeLimit: MAX_FORM_BYTES },
    proxyClientMaxBodySize: MAX_FORM_BYTES,
  },
}

export default withNextIntl(config)
