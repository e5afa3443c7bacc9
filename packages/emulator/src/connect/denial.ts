/** How a provider words that a person said no; the pages say it in plain words. Plain data: the Connect page's script has a copy of it. */
export const denialDescription = 'The resource owner denied the request.';
