import { runsOnWindows } from '../../kubernetes/pod/windows.ts'
import { type JsonMap, mapAt } from '../json.ts'

/** Says whether the pod of complete values runs on Windows. */
export function valuesOnWindows(user: JsonMap): boolean {
  return runsOnWindows({
    nodeSelector: mapAt(user, 'controller.nodeSelector'),
    affinity: mapAt(user, 'controller.affinity'),
    securityContext: mapAt(user, 'global.podSecurityContext'),
    containers: [{ securityContext: mapAt(user, 'alloy.securityContext') }],
  })
}
