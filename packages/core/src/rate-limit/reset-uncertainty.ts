/** Header times are whole seconds, so the end of a window is known to about a second or two, in ms. */
export const resetUncertainty = 2_500;
