"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { notify } from "../shell/notify.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Field, TextInput } from "../ui/field.tsx";

interface SamplingDialogProps {
  readonly view: string;
  readonly rate: number;
  readonly rowsPerSecondMax: number;
  readonly onClose: () => void;
}

/** How many of a view's answers serving keeps. */
export function SamplingDialog({ view, rate, rowsPerSecondMax, onClose }: SamplingDialogProps) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [percent, setPercent] = useState(String(Number((rate * 100).toPrecision(6))));
  const [rowsMax, setRowsMax] = useState(String(rowsPerSecondMax));
  const save = useMutation(
    trpc.parity.setSampling.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries(trpc.parity.pathFilter());
        notify({ text: `Serving keeps ${Number(percent) === 0 ? "nothing" : `${percent} %`} of what it answers for ${view}, from the next seconds on.` });
        onClose();
      },
    }),
  );
  const share = numberIn(percent, 0, 100);
  const rows = numberIn(rowsMax, 0.001, 100);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (share !== null && rows !== null) save.mutate({ view, rate: share / 100, rowsPerSecondMax: rows });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Sampling of ${view}`}
      description="Serving keeps a random share of its answers for drift and parity; requests do not wait for it."
    >
      <form onSubmit={submit} className="contents">
        <DialogBody className="space-y-4">
          <Field label="Share of the served rows, in percent" hint="0 turns it off." error={share === null ? "A number from 0 to 100." : undefined}>
            <TextInput inputMode="decimal" value={percent} onChange={(event) => setPercent(event.target.value)} />
          </Field>
          <Field
            label="Rows per second at most, of each serving process"
            hint="What is drawn beyond it is dropped and counted. Kept for 7 days, 100,000 rows a view at most."
            error={rows === null ? "A number above 0, up to 100." : undefined}
          >
            <TextInput inputMode="decimal" value={rowsMax} onChange={(event) => setRowsMax(event.target.value)} />
          </Field>
          {save.isError && (
            <p role="alert" className="text-bad text-sm">
              {errorInfoOf(save.error).message}
            </p>
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={share === null || rows === null || save.isPending}>
            Save
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

function numberIn(text: string, min: number, max: number): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
  return value >= min && value <= max ? value : null;
}
