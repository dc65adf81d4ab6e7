import type { Scheme } from "../scheme.ts";
import { austria } from "./at.ts";
import { balticStates } from "./baltic.ts";
import { belgium } from "./be.ts";
import { netherlandsAndLuxembourg } from "./benelux.ts";
import { bulgaria } from "./bg.ts";
import { switzerland } from "./ch.ts";
import { cyprus } from "./cy.ts";
import { czechiaAndSlovakia } from "./cz.ts";
import { germany } from "./de.ts";
import { denmark } from "./dk.ts";
import { spain } from "./es.ts";
import { finland } from "./fi.ts";
import { france } from "./fr.ts";
import { unitedKingdom } from "./gb.ts";
import { greece } from "./gr.ts";
import { hungary } from "./hu.ts";
import { ireland } from "./ie.ts";
import { international } from "./international.ts";
import { italy } from "./it.ts";
import { malta } from "./mt.ts";
import { neighbours } from "./neighbours.ts";
import { nordicStates } from "./nordic.ts";
import { poland } from "./pl.ts";
import { portugal } from "./pt.ts";
import { southEast } from "./south-east.ts";
import { turkiye } from "./tr.ts";

/** Every number that is recognised. */
export const schemes: readonly Scheme[] = [
  austria,
  balticStates,
  belgium,
  bulgaria,
  switzerland,
  cyprus,
  czechiaAndSlovakia,
  germany,
  denmark,
  spain,
  finland,
  france,
  unitedKingdom,
  greece,
  hungary,
  ireland,
  international,
  italy,
  malta,
  netherlandsAndLuxembourg,
  neighbours,
  nordicStates,
  poland,
  portugal,
  southEast,
  turkiye,
].flat();
