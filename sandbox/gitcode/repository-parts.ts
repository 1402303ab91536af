import { createHash } from 'node:crypto'
import type { SandboxContext } from '../http/types'
import { latestReleaseOf, rootFilesOf } from '../world/root-files'
import type { Repository } from '../world/types'
import { gitcodeTime } from './time'

/** The newest release, or null. Only when it was made is told. */
export function shownRelease(repository: Repository) {
  const release = latestReleaseOf(repository)
  if (release === null) return null
  return {
    id: repository.id % 1_000_000,
    tag_name: release.tag,
    target_commitish: repository.defaultBranch,
    prerelease: false,
    name: release.name,
    body: '',
    created_at: gitcodeTime(release.at),
    assets: [],
  }
}

/** A file at the root with what stands in it, or null. */
export function shownFile(context: SandboxContext, { owner, name, ...repository }: Repository, path: string) {
  const file = rootFilesOf({ ...repository, owner, name }).find((one) => one.name === path)
  if (!file) return null
  return {
    type: 'file',
    encoding: 'base64',
    size: Buffer.byteLength(file.text),
    name: file.name,
    path: file.name,
    content: Buffer.from(file.text, 'utf8').toString('base64'),
    sha: createHash('sha1').update(file.text).digest('hex'),
    url: `${context.origin}/gitcode/api/v5/repos/${owner}/${name}/contents/${file.name}`,
    html_url: `${context.origin}/gitcode/${owner}/${name}/blob/${repository.defaultBranch}/${file.name}`,
    download_url: null,
  }
}
