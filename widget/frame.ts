/** The script of the frame's page. */
import { startFramePage } from './pages/frame-page.ts';

startFramePage();
