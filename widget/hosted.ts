/** The script of the hosted page. */
const { startHostedPage } = await import('./app/app.ts');

startHostedPage();

export {};
