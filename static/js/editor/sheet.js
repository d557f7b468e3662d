/* The pane of the picture, as on the document page; the pointer draws instead of panning. */

import { Viewer } from "../viewer.js";

export class Sheet extends Viewer {
  grab() { /* pointer.js decides what a press does */ }
  pinch() { /* pointer.js too: two fingers */ }
}
