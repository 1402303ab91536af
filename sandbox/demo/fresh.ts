import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { findPrograms, placeForData } from '@/scripts/postgres/binaries'

/** Deletes what a demo keeps in its folder, and nothing else that may lie there. */
export function startOver(dataDir: string): void {
  const postgres = join(dataDir, 'postgres')
  const places = [
    postgres,
    placeForData(postgres, findPrograms().runAs),
    join(dataDir, 'secrets.json'),
    join(dataDir, 'logs'),
  ]
  for (const place of places) rmSync(place, { recursive: true, force: true })
}
