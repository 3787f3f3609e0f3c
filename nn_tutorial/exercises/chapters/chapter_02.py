"""Chapter 02: one student at a time goes through a network with nine given weights."""

from math import exp, log

import numpy as np

from nn_tutorial import Network
from nn_tutorial.activations import sigmoid
from nn_tutorial.data import made_up_weights
from nn_tutorial.exercises.exercise import Exercise, Mistake
from nn_tutorial.exercises.pencil import bend

W1, W2 = made_up_weights()
W2 = W2[:, 0]


def sums(studied, slept):
    return np.array([studied, slept]) @ W1


def points(studied, slept, bend_inside=sigmoid, bend_output=sigmoid):
    return 100 * bend_output(bend_inside(sums(studied, slept)) @ W2)


def unbent(z):
    return z


# 1. The worksheet.

the_second_student = Exercise(
    name="the-second-student",
    chapter=2,
    kind="number",
    question="Fill in the worksheet for the second student, (1, 5), scaled. What are the three "
    "sums of the hidden neurons, before the bend?",
    solution=lambda: sums(1 / 3, 5 / 9),
    also_right=(
        lambda: [h / 3 + s * 5 / 9 for h, s in ((0.2, 0.8), (0.6, 0.3), (0.1, 0.7))],
        lambda: (W1.T @ (1 / 3, 5 / 9)).round(4),
    ),
    decimals=3,
    carry=6,
    on_paper=lambda write: sums(write(1) / 3, write(5) / 9),
    mistakes={
        "hours that are not scaled": Mistake(
            lambda: sums(1, 5),
            "These are the sums for 1 hour and 5 hours as they are. The worksheet wants scaled "
            "hours; raw ones make the sums so large that the neurons come near their ceiling.",
            "With scaled hours",
        ),
        "divided by the student's own largest number": Mistake(
            lambda: sums(1 / 5, 1),
            "1 and 5 were divided by 5. With one student before you there is only this number to "
            "divide by. But scaling remembers the maxima of all three students.",
            "With scaled hours",
        ),
        "the two inputs exchanged": Mistake(
            lambda: sums(5 / 9, 1 / 3),
            "The hours slept met the weights for hours studied, and the other way round. In the "
            "table of weights each row belongs to one input: write its name in front.",
            "The weighted sum",
        ),
        "sums that are bent already": Mistake(
            lambda: sigmoid(sums(1 / 3, 5 / 9)),
            "These are the activations. A neuron does two things, and the second follows so "
            "quickly that one forgets to write down the first.",
            "One neuron",
        ),
        "weights read down the columns": Mistake(
            lambda: np.array([1 / 3, 5 / 9]) @ W1.T.reshape(2, 3),
            "The six weights were taken in the order of the columns, two by two. Each row of the "
            "table belongs to an input, and each column to a neuron.",
            "The weighted sum",
        ),
        "the first student's hours": Mistake(
            lambda: sums(2 / 3, 1),
            "These are the sums of the first student, (2, 9), as the chapter computes them. The "
            "question is about the second.",
            "With scaled hours",
        ),
        "the third student's hours": Mistake(
            lambda: sums(1, 6 / 9),
            "These are the sums of the third student, (3, 6). Python would call him or her number "
            "2; the question counts as people do.",
            "With scaled hours",
        ),
        "the maxima exchanged": Mistake(
            lambda: sums(1 / 9, 5 / 3),
            "The hours studied were divided by 9 and the hours slept by 3. Each column has a "
            "maximum of its own.",
            "With scaled hours",
        ),
        "both divided by 9": Mistake(
            lambda: sums(1 / 9, 5 / 9),
            "Both hours were divided by 9, the largest number of all. Each column has a maximum "
            "of its own.",
            "With scaled hours",
        ),
        "times the output weights": Mistake(
            lambda: sums(1 / 3, 5 / 9) * W2,
            "The sums were multiplied by the output weights already. These come later, after the "
            "bend.",
            "One neuron",
        ),
        "the hours studied alone": Mistake(
            lambda: W1[0] / 3,
            "Only the first row of weights was used. Each neuron adds two products, one for each "
            "input.",
            "The weighted sum",
        ),
        "the weights alone": Mistake(
            lambda: W1.sum(axis=0),
            "The two weights of each neuron were added, without the hours. As they stand, they "
            "would say the same of every student.",
            "The weighted sum",
        ),
    },
)

