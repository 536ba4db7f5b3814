// Plain JavaScript that any Node can read, because it tells whether this Node can run TypeScript.

/**
 * What to do where this Node cannot run the project's TypeScript; `null` where it can.
 * @param {string} version such as `24.21.0`
 * @returns {string | null}
 */
export function refuseNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  // Type stripping is on by default from 22.18 (nodejs.org/api/typescript.html).
  if (major > 22 || (major === 22 && minor >= 18)) return null;
  return (
    `Backstop runs on Node 24, and this is Node ${version}. npm ci normally brings a Node 24 of ` +
    'its own into node_modules; it did not here, because install scripts are switched off or this ' +
    'platform has no such package. Run "npm ci --ignore-scripts=false", or install Node 24 and try again.'
  );
}
