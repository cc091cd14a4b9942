import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresUser } from '../../bff/store/postgres-user.ts';
import { freePort } from '../ports.ts';
import { answers, Program } from './program.ts';

export const nginxIsInstalled = (): boolean =>
  spawnSync('nginx', ['-v'], { env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` } }).status === 0;

/**
 * The nginx of docs/nginx.conf as an ordinary user in front of BFFs at these ports, without TLS. `folder` must be one
 * that this user may write to.
 */
export async function startNginx(
  folder: string,
  ports: readonly number[],
): Promise<{ readonly url: string; readonly program: Program }> {
  const port = await freePort();
  const site = readFileSync(join(import.meta.dirname, '../../docs/nginx.conf'), 'utf8')
    .replace(/^ *server 127\.0\.0\.1:4010.*\n/m, (line) =>
      ports.map((one) => line.replace('4010', String(one))).join(''),
    )
    .replace(/listen 443 ssl http2/, `listen 127.0.0.1:${port}`)
    .replace(/listen 80;/, `listen 127.0.0.1:${await freePort()};`)
    .replaceAll(/^ *ssl_.*\n/gm, '');
  writeFileSync(join(folder, 'site.conf'), site);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
worker_processes 2;
events { worker_connections 4096; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  include ${folder}/site.conf;
}
`,
  );
  const program = new Program('nginx', ['-p', folder, '-c', config], {
    log: join(folder, 'nginx.log'),
    user: postgresUser(),
  });
  const url = `http://127.0.0.1:${port}`;
  await program.untilReady(() => answers(`${url}/healthz`));
  return { url, program };
}