# 2. A prediction, from six sums.


def tells_apart():
    difference = abs(sums(1, 6 / 9) - sums(1 / 3, 5 / 9))
    return "abc"[difference.argmax()]


tell_two_apart = Exercise(
    name="tell-two-students-apart",
    chapter=2,
    kind="prediction",
    question="Which hidden neuron tells the second student, (1, 5), and the third, (3, 6), apart "
    "best, with scaled hours: whose sums differ most?",
    solution=tells_apart,
    choices={"a": "Neuron 1.", "b": "Neuron 2.", "c": "Neuron 3."},
    mistakes={
        "the largest weight": Mistake(
            lambda: "a",
            "Neuron 1 has the largest input weight of all, for hours slept. But a weight can only "
            "pass on a difference that is there, and in sleep these two hardly differ.",
            "The weighted sum",
        ),
        "the largest output weight": Mistake(
            lambda: "c",
            "Neuron 3 counts most for the output. That says nothing about its own sum, which is "
            "made of the hours and the weights in front of it.",
            "The weighted sum",
        ),
    },
)

# 3. The whole way. Those who study much: near the sums of the three students a bend changes so
# little (the sigmoid of 0.66 is 0.66) that one could leave it out unnoticed.

your_own_forward_pass = Exercise(
    name="your-own-forward-pass",
    chapter=2,
    kind="number",
    question="Scale your own hours with the maxima 3 and 9, and compute the forward pass by hand. "
    "How many points does the network say?",
    solution=lambda studied, slept: points(studied / 3, slept / 9),
    also_right=(
        lambda studied, slept: (
            100 * Network.from_weights([W1, W2[:, np.newaxis]]).predict([[studied / 3, slept / 9]])
        ),
        lambda studied, slept: round(points(studied / 3, slept / 9), 1),
    ),
    menus={
        "studied": (
            *(5.7, 6.0, 6.15, 6.3, 6.6, 6.75, 6.9),
            *(3.9, 4.2, 4.65, 4.95, 5.1, 5.55),
        ),
        "slept": (8.55, 9.45, 9.9, 10.35, 10.8, 4.05, 7.2, 7.65),
    },
    decimals=1,
    carry=6,
    on_paper=lambda write, studied, slept: points(write(studied) / 3, write(slept) / 9, bend, bend),
    mistakes={
        "hours that are not scaled": Mistake(
            points,
            "The hours went in as they are. The result even looks better, near the scores; but raw "
            "hours drive every neuron close to its ceiling, whoever asks.",
            "Looks can deceive",
        ),
        "no bend in the hidden layer": Mistake(
            lambda studied, slept: points(studied / 3, slept / 9, bend_inside=unbent),
            "The three sums went on to the output as they were. On paper the step from z to a is "
            "one line of the worksheet, and easily skipped.",
            "The hidden layer",
        ),
        "no bend at the output": Mistake(
            lambda studied, slept: points(studied / 3, slept / 9, bend_output=unbent),
            "The last sum was taken for the output, because there is no layer after it. The output "
            "neuron does the same as the others; no network of this kind gives more than 100 "
            "points.",
            "The output",
        ),
        "a share in place of points": Mistake(
            lambda studied, slept: points(studied / 3, slept / 9) / 100,
            "The forward pass is right. The network was made to say a score divided by 100, and "
            "the question is about points.",
            "The output",
        ),
        "a sign lost in the exponent": Mistake(
            lambda studied, slept: points(
                studied / 3, slept / 9, lambda z: sigmoid(-z), lambda z: sigmoid(-z)
            ),
            "1 was divided by 1 plus e to the z, without the minus. Then a large sum gives a small "
            "activation. On a calculator the minus is easily left out.",
            "The bend",
        ),
        "a forgotten reciprocal": Mistake(
            lambda studied, slept: 100 * (1 + exp(-sigmoid(sums(studied / 3, slept / 9)) @ W2)),
            "At the end 1 plus e to the -z was left standing. It took most of the work, so it "
            "looks finished; but it is more than 1, and no sigmoid is.",
            "The bend",
        ),
        "the two inputs exchanged": Mistake(
            lambda studied, slept: points(slept / 9, studied / 3),
            "The hours slept met the weights for hours studied, and the other way round. In the "
            "table of weights each row belongs to one input: write its name in front.",
            "The weighted sum",
        ),
        "no bend at all": Mistake(
            lambda studied, slept: points(studied / 3, slept / 9, unbent, unbent),
            "Neither the hidden neurons nor the output bend. What is left are two rounds of "
            "products and sums.",
            "The bend",
        ),
        "no bend, and not in points": Mistake(
            lambda studied, slept: points(studied / 3, slept / 9, bend_output=unbent) / 100,
            "This is the sum at the output. Two steps are missing behind it: it is bent, and then "
            "read in points.",
            "The output",
        ),
        "the maxima exchanged": Mistake(
            lambda studied, slept: points(studied / 9, slept / 3),
            "The hours studied were divided by 9 and the hours slept by 3. Each column has a "
            "maximum of its own.",
            "With scaled hours",
        ),
        "both divided by 9": Mistake(
            lambda studied, slept: points(studied / 9, slept / 9),
            "Both hours were divided by 9, the largest number of all. Each column has a maximum "
            "of its own.",
            "With scaled hours",
        ),
        "your own largest number": Mistake(
            lambda studied, slept: points(
                studied / max(studied, slept), slept / max(studied, slept)
            ),
            "Your hours were divided by the larger of the two. The maxima are those of the three "
            "students, and they are remembered.",
            "With scaled hours",
        ),
        "the mean of the hidden neurons": Mistake(
            lambda studied, slept: points(studied / 3, slept / 9, lambda z: sigmoid(z) / 3),
            "The sum at the output was divided by 3. A neuron adds its products up, and does not "
            "average them.",
            "The weighted sum",
        ),
    },
)

