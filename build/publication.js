// What a publication adds to the manifest and to the pages that are packed. The addresses stand in `publication.json`
// alone, which docs/RELEASING.md explains; none of them is invented here.

/**
 * What `publication.json` says; an empty text is not filled in yet.
 * @typedef {object} Publication
 * @property {string} publisher the publisher's id, to be the one that `package.json` has
 * @property {string} repository
 * @property {string} bugs
 * @property {string} homepage
 * @property {string | false} qna an address, "marketplace", or false
 */

/**
 * @param {Readonly<Record<string, unknown>>} manifest
 * @param {Publication} publication
 * @returns {Record<string, unknown>} the manifest with what is filled in
 */
function withPublication(manifest, { repository, bugs, homepage, qna }) {
  return {
    ...manifest,
    ...(repository !== "" && { repository: { type: "git", url: repository } }),
    ...(bugs !== "" && { bugs: { url: bugs } }),
    ...(homepage !== "" && { homepage }),
    ...(qna !== "" && { qna }),
  };
}

/** Names of owners at GitHub; those whom a company manages have its short name behind an underscore. */
const OWNER = /^(?=.{1,39}$)[a-z\d]+(?:-+[a-z\d]+)*(?:_[a-z\d]+)?$/i;
/** Names of repositories, and of GitLab's groups: not "." or "..", which lead elsewhere, nor "-", behind which pages are. */
const NAME = /^(?!-|\.{1,2}$|.*\.git$)[\w.-]{1,100}$/i;

/**
 * Where the files of a version are, for people and as bytes. It is the version's tag, so that pictures of an older
 * version stay as they were.
 * @param {string} repository
 * @param {string} version
 * @returns {{ readonly content: string, readonly images: string } | undefined} undefined when it is neither at GitHub
 *   nor at GitLab, whose addresses of files are known, or has a name that none has there
 */
function filesOf(repository, version) {
  const found = /^https:\/\/(github|gitlab)\.com\/(.+?)(?:\.git)?\/?$/.exec(repository);
  if (found === null) return undefined;
  const [, host = "", project = ""] = found;
  const [owner = "", ...names] = project.split("/");
  // At GitLab, projects lie in groups of groups.
  const isKnown = host === "github" ? OWNER.test(owner) && names.length === 1 : NAME.test(owner) && names.length > 0;
  if (!isKnown || !names.every((name) => NAME.test(name))) return undefined;
  const base = `https://${host}.com/${project}/${host === "gitlab" ? "-/" : ""}`;
  return { content: `${base}blob/v${version}`, images: `${base}raw/v${version}` };
}

const PICTURE = /!\[([^\]]*)\]\(([^)\s]+)\)/g;
const LINK = /\[([^\]]*)\]\(([^)\s]+)\)/g;

/** Whether a link leads to a file of the repository. */
const isRelative = (/** @type {string} */ link) => !/^(?:[a-z][a-z\d+.-]*:|#)/i.test(link);

/**
 * A page for a package that is not published: files of the repository are not in it and have no address. So a picture
 * is its description, and a link its text.
 * @param {string} markdown without brackets in its links' texts
 */
function withoutFiles(markdown) {
  return markdown
    .replace(PICTURE, (all, words, link) => (isRelative(link) ? `_Picture: ${words}._` : all))
    .replace(LINK, (all, words, link) => (isRelative(link) ? words : all));
}

module.exports = { withPublication, filesOf, isRelative, withoutFiles };
