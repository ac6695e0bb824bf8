/** Styles that a picture of a chart needs; all others would only slow it down. */
const STYLES = [
  ...["display", "position", "top", "right", "bottom", "left", "width", "height", "min-width", "max-width", "box-sizing", "margin", "padding", "overflow"],
  ...["flex", "flex-direction", "flex-wrap", "align-items", "justify-content", "gap", "grid-template-columns", "grid-column", "vertical-align", "z-index"],
  ...["color", "background", "border", "border-radius", "border-collapse", "border-spacing", "outline", "outline-offset", "opacity", "transform"],
  ...["font", "letter-spacing", "text-align", "text-overflow", "white-space", "text-anchor", "dominant-baseline", "font-variant-numeric"],
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "visibility", "list-style", "text-decoration"],
] as const;
const SCALE = 2;
const MARGIN = 16;
const TITLE_PX = 32;

/** A picture of an element as it is drawn now, in the colours of now, under its title. Throws where the browser cannot draw it. */
export async function drawPng(element: HTMLElement, title: string): Promise<Blob> {
  const { width, height } = element.getBoundingClientRect();
  const image = await loadImage(asSvg(styledCopy(element), width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil((width + 2 * MARGIN) * SCALE);
  canvas.height = Math.ceil((height + 2 * MARGIN + TITLE_PX) * SCALE);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser draws no pictures.");
  const { color, backgroundColor, fontFamily } = getComputedStyle(element.closest("section") ?? element);
  context.scale(SCALE, SCALE);
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = color;
  context.font = `500 14px ${fontFamily}`;
  context.fillText(title, MARGIN, MARGIN + 14);
  context.drawImage(image, MARGIN, MARGIN + TITLE_PX, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("The picture is empty.");
  return blob;
}

/** A copy that looks the same outside of the page: no style sheet and no variable reaches into a picture. */
function styledCopy(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement; // a clone is of its original's kind
  const [from, to] = [
    [element, ...element.querySelectorAll("*")],
    [copy, ...copy.querySelectorAll("*")],
  ];
  for (const [index, node] of from.entries()) {
    const computed = getComputedStyle(node);
    to[index]?.setAttribute("style", STYLES.map((name) => `${name}:${computed.getPropertyValue(name)}`).join(";"));
  }
  for (const hidden of copy.querySelectorAll(".sr-only, .recharts-tooltip-wrapper")) hidden.remove();
  return copy;
}

function asSvg(content: HTMLElement, width: number, height: number): string {
  const html = new XMLSerializer().serializeToString(content);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width * SCALE}" height="${height * SCALE}" viewBox="0 0 ${width} ${height}"><foreignObject width="${width}" height="${height}">${html}</foreignObject></svg>`;
}

function loadImage(svg: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("The picture could not be drawn."));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });
}
