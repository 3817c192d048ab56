import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Resources } from '../resources.ts'
import { limits } from '../services/checked-input.ts'
import { ConflictError, ExpectedError, NotFoundError } from '../services/errors.ts'
import { rateConversation } from '../services/surveys/rate-conversation.ts'
import { readSurvey } from '../services/surveys/read-survey.ts'
import { BodyTooLargeError, readBody } from './read-body.ts'

const mostBytes = 32 * 1024
const style = `:root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}body{max-width:34rem;margin:2rem auto;padding:0 1rem}
fieldset{border:0;padding:0;margin:0 0 1.5rem}legend{padding:0;margin-bottom:.5rem}.scores label{display:inline-block;padding:.5rem .9rem .5rem 0}
input,button{width:auto}textarea{display:block;width:100%;box-sizing:border-box;font:inherit;margin-top:.5rem}button{font:inherit;padding:.6rem 1.4rem;margin-top:1.5rem}
:focus-visible{outline:3px solid Highlight;outline-offset:2px}[role=alert]{font-weight:bold}`
const styleHash = createHash('sha256').update(style).digest('base64')

const words = ['Very bad', 'Bad', 'Neither good nor bad', 'Good', 'Very good']

interface Answer {
  score: number | null
  comment: string
}

/**
 * GET shows a survey to whoever has its link, POST takes the answer: customers who follow a link in a mail have no key. The page loads nothing,
 * runs nothing, and shows nothing of the conversation.
 */
export async function serveSurveyPage(request: IncomingMessage, response: ServerResponse, token: string, resources: Resources): Promise<void> {
  try {
    const survey = await readSurvey(resources, token)
    if (request.method !== 'POST') {
      request.resume()
      return send(response, 200, form({ score: survey.rating?.score ?? null, comment: survey.rating?.comment ?? '' }))
    }
    const answer = answerIn(await readBody(request, mostBytes))
    try {
      const { score, comment } = await rateConversation(resources, { token, score: answer.score ?? Number.NaN, comment: answer.comment, by: null })
      const thanks = '<p role="status">Thank you. Your answer is stored; you can still change it below.</p>'
      send(response, 200, thanks + form({ score, comment: comment ?? '' }))
    } catch (error) {
      if (!(error instanceof ExpectedError) || error instanceof ConflictError) throw error
      const problem = answer.score === null ? 'Please choose one of the five.' : `Your comment cannot be stored: ${error.message}`
      send(response, 400, `<p role="alert">${escaped(problem)}</p>${form(answer)}`)
    }
  } catch (error) {
    if (error instanceof NotFoundError)
      return send(response, 404, '<p>This link is not complete, or not one of ours. Please open it again from your message.</p>')
    if (error instanceof ConflictError) return send(response, 410, '<p>This survey has ended. Thank you for coming by.</p>')
    if (!(error instanceof BodyTooLargeError)) throw error
    response.setHeader('connection', 'close')
    send(response, 413, '<p role="alert">That is more than this page takes. Please write less.</p>')
  }
}

function answerIn(body: Buffer | undefined): Answer {
  const fields = new URLSearchParams(body?.toString('utf8') ?? '')
  const score = /^[1-5]$/.exec(fields.get('score') ?? '')
  // Browsers send line breaks as CRLF.
  return { score: score ? Number(score[0]) : null, comment: (fields.get('comment') ?? '').replaceAll('\r\n', '\n') }
}

function form({ score, comment }: Answer): string {
  const choices = words.map(
    (word, index) =>
      `<label><input type="radio" name="score" value="${index + 1}" required${score === index + 1 ? ' checked' : ''}> ${index + 1} – ${word}</label>`,
  )
  return `<form method="post">
<fieldset class="scores"><legend>How did we do?</legend>${choices.join('\n')}</fieldset>
<label for="comment">Anything you would like to add? (optional)</label>
<textarea id="comment" name="comment" rows="5" maxlength="${limits.comment}">\n${escaped(comment)}</textarea>
<button type="submit">Send</button>
</form>`
}

function send(response: ServerResponse, status: number, content: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    // The address holds the token.
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
  })
  response.end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>How did we do?</title><style>${style}</style></head>
<body><main><h1>Your opinion</h1>${content}</main></body></html>`)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
