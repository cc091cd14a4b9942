/** The script of the frame's page. */
const { startFramePage } = await import('./app/app.ts');

startFramePage();

export {};
