import type { Form } from '../input/place.ts'

/** What a document says of where it goes, by who takes it; null where that is for the user to know. */
export const forms: Readonly<Record<Form, (owner: string) => string | null>> = {
  values: () => null,
  release: owner => (owner === '' ? null : `Values of the release ${owner}.`),
  collectors: owner =>
    `Values of ${owner === '' ? 'k8s-monitoring' : `the k8s-monitoring release ${owner}`}: pass them as one more -f, after your own values.`,
  kustomization: owner => `Values for helmCharts in ${owner}: list the file under additionalValuesFiles.`,
  terraform: owner => `Values of ${owner}: add the file to its values, as the last one: file("values-rbac.yaml").`,
  patch: owner => `A patch of ${owner}: use it as a patch in kustomize, or with kubectl patch --type merge.`,
  text: owner => `Values of the chart: add them to those in ${owner}, which no patch merges.`,
}
