/** Refuses a Node.js older than package.json asks for, in one sentence; needs nothing installed. */
const { engines } = require('../package.json');

const [major, minor] = process.versions.node.split('.').map(Number);
const [leastMajor, leastMinor] = engines.node.match(/\d+/g).map(Number);

if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  console.error(`Node.js ${process.versions.node} is too old: package.json asks for ${engines.node}.`);
  process.exitCode = 1;
} else {
  console.log(`Node.js ${process.versions.node} on ${process.platform} ${process.arch}`);
}
