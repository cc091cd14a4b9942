import type { KeptWidgetFiles, WidgetFileName } from '../../store/widget-files.ts';
import { widgetFileOf, type BuiltWidget, type WidgetFile } from './widget-files.ts';

/** The widget as browsers may ask for it: our own release, and every other one that ran on our database. */
export type WidgetReleases = Pick<BuiltWidget, 'version' | 'pages'> & {
  /** `asked` is a full version (`1.4.2`) or a line of them (`1.4`, `1`). */
  find(asked: string, path: string): Promise<WidgetFile | undefined>;
};

const fullVersion = /^\d+\.\d+\.\d+$/;
const versionOrLine = /^\d+(\.\d+){0,2}$/;
const inOrder = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true });

/**
 * Keeps our release for the time after it, and serves what is kept. Pages hold on to a script for minutes, tabs for
 * hours and pinned versions for years; in a rolling deploy a page even comes from a newer release than ours (R40).
 */
export async function openWidgetReleases(
  built: BuiltWidget,
  kept: KeptWidgetFiles,
  clock: () => Date,
): Promise<WidgetReleases> {
  const { version, pages } = built;
  const opened = new Map<string, Promise<WidgetFile | undefined>>();
  let known = await kept.list();
  let looking: Promise<void> | undefined;

  // A version such as 1.5.0-beta is a developer's, and nobody's page depends on it.
  if (fullVersion.test(version)) await keepOurs();

  async function keepOurs(): Promise<void> {
    const ours = known.filter((file) => file.version === version).map(({ path }) => path);
    for (const [path, { plain }] of built.files)
      if (!ours.includes(path)) await kept.keep({ version, path }, plain.toString(), clock());
  }

  /** Learns what other instances have kept since. One look at a time, however many ask for what is not there. */
  function look(): Promise<void> {
    looking ??= kept
      .list()
      .then((list) => {
        known = list;
      })
      .finally(() => (looking = undefined));
    return looking;
  }

  function open(name: WidgetFileName): Promise<WidgetFile | undefined> {
    const key = `${name.version}/${name.path}`;
    const file =
      opened.get(key) ??
      kept
        .read(name)
        .then((content) => (content === undefined ? undefined : widgetFileOf(name.path, content)));
    opened.set(key, file);
    file.catch(() => opened.delete(key));
    return file;
  }

  return {
    version,
    pages,
    async find(asked, path) {
      const own = asked === version || version.startsWith(`${asked}.`) ? built.files.get(path) : undefined;
      if (own || !versionOrLine.test(asked)) return own;
      let release = releaseWith(known, asked, path, version);
      if (release === undefined) {
        await look();
        release = releaseWith(known, asked, path, version);
      }
      return release === undefined ? undefined : open({ version: release, path });
    },
  };
}

/**
 * Which release answers for a path that ours does not have. A line never leads to an entry that is newer than we are:
 * its wishes could be news to us. A chunk carries its content's hash in its name, so any release may give it.
 */
export function releaseWith(
  known: readonly WidgetFileName[],
  asked: string,
  path: string,
  ours: string,
): string | undefined {
  const versions = known.filter((file) => file.path === path).map(({ version }) => version);
  if (fullVersion.test(asked)) return versions.find((version) => version === asked);
  return versions
    .filter((version) => version.startsWith(`${asked}.`))
    .filter((version) => path.startsWith('chunks/') || inOrder(version, ours) <= 0)
    .sort(inOrder)
    .at(-1);
}
