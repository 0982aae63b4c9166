import { type Diagnostic, hasError, type Outcome } from '../diagnostic/diagnostic.ts'
import type { KubernetesObject } from './deployment.ts'
import type { Release } from './helm/release.ts'
import { shownSource } from './remote/fields.ts'
import type { RemotePipeline } from './remote/pipeline.ts'
import { terraformPipeline } from './remote/terraform-pipeline.ts'
import { terraformObjects } from './terraform/objects.ts'
import { terraformRelease } from './terraform/release.ts'
import { terraformResources } from './terraform/resources.ts'
import type { Tree } from './yaml/tree.ts'

/** What a plan or a state makes, or has made. */
export interface TerraformInput {
  readonly objects: readonly KubernetesObject[]
  readonly releases: readonly Release[]
  readonly pipelines: readonly RemotePipeline[]
}

/** Reads what `terraform show -json` prints: releases of charts, Kubernetes objects, remote pipelines. */
export function readTerraform(tree: Tree): Outcome<TerraformInput> {
  const shown = shownSource(tree)
  const diagnostics: Diagnostic[] = []
  const objects: KubernetesObject[] = []
  const releases: Release[] = []
  const pipelines: RemotePipeline[] = []
  for (const resource of terraformResources(tree)) {
    const made = terraformObjects(resource, shown)
    for (const each of made.value) objects.push(each)
    for (const each of made.diagnostics) diagnostics.push(each)
    const release = terraformRelease(resource, shown)
    for (const each of release?.diagnostics ?? []) diagnostics.push(each)
    if (release && !hasError(release.diagnostics)) releases.push(release.value)
    const pipeline = terraformPipeline(resource, shown)
    if (pipeline) pipelines.push(pipeline)
  }
  return { value: { objects, releases, pipelines }, diagnostics }
}
