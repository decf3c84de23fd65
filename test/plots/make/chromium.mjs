/** The browser that draws the plots of JavaScript libraries; a name of its own so that asking for it loads nothing. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
