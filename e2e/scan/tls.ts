import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../ports.ts';
import type { Finding, Result, Target } from './finding.ts';
import { runFor } from './run-for.ts';

/** sslscan on the nginx of docs/nginx.conf in front of the BFF (S91). */
export async function scanTls({ url, folder }: Target): Promise<Result> {
  const [secure, plain] = [await freePort(), await freePort()];
  const stop = await startNginx(url, secure, plain, folder);
  try {
    const { said } = await runFor(60, 'sslscan', ['--xml=-', '--no-colour', `127.0.0.1:${secure}`]);
    const findings = [...protocolsIn(said), ...ciphersIn(said), ...(await refusalOfPlainHttp(plain))];
    const { said: health } = await runFor(20, 'curl', [
      ...[
        '--noproxy',
        '*',
        '--cacert',
        join(folder, 'certificate.pem'),
        '-sS',
        '-o',
        '/dev/null',
        '-w',
        '%{http_code}',
      ],
      ...['--resolve', `bff.example.com:${secure}:127.0.0.1`, `https://bff.example.com:${secure}/healthz`],
    ]);
    if (health !== '200') findings.push({ severity: 'medium', what: `the BFF is not reached: ${health}` });
    return { tool: 'sslscan', did: 'looked at the nginx of docs/nginx.conf in front of the BFF', findings };
  } finally {
    await stop();
  }
}

/** docs/nginx.conf as it is, with a certificate, ports and an address of this run. */
async function startNginx(
  url: string,
  secure: number,
  plain: number,
  folder: string,
): Promise<() => Promise<unknown>> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=bff.example.com',
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'ignore' },
  );
  const site = readFileSync(join(import.meta.dirname, '../../docs/nginx.conf'), 'utf8')
    .replaceAll('127.0.0.1:4010', new URL(url).host.replace('localhost', '127.0.0.1'))
    .replace('listen 443', `listen 127.0.0.1:${secure}`)
    .replace('listen 80', `listen 127.0.0.1:${plain}`)
    .replace('/etc/ssl/certs/bff.example.com.pem', certificate)
    .replace('/etc/ssl/private/bff.example.com.key', key);
  writeFileSync(join(folder, 'site.conf'), site);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `daemon off; pid ${folder}/nginx.pid; error_log stderr; ${process.getuid?.() === 0 ? 'user root;' : ''}\nevents {}\nhttp { access_log off; ${temporary.join(' ')}\ninclude ${folder}/site.conf; }\n`,
  );
  const nginx = spawn('nginx', ['-p', folder, '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  nginx.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')));
  for (let tries = 0; tries < 50; tries += 1) {
    if (nginx.exitCode !== null) throw new Error(`nginx: ${complaint}`);
    if (
      await fetch(`http://127.0.0.1:${plain}/`).then(
        () => true,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return () => {
    nginx.kill();
    return nginx.exitCode === null ? once(nginx, 'exit') : Promise.resolve();
  };
}

function protocolsIn(xml: string): Finding[] {
  const found = [...xml.matchAll(/<protocol type="(\w+)" version="([\d.]+)" enabled="1"/g)].map(
    ([, type, version]) => `${type}${version}`,
  );
  if (found.length === 0) return [{ severity: 'medium', what: 'sslscan saw no protocol' }];
  return found
    .filter((name) => !/^tls1\.[23]$/i.test(name))
    .map((name) => ({ severity: 'high', what: `${name} is spoken` }));
}

function ciphersIn(xml: string): Finding[] {
  const weak = [...xml.matchAll(/<cipher [^>]*bits="(\d+)" cipher="([^"]+)"[^>]*>/g)].filter(
    ([, bits, name = '']) => Number(bits) < 128 || /CBC|_SHA$|RC4|3DES|NULL|EXPORT|anon/i.test(name),
  );
  const bled = /<heartbleed [^>]*vulnerable="1"/.test(xml)
    ? [{ severity: 'high', what: 'heartbleed' } as const]
    : [];
  return [
    ...bled,
    ...weak.map(([, , name]): Finding => ({ severity: 'medium', what: `the weak cipher ${name}` })),
  ];
}

async function refusalOfPlainHttp(port: number): Promise<Finding[]> {
  const { status } = await fetch(`http://127.0.0.1:${port}/v1/banks`, { redirect: 'manual' });
  return status === 403 ? [] : [{ severity: 'medium', what: `plain HTTP is answered with ${status}` }];
}