# 4. The sum of the weights always ends in 5 hundredths, so it is never the 1.8 of the chapter.


def limits(*weights):
    return 100 * sigmoid(sum(weights) / 2), 100 * sigmoid(sum(weights))


the_limits = Exercise(
    name="the-limits",
    chapter=2,
    kind="number",
    question="Your three numbers replace the output weights. Hours cannot be negative: what is the "
    "lowest output of the network then, and what can it never exceed, both in points?",
    solution=lambda w1, w2, w3: limits(w1, w2, w3),
    also_right=(
        lambda *w: np.array([100 / (1 + exp(-share * sum(w))) for share in (0.5, 1)]),
        lambda w1, w2, w3: [
            points(h, h, lambda z: sigmoid(z) * (w1, w2, w3) / W2) for h in (0, 1e3)
        ],
    ),
    menus={
        "w1": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.1),
        "w2": (0.25, 0.45, 0.65),
        "w3": (1.1, 1.3, 1.5, 1.7),
    },
    decimals=1,
    carry=6,
    on_paper=lambda write, *w: [100 * bend(share * sum(map(write, w))) for share in (0.5, 1)],
    mistakes={
        "activations of 0 for the lowest": Mistake(
            lambda *w: (50.0, limits(*w)[1]),
            "This bound is true, and it would hold for negative hours, too. But somebody who did "
            "nothing has three sums of 0, and the sigmoid of 0 is not 0.",
            "The bend",
        ),
        "100 points for the highest": Mistake(
            lambda *w: (limits(*w)[0], 100.0),
            "It is true that no network of this kind ever exceeds 100 points. But yours stays "
            "below a lower bound: how large can the sum at its output become?",
            "Looks can deceive",
        ),
        "the output not bent": Mistake(
            lambda *w: (100 * sum(w) / 2, 100 * sum(w)),
            "These are the sums at the output, times 100. No network of this kind says more than "
            "100 points: the bend is missing.",
            "The output",
        ),
        "half of the highest for the lowest": Mistake(
            lambda *w: (limits(*w)[1] / 2, limits(*w)[1]),
            "The activations are halved, so one expects half the output. The bend comes after the "
            "sum, and half a sum is not bent to half an output.",
            "Looks can deceive",
        ),
        "the chapter's output weights": Mistake(
            lambda *w: limits(*W2),
            "These are the limits for 0.4, 0.5 and 0.9. Your own weights replace them.",
            "Looks can deceive",
        ),
        "the weights divided by their number": Mistake(
            lambda *w: limits(*np.array(w) / 3),
            "The mean of the weights was taken. It sounds like a fair summary of three neurons, "
            "but a neuron adds its products up, and does not average them.",
            "The weighted sum",
        ),
        "0 for the lowest": Mistake(
            lambda *w: (0.0, limits(*w)[1]),
            "No output is below 0, that is true. But somebody who did nothing has three sums of "
            "0: what does the sigmoid make of them?",
            "The bend",
        ),
        "from 0 to 100": Mistake(
            lambda *w: (0.0, 100.0),
            "These are the bounds of any sigmoid. Your network stays within narrower ones, "
            "because its hidden activations and its weights have bounds, too.",
            "Looks can deceive",
        ),
        "from 50 to 100": Mistake(
            lambda *w: (50.0, 100.0),
            "With hidden activations of 0 the output would be 50, and with endless weights 100. "
            "Ask how small and how large the sum at this output can be.",
            "Looks can deceive",
        ),
        "the largest weight alone": Mistake(
            lambda *w: limits(max(w)),
            "Only the largest of the three weights was used. At both limits all three neurons "
            "have their say.",
            "The weighted sum",
        ),
        "the output not bent, not in points": Mistake(
            lambda *w: (sum(w) / 2, sum(w)),
            "These are the two sums at the output. Two steps are missing behind them: the bend, "
            "and the points.",
            "The output",
        ),
    },
)

