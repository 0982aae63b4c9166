import type { Diagnostic } from 'alloy-rbac'
import { examples } from 'examples'
import { answer, type View, views } from './answers.ts'
import { colored } from './colored.ts'
import { editorOf } from './editor.ts'
import { showPicture } from './picture.ts'
import { type Spot, showProblems, summaryOf } from './problems.ts'
import { fragmentOf, textsOf } from './share.ts'
import { showTabs } from './tabs.ts'
import { named, nameFor, type Text } from './texts.ts'

const find = (id: string): HTMLElement => document.getElementById(id) as HTMLElement
const [panel, shared] = [find('panel'), find('shared')]
const select = find('example') as HTMLSelectElement
const picked = find('picked') as HTMLInputElement
const labels: Readonly<Record<View, string>> = {
  picture: 'Picture',
  values: 'Helm values',
  difference: 'Difference',
  check: 'Check',
}

let texts: readonly Text[] = [{ name: 'config.alloy', text: '' }]
let current = 0
let view: View = 'picture'
/** How long the last answer took: where that is long, the next one waits until typing pauses. */
let took = 0
let timer = 0

const editor = editorOf(find('editor'), text => {
  // What is typed or pasted into an unnamed file decides what it is.
  const own = texts[current]?.name ?? ''
  const isOwn = own === 'config.alloy' || own === 'values.yaml'
  const name = isOwn && texts.length === 1 ? nameFor(text) : own
  texts = texts.map((each, at) => (at === current ? { name, text } : each))
  if (name !== own) showFiles()
  clearTimeout(timer)
  if (took < 50) update()
  else timer = setTimeout(update, 120)
})

/** Computes the answer and shows it. */
function update(): void {
  const start = performance.now()
  const { document: made, diagnostics } = answer(texts, view)
  show(made)
  showDiagnostics(diagnostics)
  took = performance.now() - start
  panel.dataset['took'] = took.toFixed(1)
}

function show(made: string | null): void {
  if (made === null) {
    const words = document.createElement('p')
    words.className = 'none'
    words.textContent = 'No plan, because the input has errors: they are listed below the editor.'
    panel.replaceChildren(words)
  } else if (view === 'picture' || view === 'check') showPicture(panel, made)
  else {
    const text = document.createElement('pre')
    text.append(...(view === 'difference' ? colored(made) : [made]))
    panel.replaceChildren(text)
  }
}

function showDiagnostics(diagnostics: readonly Diagnostic[]): void {
  const words = summaryOf(diagnostics)
  // What did not change is not to be read aloud again.
  if (find('summary').textContent !== words) find('summary').textContent = words
  showProblems(find('problems'), diagnostics, go)
  editor.mark(diagnostics, texts[current]?.name ?? '')
}

function go({ name, from, to }: Spot): void {
  const at = texts.findIndex(each => each.name === name)
  if (at !== -1 && at !== current) choose(at)
  editor.select(from, to)
}

function showFiles(): void {
  const tabs = texts.map(({ name }, at) => ({ id: String(at), label: name }))
  showTabs(find('files'), tabs, String(current), id => choose(Number(id)))
}

function choose(at: number): void {
  current = at
  showFiles()
  editor.show(texts[at] ?? { name: '', text: '' })
  update()
}

/** Opens texts instead of those that are there. */
function open(given: readonly Text[]): void {
  texts = named(given.length === 0 ? [{ name: 'config.alloy', text: '' }] : given)
  choose(0)
}

async function openFiles(files: Iterable<File>): Promise<void> {
  const read = await Promise.all(Array.from(files, async file => ({ name: file.name, text: await file.text() })))
  if (read.length > 0) open(read)
}

function showViews(): void {
  const tabs = views.map(id => ({ id, label: labels[id] }))
  showTabs(find('tabs'), tabs, view, id => {
    view = id as View
    showViews()
    update()
  })
  panel.setAttribute('aria-label', labels[view])
}

async function share(): Promise<void> {
  const fragment = await fragmentOf(texts)
  if (fragment === null) shared.textContent = 'Too long for a link.'
  else {
    history.replaceState(null, '', fragment)
    const copied = navigator.clipboard?.writeText(location.href)
    shared.textContent = await (copied ?? Promise.reject()).then(
      () => 'Copied.',
      () => 'The link is in the address bar.',
    )
  }
}

/** Opens the texts of the address; where it has none, what is there stays. */
async function follow(): Promise<void> {
  const given = await textsOf(location.hash)
  shared.textContent = location.hash !== '' && given === null ? 'The link is broken.' : ''
  if (given !== null) open(given)
  else if (panel.childElementCount === 0) open(examples[0]?.texts ?? [])
}

select.append(...examples.map(({ title }, at) => new Option(title, String(at))))
select.addEventListener('change', () => open(examples[Number(select.value)]?.texts ?? []))
find('open').addEventListener('click', () => picked.click())
picked.addEventListener('change', () => void openFiles(picked.files ?? []))
find('share').addEventListener('click', () => void share())
window.addEventListener('dragover', event => event.preventDefault())
window.addEventListener('drop', event => {
  event.preventDefault()
  void openFiles(event.dataTransfer?.files ?? [])
})
window.addEventListener('hashchange', () => void follow())
// What scrolls has to be within reach of the keyboard.
panel.tabIndex = 0
showViews()
void follow()
