import type { ErrorInfo, Upload } from "../../trpc/index.ts";

export interface Uploading {
  readonly done: Promise<Upload>;
  cancel(): void;
}

/** Sends a file; `onShare` hears how much of it has left. Rejects as a procedure would, for errorInfoOf. */
export function uploadFile(file: File, project: string | null, onShare: (share: number) => void): Uploading {
  const request = new XMLHttpRequest();
  const done = new Promise<Upload>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(new Error("the console's server does not answer"));
    request.onabort = () => reject(new Error("cancelled"));
    request.onload = () => {
      const answer = request.response as (Upload & { readonly error?: ErrorInfo }) | null;
      if (request.status === 200 && answer) resolve(answer);
      else reject(Object.assign(new Error("the file was refused"), { data: { larder: answer?.error } }));
    };
  });
  request.open("POST", "/api/uploads");
  request.responseType = "json";
  request.setRequestHeader("content-type", "application/octet-stream");
  request.setRequestHeader("larder-file-name", encodeURIComponent(file.name));
  if (project !== null) request.setRequestHeader("larder-project", project);
  request.send(file);
  return { done, cancel: () => request.abort() };
}
