/** Bubbles from the button of an attachment; its detail is the attachment's id. */
export const PREVIEW_EVENT = 'onelens-preview';
