/** Hecto's side from behind: `body` sets a scene, without one it is looked at. @throws when it refuses. */
export async function controlTestbed<T>(testbedUrl: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${testbedUrl}/_testbed${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T;
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer;
}
