import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { commandHere } from './cli/io.ts'
import { describe, root } from './harness.ts'

interface Packed {
  readonly filename: string
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

interface Bundled {
  readonly name: string
  readonly version: string
  readonly purl: string
}

/** Without `prepare`, which would build again under the tests that run. */
function pack(...flags: readonly string[]): Packed {
  const text = npm(['pack', '--json', '--ignore-scripts', ...flags], root)
  const parsed: unknown = JSON.parse(text)
  return (Array.isArray(parsed) ? parsed : Object.values(parsed as object))[0] as Packed
}

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

describe('package', it => {
  it('holds what is needed and nothing else', () => {
    const { files, unpackedSize } = pack('--dry-run')
    const paths = files.map(({ path }) => path)
    const expected = [
      /^dist\/bin\/(alloy-rbac|keep)\.js$/,
      /^dist\/bin\/(command|core|library|tables)\.mjs$/,
      /^dist\/bin\/late-[\w-]+\.cjs$/,
      /^dist\/bin\/(THIRD-PARTY-LICENSES\.txt|alloy-rbac\.cdx\.json|package\.json)$/,
      /^dist\/types\/(src|grammar)\/[\w/-]+\.d\.ts$/,
      /^docs\/schemas\/[\w-]+\.schema\.json$/,
      /^(README\.md|LICENSE|package\.json)$/,
    ]
    assert.equal(
      paths.filter(path => !expected.some(each => each.test(path))),
      [],
    )
    assert.equal(expected.filter(each => !paths.some(path => each.test(path))).map(String), [])
    // Modules 1.02 MB, tables of the rule map 0.73, types 0.24, late libraries 0.17, schemas 0.13, pages to look at 0.05, licenses.
    assert.ok(unpackedSize < 2_500_000, `${unpackedSize} bytes`)
  })
  it('asks for no other package, and runs nothing when it is installed', () => {
    assert.is(manifest.dependencies, undefined)
    const ran = ['preinstall', 'install', 'postinstall'].filter(name => name in manifest.scripts)
    assert.equal(ran, [])
  })
  it('names the licence of every package whose code it holds', () => {
    const text = readFileSync(`${root}dist/bin/THIRD-PARTY-LICENSES.txt`, 'utf8')
    for (const name of ['chevrotain', 'commander', 'diff', 'js-md5', 'lodash-es', 're2js', 'yaml'])
      assert.match(text, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+: [\\w.-]+`, 'm'))
  })
  it('holds its bill of materials: itself, and every package whose code it holds, in the version that is locked', () => {
    const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'))
    const text = readFileSync(`${root}dist/bin/THIRD-PARTY-LICENSES.txt`, 'utf8')
    const held = [...text.matchAll(/^(\S+) (\d+\.\d+\.\d+): (.+)$/gm)].map(([, name, version]) => `${name} ${version}`)
    const { bomFormat, metadata, components, dependencies } = JSON.parse(
      readFileSync(`${root}dist/bin/alloy-rbac.cdx.json`, 'utf8'),
    )
    assert.is(bomFormat, 'CycloneDX')
    assert.is(`${metadata.component.name} ${metadata.component.version}`, `${manifest.name} ${manifest.version}`)
    assert.equal(components.map((each: Bundled) => `${each.name} ${each.version}`).sort(), held.sort())
    for (const { name, version, purl } of components as readonly Bundled[]) {
      assert.is(packages[`node_modules/${name}`].version, version)
      assert.is(purl, `pkg:npm/${name.replace('@', '%40')}@${version}`)
    }
    assert.equal(
      dependencies[0].dependsOn,
      components.map((each: Bundled) => each.purl),
    )
  })
  it('installs into an empty folder and works from there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'package-'))
    try {
      const { filename } = pack('--pack-destination', folder)
      const project = join(folder, 'project')
      mkdirSync(project)
      writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
      npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, filename)], project)

      const input = `${root}examples/kubernetes-logs`
      const binary = join(project, 'node_modules/.bin/alloy-rbac')
      const printed = execFileSync(binary, ['generate', 'examples/kubernetes-logs', '--quiet'], {
        cwd: root,
        encoding: 'utf8',
      })
      assert.is(printed, readFileSync(`${input}/values.yaml`, 'utf8'))

      const program = `import { analyze, render } from 'alloy-rbac'
import schema from 'alloy-rbac/schemas/generate.schema.json' with { type: 'json' }
const config: string = ${JSON.stringify(readFileSync(`${input}/config.alloy`, 'utf8'))}
const { value } = analyze({ 'examples/kubernetes-logs/config.alloy': config })
if (value === null || schema.title === '') throw new Error('no plan')
console.log(render.values(value).value)
`
      writeFileSync(join(project, 'program.ts'), program)
      const compilerOptions = {
        target: 'es2023',
        lib: ['es2023', 'dom'],
        types: [],
        module: 'nodenext',
        strict: true,
        resolveJsonModule: true,
        skipLibCheck: false,
      }
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
      execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', project], { encoding: 'utf8' })
      const ran = execFileSync(process.execPath, ['--no-warnings', 'program.js'], { cwd: project, encoding: 'utf8' })
      const { stdout } = await commandHere(['generate', 'examples/kubernetes-logs/config.alloy'])
      assert.is(ran, `${stdout}\n`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
