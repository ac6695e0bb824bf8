"use client";
import { createContext, useContext } from "react";

/** What a page may ask of the frame around it. */
export interface FrameActions {
  readonly openPalette: () => void;
  readonly openSidebar: () => void;
}

export const FrameContext = createContext<FrameActions>({ openPalette: () => undefined, openSidebar: () => undefined });

export function useFrame(): FrameActions {
  return useContext(FrameContext);
}
