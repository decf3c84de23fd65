/** Runs synchronous work of a library that reports broken data to the console as well as to its caller. */
export function quietly<T>(work: () => T): T {
  const { error } = console;
  console.error = () => {};
  try {
    return work();
  } finally {
    console.error = error;
  }
}
