import { createHash } from 'node:crypto'
import { latestReleaseOf, type RootFile, rootFilesOf } from '../../world/root-files'
import type { Repository } from '../../world/types'
import { nodeId } from '../node-ids'
import { time, type Urls } from '../urls'

/** The list of a repository's root. */
export function rootListing(urls: Urls, repo: Repository) {
  return rootFilesOf(repo).map((file) => entry(urls, repo, file))
}

/** One file with what stands in it, or null. */
export function rootFile(urls: Urls, repo: Repository, path: string) {
  const file = rootFilesOf(repo).find(({ name }) => name === path)
  if (!file) return null
  const content = Buffer.from(file.text, 'utf8').toString('base64')
  // In lines of sixty signs, as GitHub breaks them.
  return { ...entry(urls, repo, file), encoding: 'base64', content: `${content.replace(/.{60}/g, '$&\n')}\n` }
}

function entry(urls: Urls, repo: Repository, { name, text }: RootFile) {
  const url = `${urls.apiRepository(repo)}/contents/${name}?ref=${repo.defaultBranch}`
  const html = `${urls.repository(repo)}/blob/${repo.defaultBranch}/${name}`
  const sha = createHash('sha1').update(text).digest('hex')
  return {
    type: 'file',
    name,
    path: name,
    sha,
    size: Buffer.byteLength(text),
    url,
    html_url: html,
    git_url: `${urls.apiRepository(repo)}/git/blobs/${sha}`,
    download_url: null,
    _links: { self: url, html, git: `${urls.apiRepository(repo)}/git/blobs/${sha}` },
  }
}

/** The newest release, or null. */
export function latestRelease(urls: Urls, repo: Repository) {
  const release = latestReleaseOf(repo)
  if (release === null) return null
  return {
    id: repo.id % 1_000_000,
    node_id: nodeId('release', repo.id),
    url: `${urls.apiRepository(repo)}/releases/${repo.id % 1_000_000}`,
    html_url: `${urls.repository(repo)}/releases/tag/${release.tag}`,
    tag_name: release.tag,
    target_commitish: repo.defaultBranch,
    name: release.name,
    body: '',
    draft: false,
    prerelease: false,
    created_at: time(release.at),
    published_at: time(release.at),
    assets: [],
  }
}