# 5. A prediction.


def moves_more():
    def furthest(hours):
        doubled = (W1 * (1 + np.eye(6)[i].reshape(2, 3)) for i in range(6))
        return max(abs(100 * sigmoid(sigmoid(hours @ W) @ W2) - points(*hours)) for W in doubled)

    raw, scaled = furthest(np.array([2, 9])), furthest(np.array([2 / 3, 1]))
    return "a" if raw > scaled else "b", "2"


double_one_weight = Exercise(
    name="double-one-weight",
    chapter=2,
    kind="prediction",
    question="For the first student, (2, 9), you may double one of the six input weights. Where "
    "can you move the output further?",
    solution=moves_more,
    choices={"a": "With raw hours.", "b": "With scaled hours.", "c": "By the same amount in both."},
    reasons={
        "1": "With larger inputs the same doubling adds more to a sum.",
        "2": "The larger a sum already is, the less the bend passes on of what is added to it.",
        "3": "Scaled inputs lie between 0 and 1, as activations do, and fit the weights better.",
        "4": "The weights are the same, and so is the factor 2.",
    },
    mistakes={
        "larger inputs move more": Mistake(
            lambda: ("a", "2"),
            "Raw hours are larger, so a doubled weight adds more to the sum. But look at what the "
            "bend makes of a sum that is large already.",
            "Looks can deceive",
        ),
        "the same weights move the same": Mistake(
            lambda: ("c", "2"),
            "The weights are the same in both, and so is the doubling. What it does to the output "
            "depends on how large the sums are, and on the bend.",
            "Looks can deceive",
        ),
        "because more is added": Mistake(
            lambda: ("b", "1"),
            "It is true that larger inputs add more to a sum. That speaks for the other answer; "
            "what is it that outweighs it?",
            "Looks can deceive",
        ),
        "because they fit": Mistake(
            lambda: ("b", "3"),
            "A neuron multiplies and adds any numbers, whatever lies between 0 and 1. Compute what "
            "happens to one neuron's activation when its sum grows, once from 7.6 and once from "
            "0.93.",
            "Looks can deceive",
        ),
        "because the weights are the same": Mistake(
            lambda: ("b", "4"),
            "They are the same, and so they cannot explain a difference. What is not the same?",
            "With scaled hours",
        ),
    },
)

# 6. Stretch.


def new_weight(points, neuron, activations=None, wanted=None):
    a = sigmoid(sums(2 / 3, 1)) if activations is None else activations
    z = log(points / (100 - points)) if wanted is None else wanted
    i = neuron - 1
    return (z - (a @ W2 - a[i] * W2[i])) / a[i]


def by_halving(points, neuron):
    low, high = -10.0, 10.0
    a, weights = sigmoid(sums(2 / 3, 1)), W2.copy()
    while high - low > 1e-6:
        weights[neuron - 1] = (low + high) / 2
        too_high = 100 * sigmoid(a @ weights) > points
        low, high = (low, weights[neuron - 1]) if too_high else (weights[neuron - 1], high)
    return low


