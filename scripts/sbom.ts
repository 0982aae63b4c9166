import { readFileSync } from 'node:fs'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
}

/**
 * The bill of materials of a bundle in CycloneDX 1.6, as JSON: the package itself and those whose code it holds. The same bundle gives
 * the same bytes, so there is no time and no serial number.
 */
export function printSbom(root: string, packages: readonly string[]): string {
  const read = (folder: string): Manifest => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const own = component(read(root.replace(/\/$/, '')), 'application')
  const held = packages.map(name => component(read(`${root}node_modules/${name}`), 'library'))
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: own },
    components: held,
    dependencies: [
      { ref: own['bom-ref'], dependsOn: held.map(each => each['bom-ref']) },
      ...held.map(each => ({ ref: each['bom-ref'], dependsOn: [] })),
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function component({ name, version, license }: Manifest, type: 'application' | 'library') {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  return { type, 'bom-ref': purl, name, version, purl, licenses: [licenseOf(license)] }
}

/** One license has an id in SPDX, several are an expression. */
const licenseOf = (license: string) =>
  / /.test(license) ? { expression: license.replace(/^\((.*)\)$/, '$1') } : { license: { id: license } }
