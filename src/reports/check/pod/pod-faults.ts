import { isMap, type Json, type JsonMap, listAt, mapAt, valueAt } from '../../../chart/json.ts'

/**
 * Says why the API server refuses a pod, as far as what is judged would be read one way or another: names that are there twice, volumes of
 * several kinds, values of another type. Names of claims of a set are volumes too.
 */
export function podFaults(pod: JsonMap, claims: readonly Json[]): readonly string[] {
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap(key => listAt(pod, key))
  const volumes = listAt(pod, 'volumes')
  const names = new Set([...volumes.map(nameOf), ...claims.map(claim => valueAt(claim, 'metadata.name') ?? null)])
  return [
    ...twice(containers.map(nameOf)).map(name => `two containers have the name ${name}`),
    ...twice(volumes.map(nameOf)).map(name => `two volumes have the name ${name}`),
    ...volumes.flatMap(volumeFaults),
    ...contextFaults(mapAt(pod, 'securityContext'), 'securityContext'),
    ...containers.flatMap(container => containerFaults(container, names)),
  ]
}

const nameOf = (each: Json): Json => valueAt(each, 'name') ?? null

/** Values that are there more than once, each once. */
const twice = (values: readonly Json[]): readonly string[] => [
  ...new Set(values.filter((each, at) => each !== null && values.indexOf(each) !== at).map(String)),
]

function volumeFaults(volume: Json): readonly string[] {
  const name = text(nameOf(volume))
  const kinds = isMap(volume) ? Object.keys(volume).filter(key => key !== 'name' && volume[key] !== null) : []
  const path = valueAt(volume, 'hostPath.path')
  return [
    ...(kinds.length > 1 ? [`the volume ${name} is both ${kinds.join(' and ')}`] : []),
    ...(path === undefined || typeof path === 'string' ? [] : [`hostPath.path of the volume ${name} is not text`]),
  ]
}

function containerFaults(container: Json, volumes: ReadonlySet<Json>): readonly string[] {
  const name = text(nameOf(container))
  const mounts = listAt(container, 'volumeMounts')
  const paths = mounts.map(mount => valueAt(mount, 'mountPath') ?? null)
  const privileged = valueAt(container, 'securityContext.privileged') === true
  return [
    ...twice(paths).map(path => `the container ${name} mounts two volumes at ${path}`),
    ...mounts
      .filter(mount => !volumes.has(nameOf(mount)))
      .map(mount => `the container ${name} mounts a volume ${text(nameOf(mount))}, which the pod does not have`),
    ...(!privileged && mounts.some(mount => valueAt(mount, 'mountPropagation') === 'Bidirectional')
      ? [`the container ${name} mounts with Bidirectional and is not privileged`]
      : []),
    ...contextFaults(mapAt(container as JsonMap, 'securityContext'), `securityContext of the container ${name}`),
  ]
}

/** The types of fields that decide who a process is and what it may do. */
const types: readonly (readonly [
  type: 'boolean' | 'number' | 'text' | 'numbers' | 'texts',
  fields: readonly string[],
])[] = [
  ['boolean', ['privileged', 'allowPrivilegeEscalation', 'readOnlyRootFilesystem', 'runAsNonRoot']],
  ['number', ['runAsUser', 'runAsGroup', 'fsGroup']],
  ['numbers', ['supplementalGroups']],
  ['texts', ['capabilities.add', 'capabilities.drop']],
  ['text', ['procMount', 'seccompProfile.type', 'appArmorProfile.type', 'seLinuxOptions.type']],
]

const fits: Readonly<Record<(typeof types)[number][0], (value: Json) => boolean>> = {
  boolean: value => typeof value === 'boolean',
  number: value => Number.isInteger(value),
  text: value => typeof value === 'string',
  numbers: value => Array.isArray(value) && value.every(Number.isInteger),
  texts: value => Array.isArray(value) && value.every(each => typeof each === 'string'),
}

const wordsFor = {
  boolean: 'true or false',
  number: 'a whole number',
  text: 'text',
  numbers: 'a list of whole numbers',
  texts: 'a list of texts',
}

function contextFaults(context: JsonMap, title: string): readonly string[] {
  return types.flatMap(([type, fields]) =>
    fields.flatMap(field => {
      const value = valueAt(context, field) ?? null
      return value === null || fits[type](value) ? [] : [`${field} of the ${title} is not ${wordsFor[type]}`]
    }),
  )
}

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))