reach_a_score = Exercise(
    name="reach-a-score",
    chapter=2,
    kind="number",
    question="Change one output weight, that of your neuron, so that the first student gets your "
    "number of points with scaled hours. What is the new weight?",
    solution=lambda points, neuron: new_weight(points, neuron),
    also_right=(by_halving,),
    menus={
        "points": (
            *(59.5, 60.0, 60.5, 61.0, 67.0, 67.5, 68.0, 68.5, 73.0, 76.0, 76.5, 77.0),
            *(78.0, 78.5, 79.0, 80.0, 81.5, 82.0, 82.5, 83.5, 84.0, 84.5, 85.0, 86.0),
            *(89.0, 89.5, 92.5, 93.0, 93.5, 94.0, 94.5, 95.0, 95.5, 96.5, 97.0, 97.5),
        ),
        "neuron": (1, 2, 3),
    },
    decimals=2,
    carry=6,
    on_paper=lambda write, points, neuron: new_weight(
        write(points), neuron, bend(sums(write(2) / 3, write(1)))
    ),
    mistakes={
        "hours that are not scaled": Mistake(
            lambda points, neuron: new_weight(points, neuron, sigmoid(sums(2, 9))),
            "This weight is the right one for raw hours, where the activations are nearly 1. With "
            "scaled hours they are smaller, and a different weight is needed.",
            "With scaled hours",
        ),
        "the output not bent": Mistake(
            lambda points, neuron: new_weight(points, neuron, wanted=points / 100),
            "With this weight the sum at the output is the score divided by 100. But the output "
            "is the bent sum: put your weight in, and bend.",
            "The output",
        ),
        "how much the weight changes": Mistake(
            lambda points, neuron: new_weight(points, neuron) - W2[neuron - 1],
            "This is what has to be added to the old weight. The question is for the weight "
            "itself, as it would stand in the table.",
            "With scaled hours",
        ),
        "another neuron's weight": Mistake(
            lambda points, neuron: new_weight(points, neuron % 3 + 1),
            "The weight does give these points, but on the line of another neuron. People count "
            "from 1 and Python from 0, so everybody slips here now and then.",
            "The whole network in one picture",
        ),
        "the hidden sums not bent": Mistake(
            lambda points, neuron: new_weight(points, neuron, sums(2 / 3, 1)),
            "The output weights were multiplied by the sums z of the hidden neurons. What a neuron "
            "passes on is its activation.",
            "The hidden layer",
        ),
        "the other neurons forgotten": Mistake(
            lambda points, neuron: (
                log(points / (100 - points)) / sigmoid(sums(2 / 3, 1))[neuron - 1]
            ),
            "This weight would do all the work alone. The two other neurons bring something to "
            "the sum already.",
            "The weighted sum",
        ),
        "in proportion to the points": Mistake(
            lambda points, neuron: (
                W2[neuron - 1] * points / (100 * sigmoid(sigmoid(sums(2 / 3, 1)) @ W2))
            ),
            "The weight was made larger in the same proportion as the points. But it is one of "
            "three, and behind the sum there is a bend.",
            "The output",
        ),
        "the sign of the logarithm": Mistake(
            lambda points, neuron: new_weight(points, neuron, wanted=-log(points / (100 - points))),
            "The bend was undone with the wrong sign: this sum belongs to 100 minus your points. "
            "A score above 50 needs a sum above 0.",
            "The bend",
        ),
        "not divided by the activation": Mistake(
            lambda points, neuron: new_weight(points, neuron) * sigmoid(sums(2 / 3, 1))[neuron - 1],
            "This is what your neuron has to bring to the sum. The neuron says its activation, "
            "which is below 1; the weight makes the rest of it.",
            "The weighted sum",
        ),
        "a logarithm to the base 10": Mistake(
            lambda points, neuron: new_weight(
                points, neuron, wanted=log(points / (100 - points)) / log(10)
            ),
            "The key `log` of many calculators is the logarithm to the base 10. The sigmoid has e "
            "in it, so the natural one undoes it, `ln`.",
            "The bend",
        ),
    },
)

EXERCISES = (
    the_second_student,
    tell_two_apart,
    your_own_forward_pass,
    the_limits,
    double_one_weight,
    reach_a_score,
)
