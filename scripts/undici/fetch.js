// For Octokit alone.
import web from 'undici/lib/web/fetch/index.js'

export const { fetch } = web
