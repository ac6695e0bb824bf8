// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { Dialog } from "./dialog.tsx";

afterEach(cleanup);

function Page() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        Settings
      </button>
      {isOpen && (
        <Dialog open onClose={() => setIsOpen(false)} title="Settings" description="What counts.">
          <input aria-label="Rows" />
        </Dialog>
      )}
    </>
  );
}

it("takes focus in, closes on Esc, and gives focus back to what opened it", async () => {
  render(<Page />);
  const opener = screen.getByRole("button", { name: "Settings" });
  await userEvent.click(opener);
  expect(screen.getByRole("dialog").contains(document.activeElement)).toBe(true);
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(opener));
});
