/** The part of GitHub's API that is needed: comments of pull requests, dispatches, and who one is by GraphQL. */
import { type Answer, type Handler, jsonBody, type SeenRequest } from '../http/exchange.ts'
import { paged, refusal } from './answers.ts'
import { dispatch } from './dispatch.ts'
import { addComment, type GitHubWorld, type PullRequest, type PullRequestComment } from './world.ts'

/** Path of the API on GitHub Enterprise Server; on github.com it has a host of its own and no path. */
export const API_PATH = '/api/v3'

/** GitHub counts UTF-16 units or characters, whichever; what is longer is refused (422). */
const longestBody = 65_536

/**
 * The API, with or without `/api/v3` before its paths. It leaves what it does not know to the next handler, so
 * that it can share a server.
 */
export function createGitHubApi(world: GitHubWorld): Handler {
  const repository = new RegExp(`^/repos/${world.repository}(/.*)$`, 'i')
  return (request) => {
    const path = request.path.startsWith(`${API_PATH}/`) ? request.path.slice(API_PATH.length) : request.path
    const isGraphql = path === '/graphql' || path === '/api/graphql'
    const [, rest] = repository.exec(path) ?? []
    if (!isGraphql && rest === undefined) return undefined
    if (!/^(token|bearer) /i.test(request.headers.authorization ?? ''))
      return refusal(401, 'Requires authentication')
    if (request.headers.authorization?.split(' ')[1] !== world.token) return refusal(401, 'Bad credentials')
    return isGraphql ? viewer(world) : route(world, request, rest ?? '')
  }
}

function viewer(world: GitHubWorld): Answer {
  if (!world.tellsLogin) return refusal(403, 'Resource not accessible by integration')
  return { status: 200, body: { data: { viewer: { login: world.login } } } }
}

function route(world: GitHubWorld, request: SeenRequest, path: string): Answer {
  const { method } = request
  const [, pull] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? []
  const [, comment] = /^\/issues\/comments\/(\d+)$/.exec(path) ?? []
  const [, workflow] = /^\/actions\/workflows\/([^/]+)\/dispatches$/.exec(path) ?? []
  if (workflow !== undefined && method === 'POST') return dispatch(world, request, workflow)
  const writes = method !== 'GET'
  if (world.permission === 'none' || (writes && world.permission === 'read'))
    return refusal(403, 'Resource not accessible by integration')
  if (method === 'GET' && path === '/pulls') return listPullRequests(world, request)
  if (pull !== undefined) {
    if (!world.pullRequests.some(({ number }) => number === Number(pull))) return refusal(404, 'Not Found')
    if (method === 'GET') return listComments(world, request, Number(pull))
    if (method === 'POST')
      return withBody(request, (body) => ({
        status: 201,
        body: commentBody(addComment(world, Number(pull), world.login, body)),
      }))
  }
  if (comment !== undefined && method === 'PATCH') {
    const known = world.comments.find(({ id }) => id === Number(comment))
    if (known === undefined) return refusal(404, 'Not Found')
    return withBody(request, (body) => {
      known.body = body
      return { status: 200, body: commentBody(known) }
    })
  }
  return refusal(404, 'Not Found')
}

function listPullRequests(world: GitHubWorld, request: SeenRequest): Answer {
  const query = new URLSearchParams(request.query)
  const state = query.get('state') ?? 'open'
  const head = query.get('head')
  const found = world.pullRequests.filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      // GitHub ignores a head that is not `owner:branch`.
      (head === null || !head.includes(':') || head === `${pull.repository.split('/')[0]}:${pull.branch}`),
  )
  return paged(
    request,
    found.map((pull) => pullBody(world, pull)),
  )
}

function listComments(world: GitHubWorld, request: SeenRequest, pullRequest: number): Answer {
  const found = world.comments.filter((comment) => comment.pullRequest === pullRequest)
  return paged(request, found.map(commentBody))
}

function withBody(request: SeenRequest, write: (body: string) => Answer): Answer {
  const { body } = jsonBody(request)
  if (typeof body !== 'string' || body === '') return refusal(422, 'Validation Failed')
  if (body.length > longestBody)
    return refusal(422, `Validation Failed: Body is too long (maximum is ${longestBody} characters)`)
  return write(body)
}

function pullBody(world: GitHubWorld, pull: PullRequest) {
  const [owner = ''] = pull.repository.split('/')
  return {
    number: pull.number,
    state: pull.state,
    head: {
      ref: pull.branch,
      sha: pull.sha,
      label: `${owner}:${pull.branch}`,
      repo: { full_name: pull.repository, fork: pull.repository !== world.repository },
    },
    base: { ref: 'main', repo: { full_name: world.repository } },
  }
}

function commentBody({ id, login, body }: PullRequestComment) {
  const bot = login.endsWith('[bot]')
  return {
    id,
    body,
    user: { login, type: bot ? 'Bot' : 'User' },
    ...(bot ? { performed_via_github_app: { slug: login.replace('[bot]', '') } } : {}),
  }
}
