// Which files a walk finds: links in circles, directories that vanish, nothing at all.

import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { NoSuchTree, SourceTree } from '../../../../samples/parseltongue/tree/source-tree.js';
import { treeOf } from '../tree-of.js';

async function pathsOf(tree: SourceTree): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of tree.files()) paths.push(path);
  return paths;
}

describe('a source tree', () => {
  it('is every file with one of the extensions, sorted, hidden and nested ones too, without .git', async () => {
    const folder = await treeOf({
      'b.ts': '',
      'a.js': '',
      'c.d.mts': '',
      'd.tsx': '',
      'e.jsx': '',
      'f.cjs': '',
      'g.mjs': '',
      'h.cts': '',
      '.hidden/x.ts': '',
      'node_modules/y/z.js': '',
      '.git/no.js': '',
      'no.json': '',
      'no.TS': '',
      ts: '',
    });
    const tree = await SourceTree.at(folder);
    expect(await pathsOf(tree)).toEqual([
      '.hidden/x.ts',
      'a.js',
      'b.ts',
      'c.d.mts',
      'd.tsx',
      'e.jsx',
      'f.cjs',
      'g.mjs',
      'h.cts',
      'node_modules/y/z.js',
    ]);
  });

  it('does not follow links in a circle, and tells of those that lead nowhere', async () => {
    const folder = await treeOf({ 'a/x.ts': '' });
    await symlink('..', join(folder, 'a/up'));
    await symlink('.', join(folder, 'a/self'));
    await symlink('nowhere.ts', join(folder, 'gone.ts'));
    const tree = await SourceTree.at(folder);
    expect(await pathsOf(tree)).toEqual(['a/x.ts']);
    expect(tree.links).toEqual({ followed: 0, skipped: 2, dangling: 1 });
  });

  it('finds a file once, however many ways lead to it', async () => {
    const folder = await treeOf({ 'real/x.ts': '' });
    const outside = await treeOf({ 'far/y.ts': '' });
    await symlink('real', join(folder, 'again'));
    await symlink('real/x.ts', join(folder, 'alias.ts'));
    await symlink(join(outside, 'far'), join(folder, 'far'));
    await symlink(join(outside, 'far/y.ts'), join(folder, 'y.ts'));
    const tree = await SourceTree.at(folder);
    expect(await pathsOf(tree)).toEqual(['real/x.ts', 'far/y.ts']);
    expect(tree.links).toMatchObject({ followed: 1, skipped: 3 });
  });

  it('goes on without a directory that cannot be listed', async () => {
    const folder = await treeOf({ 'a.ts': '', 'b/x.ts': '', 'c.ts': '' });
    const tree = await SourceTree.at(folder);
    const files = tree.files();
    expect((await files.next()).value).toMatchObject({ path: 'a.ts' });
    // Permissions do not stop the superuser, who may be running this; a directory that vanishes stops everyone.
    await rm(join(folder, 'b'), { recursive: true });
    expect((await files.next()).value).toMatchObject({ path: 'c.ts' });
    expect(tree.unreadableDirectories).toEqual(['b']);
  });

  it('may be empty, or a single file', async () => {
    const folder = await treeOf({ 'only.ts': '' });
    await mkdir(join(folder, 'empty'));
    expect(await pathsOf(await SourceTree.at(join(folder, 'empty')))).toEqual([]);
    expect(await pathsOf(await SourceTree.at(join(folder, 'only.ts')))).toEqual(['only.ts']);
  });

  it('is refused where there is nothing', async () => {
    await expect(SourceTree.at('/nowhere/at/all')).rejects.toThrow(NoSuchTree);
    await expect(SourceTree.at('/nowhere/at/all')).rejects.toThrow(
      '/nowhere/at/all does not exist, so there is nothing to analyse',
    );
  });
});
