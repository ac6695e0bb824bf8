const { PI } = Math;

/**
 * P(D_n ≤ d) for large n: Kolmogorov's limit with three corrections, K0(z) + K1(z)/√n + K2(z)/n + K3(z)/n^1.5 where z = d·√n.
 * Source: W. Pelz, I. J. Good, J. Royal Stat. Soc. B 38 (1976), with the arrangement of SciPy.
 */
export function pelzGoodCdf(d: number, n: number): number {
  const z = d * Math.sqrt(n);
  const z2 = z * z;
  const terms = Math.ceil((16 * z) / PI);
  const odd = oddTerms(z, terms);
  let k2Rest = 0;
  let k3Rest = 0;
  for (let k = 1; k <= terms; k += 1) {
    const weight = k * k * Math.exp((-(PI ** 2) * k * k) / (2 * z2));
    k2Rest += weight;
    k3Rest += weight * (3 * z2 - (PI * k) ** 2);
  }
  const factor = PI ** 2 * Math.sqrt(2 * PI);
  const [k0, k1, k2, k3] = odd;
  const root = Math.sqrt(n);
  return k0 + k1 / root + (k2 - (k2Rest * factor) / (36 * z ** 3)) / n + (k3 + (k3Rest * factor) / (216 * z ** 6)) / (n * root);
}

/** The sums over odd m of a polynomial in m², times exp(−m²π²/8z²). */
function oddTerms(z: number, terms: number): [number, number, number, number] {
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z2 * z4;
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let k = terms; k >= 1; k -= 1) {
    const m2 = (2 * k - 1) ** 2;
    const p = (PI ** 2 * m2) / 4;
    const weight = Math.exp(-p / (2 * z2));
    sums[0] += weight;
    sums[1] += weight * (p - z2);
    sums[2] += weight * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * p + (1 - 2 * z2) * p ** 2);
    sums[3] += weight * (-30 * z6 - 90 * z4 * z4 + (135 * z4 - 96 * z6) * p + (212 * z4 - 60 * z2) * p ** 2 + (5 - 30 * z2) * p ** 3);
  }
  const root = Math.sqrt(2 * PI);
  return [(sums[0] * root) / z, (sums[1] * root) / (6 * z4), (sums[2] * root) / (72 * z ** 7), (sums[3] * root) / (6480 * z ** 10)];
}
