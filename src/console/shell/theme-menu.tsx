"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { Button } from "../ui/button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";

export const THEMES = [
  { value: "light", text: "Light", icon: Sun },
  { value: "dark", text: "Dark", icon: Moon },
  { value: "system", text: "Like the system", icon: Monitor },
] as const;

export function ThemeMenu() {
  const { setTheme } = useTheme();
  const trigger = (
    <Button look="ghost" size="icon" aria-label="Theme">
      <Sun className="dark:hidden" />
      <Moon className="hidden dark:block" />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {THEMES.map(({ value, text, icon: Icon }) => (
        <MenuItem key={value} onSelect={() => setTheme(value)}>
          <Icon /> {text}
        </MenuItem>
      ))}
    </Menu>
  );
}
