const sentences: Readonly<Record<string, string>> = {
  'capability BPF': 'loads eBPF programs into the kernel of the node',
  'capability CHECKPOINT_RESTORE': 'reads what the mapped files of other processes are',
  'capability DAC_OVERRIDE': 'reads and writes every file that the container sees, whatever its mode',
  'capability DAC_READ_SEARCH': 'reads every file and folder that the container sees, whatever its mode',
  'capability NET_ADMIN': "changes the network of the pod, and that of the node with the host's network",
  'capability NET_BIND_SERVICE': 'listens on ports below 1024',
  'capability NET_RAW': 'sends and reads raw packets, and so can forge and overhear traffic on its network',
  'capability PERFMON': 'observes every process of the node, down to its memory accesses',
  'capability SYS_ADMIN': 'is nearly root on the node',
  'capability SYS_PTRACE': 'reads and changes the memory of other processes that it sees',
  'capability SYS_RESOURCE': 'exceeds limits of the kernel, such as that on locked memory',
  'capability SYSLOG': "reads the kernel's log and addresses",
  'pod privileged': 'is root on the node: every device, every capability, no seccomp or AppArmor profile',
  'pod root': 'is user 0: whatever the container can reach, it can read and change, unless capabilities are dropped',
  'pod hostPID': 'sees every process of the node, and through /proc what they have open',
  'pod hostNetwork': "uses the node's network: its ports, its interfaces, services that listen on localhost",
  'pod hostIPC': "uses the node's shared memory and queues",
  'pod token': "has the service account's token, and with it everything that the account may do",
  'pod appArmorUnconfined': 'runs without an AppArmor profile',
  'pod seccompUnconfined': 'runs without a seccomp profile: every system call is allowed',
  'pod privilegeEscalation': 'may gain privileges that it was not started with, as by files with capabilities',
  'pod writableRootFilesystem': 'may change the files of its own image',
}

/** What a capability or a setting of the pod allows, one sentence for who must approve it; null where its line says it all. */
export const privilegeRisk = (line: string): string | null =>
  (Object.hasOwn(sentences, line) ? sentences[line] : undefined) ?? null
