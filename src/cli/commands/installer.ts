import { program } from '#rulemap/program'
import { accessObjectOf } from '../../access/object.ts'
import type { JsonMap } from '../../chart/json.ts'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { objectsOf } from '../../input/manifests/objects.ts'
import { decodeText } from '../../input/text.ts'
import { readYaml } from '../../input/yaml/parse-yaml.ts'
import { data } from '../../input/yaml/tree.ts'
import { installerJson, installerManifests } from '../../render/installer.ts'
import { type GivenRole, installationOf } from '../../session/installer.ts'
import { tool } from '../../session/tool.ts'
import { exit } from '../exit.ts'
import { readFile, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { InstallerOptions } from '../options.ts'
import { forbids, printFrames, refuse, type Shown, writeDiagnostics, writeDocuments } from '../report.ts'

/** `alloy-rbac installer`: the smallest role of the account that installs an input, and what a given one lacks. */
export function installer(paths: readonly string[], options: InstallerOptions, io: Io): number {
  const role = options.role === undefined ? null : roleIn(options.role, io)
  const { value, diagnostics } = installationOf(readInputs(paths, options, io), options, role)
  if (value === null || forbids(diagnostics.filter(isNotLack), options)) return refuse(diagnostics, options, io)
  writeDiagnostics(diagnostics, options, io)
  if (options.format !== 'json') printFrames(diagnostics, options, io)
  const make = ({ format }: Shown<InstallerOptions['format']>): string =>
    format === 'json' ? installerJson(value, program) : installerManifests(value, tool)
  writeDocuments({ make, diagnostics }, options, io)
  return (value.lacks ?? []).length > 0 ? exit.fault : exit.done
}

/** What a role lacks is an answer. */
const isNotLack = ({ name }: Diagnostic): boolean => name !== 'installer-role-lacks'

function roleIn(path: string, io: Io): GivenRole {
  const { value: source } = decodeText(path, readFile(path, io))
  const documents = source === null ? [] : readYaml(source).value
  const objects = documents.flatMap(tree => objectsOf(tree) ?? [])
  return {
    path,
    objects: objects.flatMap(({ tree, apiVersion, kind }) => {
      return accessObjectOf<null>({ ...(data(tree) as JsonMap), apiVersion, kind }, null) ?? []
    }),
  }
}
