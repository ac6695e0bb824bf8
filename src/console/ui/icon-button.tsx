import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button.tsx";
import { Tooltip } from "./tooltip.tsx";

type IconButtonProps = Omit<ComponentProps<typeof Button>, "size" | "aria-label"> & { readonly label: string; readonly hint?: ReactNode };

/** A button that is only an icon: its label is read out, and shown on hover. */
export function IconButton({ label, hint, look = "ghost", ...props }: IconButtonProps) {
  return (
    <Tooltip content={hint ?? label}>
      <Button look={look} size="icon" aria-label={label} {...props} />
    </Tooltip>
  );
}
