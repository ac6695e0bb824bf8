import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

const buttonStyle = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "bg-accent-solid text-white hover:bg-accent-solid-hover",
        secondary: "border border-line-strong bg-panel text-ink shadow-card hover:bg-hover",
        ghost: "text-ink-2 hover:bg-hover hover:text-ink",
        danger: "border border-bad/40 bg-panel text-bad hover:bg-bad-soft",
      },
      size: {
        sm: "h-7 px-2 text-xs",
        md: "h-8 px-3 text-sm",
        icon: "size-7",
      },
    },
    defaultVariants: { look: "secondary", size: "md" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyle> & { readonly asChild?: boolean };

export function Button({ look, size, asChild, className, type, ...props }: ButtonProps) {
  const Tag = asChild ? Slot.Root : "button";
  return <Tag type={asChild ? undefined : (type ?? "button")} className={cn(buttonStyle({ look, size }), className)} {...props} />;
}
