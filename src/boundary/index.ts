export type { Detector, Finding } from "./port.ts";
