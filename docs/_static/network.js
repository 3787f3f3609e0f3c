// The network of chapter 02 with its nine weights to move, and the training of chapter 08.
// Plain JavaScript, so that it works before anything is installed; a test compares its numbers
// with the package's.

const nnNetwork = {
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),

  // Hours, each divided by the largest of its column.
  scale: (X) => X.map((row) => row.map((h, j) => h / Math.max(...X.map((other) => other[j])))),

  forward(x, W1, W2) {
    const z1 = W1[0].map((_, j) => x.reduce((sum, value, i) => sum + value * W1[i][j], 0));
    const a1 = z1.map(nnNetwork.sigmoid);
    const z2 = a1.reduce((sum, a, j) => sum + a * W2[j][0], 0);
    return { z1, a1, z2, a2: nnNetwork.sigmoid(z2) };
  },

  // The mean squared error; X is scaled, y is divided by 100.
  loss(X, y, W1, W2) {
    const squares = X.map((x, n) => (nnNetwork.forward(x, W1, W2).a2 - y[n]) ** 2);
    return squares.reduce((sum, square) => sum + square, 0) / y.length;
  },

  // One step downhill; the weights that come in stay as they are.
  step(X, y, W1, W2, rate) {
    const dW1 = W1.map((row) => row.map(() => 0));
    const dW2 = W2.map(() => [0]);
    X.forEach((x, n) => {
      const { a1, a2 } = nnNetwork.forward(x, W1, W2);
      const dz2 = (2 / y.length) * (a2 - y[n]) * a2 * (1 - a2);
      a1.forEach((a, j) => {
        dW2[j][0] += a * dz2;
        const dz1 = dz2 * W2[j][0] * a * (1 - a);
        x.forEach((value, i) => (dW1[i][j] += value * dz1));
      });
    });
    const down = (W, dW) => W.map((row, i) => row.map((w, j) => w - rate * dW[i][j]));
    return [down(W1, dW1), down(W2, dW2)];
  },

  plain(value, decimals) {
    const text = value.toFixed(decimals);
    return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
  },

  // The same sentence as below the Explore cell of chapter 02.
  words({ z1, a1, z2, a2 }, points) {
    const listed = (numbers) => {
      const texts = numbers.map((number) => nnNetwork.plain(number, 4));
      return `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
    };
    return (
      `Sums ${listed(z1)}, activations ${listed(a1)}. Output sum ${nnNetwork.plain(z2, 4)}, ` +
      `output ${a2.toFixed(4)}: ${(100 * a2).toFixed(2)} points. The exam said ${points}.`
    );
  },
};
