/** Of this script, which the policy allows; a script that it adds needs the same. */
const nonce = (document.currentScript as HTMLScriptElement | null)?.nonce ?? '';
const loaded = new Map<string, Promise<unknown>>();

/** What the lazily loaded bundles leave for the page: `globalThis.oneLens_<name>`. */
type Bundle = 'video' | 'viewer' | 'cloud';

/** Loads `dist/webview/<name>.js`, once; what it set as `oneLens_<name>`. A load that failed is tried again the next time. */
export function loadBundle<T>(name: Bundle): Promise<T> {
  const known = loaded.get(name);
  if (known !== undefined) return known as Promise<T>;
  const loading = addScript(name);
  loaded.set(name, loading);
  loading.catch(() => loaded.delete(name));
  return loading as Promise<T>;
}

function addScript(name: Bundle): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = document.getElementById('app')?.dataset[`${name}Script`] ?? '';
    script.onload = () => {
      const bundle = (globalThis as Record<string, unknown>)[`oneLens_${name}`];
      if (bundle !== undefined) resolve(bundle);
      else reject(new Error(`${name}.js did not start`));
    };
    script.onerror = () => reject(new Error(`${name}.js cannot be loaded`));
    document.head.append(script);
  });
}
