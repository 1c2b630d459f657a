/** One comment for each workflow job: found again by its marker and its author, and updated in place. */
import { fields, text } from '../base/read.ts'
import { revealHandedOn } from '../report/page/digest.ts'
import type { Octokit } from './client.ts'
import { statusOf } from './client.ts'
import { markerOf } from './identity.ts'

/** As GitHub's API names it. */
export interface Repository {
  owner: string
  repo: string
}

/** A comment of this action in a pull request. */
export interface Comment {
  id: number
  /** Its first line, of the workflow job that it is of. */
  marker: string
  body: string
}

/** Which comment to look for. */
export interface Wanted {
  /** That of this step. */
  marker: string
  /** Jobs that may have been handed on to this run, in lower case: the comment that tells of it goes before. */
  jobIds: string[]
}

/** Who writes with the GITHUB_TOKEN of a workflow. */
const actionsBot = 'github-actions[bot]'

/**
 * The login that the token's comments carry. REST does not tell an app who it is (`GET /user` is refused for it),
 * GraphQL does, `[bot]` included (marocchino/sticky-pull-request-comment#332). Where it is refused, the token is
 * taken for the workflow's own, whose name is known.
 */
export async function loginOf(octokit: Octokit): Promise<string> {
  try {
    const data = await octokit.graphql<unknown>('query { viewer { login } }')
    const login = text(fields(fields(data).viewer).login)
    if (login === '') throw new Error('GitHub answered without data who the token belongs to')
    return login
  } catch (error) {
    const refused = error instanceof Error && error.name === 'GraphqlResponseError'
    if (!refused && ![403, 404].includes(statusOf(error) ?? 0)) throw error
    return actionsBot
  }
}

/**
 * The comment of this step, the oldest if a race left two. Anyone can write the marker, and a workflow may repeat
 * what anyone wrote: so the author has to be the token's own, and the marker has to come first.
 *
 * A run that goes on with a backup belongs to another workflow, and its marker is another one. It finds the comment of
 * the run before it by the jobs that were handed on, which the comment remembers and the run was started with: so the
 * dispatch carries nothing that only a comment needs, and a comment is found where the chain was begun by hand too.
 */
export async function findComment(
  octokit: Octokit,
  repository: Repository,
  pullRequest: number,
  { marker, jobIds }: Wanted,
  login: string,
): Promise<Comment | undefined> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    ...repository,
    issue_number: pullRequest,
    per_page: 100,
  })
  let own: Comment | undefined
  for await (const { data } of pages) {
    const ours = data.flatMap(({ id, user, body = '' }): Comment[] => {
      const found = user?.login === login ? markerOf(body) : undefined
      return found === undefined ? [] : [{ id, marker: found, body }]
    })
    const before = ours.find(({ body }) => revealHandedOn(body).some((id) => jobIds.includes(id)))
    if (before !== undefined) return before
    own ??= ours.find((one) => one.marker === marker)
    if (own !== undefined && jobIds.length === 0) return own
  }
  return own
}

/** Updates the comment, or writes one where there is none, or where it was deleted meanwhile. */
export async function writeComment(
  octokit: Octokit,
  repository: Repository,
  pullRequest: number,
  known: Comment | undefined,
  body: string,
): Promise<void> {
  if (known !== undefined) {
    try {
      await octokit.rest.issues.updateComment({ ...repository, comment_id: known.id, body })
      return
    } catch (error) {
      if (statusOf(error) !== 404) throw error
    }
  }
  await octokit.rest.issues.createComment({ ...repository, issue_number: pullRequest, body })
}
