// Packs a folder: `node build/pack.js FOLDER VSIX [publication.json]`. What the folder's `.vscodeignore` leaves is
// copied to `out/packed` beside a manifest with what a publication adds to it, and vsce packs that.
const fs = require("node:fs");
const path = require("node:path");
const { createVSIX, listFiles, PackageManager } = require("@vscode/vsce");
const { filesOf, withoutFiles, withPublication } = require("./publication");

/** Pages whose links vsce makes absolute. */
const PAGES = ["README.md", "CHANGELOG.md"];

/**
 * @param {string} folder
 * @param {string} vsix
 * @param {string} publicationFile
 * @throws when the repository is neither at GitHub nor at GitLab: its pictures would have no address
 */
async function pack(folder, vsix, publicationFile) {
  const publication = JSON.parse(fs.readFileSync(publicationFile, "utf8"));
  const manifest = withPublication(JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")), publication);
  // The folder is built already.
  delete manifest.scripts;
  const urls = filesOf(publication.repository, manifest.version);
  if (publication.repository !== "" && urls === undefined)
    throw new Error(`${publicationFile}: the files of ${publication.repository} have no known address.`);

  const packed = path.join("out", "packed", path.basename(vsix, ".vsix"));
  fs.rmSync(packed, { recursive: true, force: true });
  for (const name of await listFiles({ cwd: path.resolve(folder), packageManager: PackageManager.None }))
    fs.cpSync(path.join(folder, name), path.join(packed, name));
  fs.writeFileSync(path.join(packed, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  // All that is there is packed, which vsce wants to be said.
  fs.writeFileSync(path.join(packed, ".vscodeignore"), "# Nothing but the package is in this folder.\n");
  for (const page of PAGES.map((name) => path.join(packed, name)).filter((file) => fs.existsSync(file)))
    if (urls === undefined) fs.writeFileSync(page, withoutFiles(fs.readFileSync(page, "utf8")));

  await createVSIX({
    cwd: packed,
    packagePath: path.resolve(vsix),
    dependencies: false,
    allowMissingRepository: true,
    // "PKCS #12" is no issue.
    gitHubIssueLinking: false,
    gitLabIssueLinking: false,
    ...(manifest.browser !== undefined && { target: "web" }),
    ...(urls === undefined
      ? { rewriteRelativeLinks: false }
      : { baseContentUrl: urls.content, baseImagesUrl: urls.images }),
  });
}

const [, , folder, vsix, publication = "publication.json"] = process.argv;
if (folder === undefined || vsix === undefined) throw new Error("Say what: node build/pack.js FOLDER VSIX");
pack(folder, vsix, publication).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
