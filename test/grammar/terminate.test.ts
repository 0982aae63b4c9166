import type { TokenType } from 'chevrotain'
import * as assert from 'uvu/assert'
import { terminate } from '../../grammar/terminate.ts'
import { createLexer, Terminator } from '../../grammar/tokens.ts'
import { describe } from '../harness.ts'

const lexer = createLexer()
/** The tokens of a text, a terminator as `;` with its offset. */
const read = (text: string): string =>
  terminate(lexer.tokenize(text).tokens, text)
    .map(({ tokenType, image, startOffset }) => ((tokenType as TokenType) === Terminator ? `;${startOffset}` : image))
    .join(' ')

describe('terminate', it => {
  const cases: readonly (readonly [title: string, text: string, tokens: string])[] = [
    ['ends a statement with its line', 'a\nb', 'a ;1 b ;3'],
    ['ends one with the text', 'a', 'a ;1'],
    ['ends nothing in an empty text', ' \n\n// c\n', ''],
    ['ends once for several line ends', 'a \n\n\t\n b', 'a ;2 b ;8'],
    ['ends after every closer', ')\n]\n}\n', ') ;1 ] ;3 } ;5'],
    ['ends after every literal', '1\n.5\n"s"\n`r`\ntrue\nnull\n', '1 ;1 .5 ;4 "s" ;8 `r` ;12 true ;17 null ;22'],
    ['does not end after openers, commas, dots and operators', '(\n[\n{\n,\n.\n=\n-\n!\n+\n', '( [ { , . = - ! +'],
    ['does not end where no line does', 'a b', 'a b ;3'],
    ['ends before a comment that ends the line', 'a // c\nb', 'a ;2 b ;8'],
    ['ends before the first of several comments', 'a /* c */ /* d */ // e\nb', 'a ;2 b ;24'],
    ['ends in a comment over lines', 'a /* c\n */ b', 'a ;2 b ;12'],
    ['does not end in a comment within the line', 'a /* c */ b', 'a b ;11'],
    ['is blind for carriage returns', 'a\rb', 'a b ;3'],
    ['counts no line end within a string', '`a\nb` c', '`a\nb` c ;7'],
    ['lets an illegal character neither end nor resume a statement', 'a #\nb = #\nc', 'a # ;3 b = # c ;11'],
  ]
  for (const [title, text, tokens] of cases) it(title, () => assert.is(read(text), tokens))
})
