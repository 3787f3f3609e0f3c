"""The questions of the recalls, in the order of the chapters that taught their answers.

Each takes less than a minute, in the head or on a calculator. See `recall` for what a question
is; whatever menu picks, no two of its numbers come closer than one unit of the last digit asked.
"""

from math import ceil, exp, factorial, log, log2, log10, sqrt

from nn_tutorial.exercises.recall import Question


def bent(z):
    """Return the sigmoid of a number."""
    return 1 / (1 + exp(-z))


def steepness(a):
    """Return the slope of the sigmoid, from the activation."""
    return a * (1 - a)


# Chapter 01.

sleep_scaled = Question(
    chapter=1,
    section="Divide each column by its largest value",
    text="Somebody slept `slept` hours. The largest values in the table are 3 hours studied and 9 "
    "hours slept. Which number goes into the network?",
    menus={"slept": (4.5, 5.4, 6.3, 7.2, 8.1, 9.9)},
    answer=lambda slept: slept / 9,
    mistakes={
        "the maximum of the other column": (
            lambda slept: slept / 3,
            "The hours slept were divided by the largest number of hours studied. Each column "
            "has a maximum of its own.",
        ),
        "hours that are not scaled": (
            lambda slept: slept,
            "These are the hours as they are. The network sees shares of the largest value.",
        ),
        "the student's own largest number": (
            lambda slept: 1,
            "Whatever is divided by itself is 1. The maximum is that of the three students, and it "
            "is remembered.",
        ),
        "multiplied by the maximum": (
            lambda slept: 9 * slept,
            "Multiplying by the maximum is the way back, from the network's numbers to hours.",
        ),
        "the smallest subtracted": (
            lambda slept: (slept - 5) / 4,
            "The least, 5, was subtracted, and the rest divided by the range. This series only "
            "divides, so that 0 means no hours at all.",
        ),
    },
)

points_of_output = Question(
    chapter=1,
    section="The points: divide by 100, not by 92",
    text="The network's output is `output`. How many points does it say?",
    menus={"output": (0.71, 0.73, 0.77, 0.79, 0.83, 0.86, 0.88, 0.94)},
    answer=lambda output: 100 * output,
    mistakes={
        "times the best score": (
            lambda output: 92 * output,
            "92 is the largest of the three scores. Hours are divided by the largest of their "
            "column, but the scores were not.",
        ),
        "a share in place of points": (
            lambda output: output,
            "This is the output as it is, a share. The question is about points.",
        ),
        "times the mean score": (
            lambda output: 89 * output,
            "89 is the mean of the three scores. Then an output of 1 would be an average student; "
            "but it stands for full marks.",
        ),
    },
)

hours_back = Question(
    chapter=1,
    section="The scaler remembers",
    text="The largest values in the table are 3 hours studied and 9 hours slept. Somebody's hours "
    "studied, scaled, are `share`. How many hours are these?",
    menus={"share": (0.4, 0.5, 0.6, 0.8, 0.9, 1.1, 1.2)},
    answer=lambda share: 3 * share,
    mistakes={
        "back by the other maximum": (
            lambda share: 9 * share,
            "9 belongs to the hours slept. Each column goes back by what it was divided by.",
        ),
        "divided once more": (
            lambda share: share / 3,
            "Dividing was the way in. As hours this would be less than half of one.",
        ),
        "left as a share": (
            lambda share: share,
            "This is still a share of the most that anybody studied. The question is about hours.",
        ),
        "times 100": (
            lambda share: 100 * share,
            "100 belongs to the points. The hours were divided by something else.",
        ),
    },
)

largest_of_columns = Question(
    chapter=1,
    section="Divide each column by its largest value",
    text="A table has `rows` rows and `columns` columns. How many numbers are in "
    "`table.max(axis=0)`?",
    menus={"rows": (5, 6, 7), "columns": (2, 3, 4)},
    answer=lambda rows, columns: columns,
    mistakes={
        "one for each row": (
            lambda rows, columns: rows,
            "That would be `axis=1`. The axis that is named is the one that disappears, and axis 0 "
            "counts the rows.",
        ),
        "as many as the table": (
            lambda rows, columns: rows * columns,
            "That is how many numbers go in. A maximum along an axis leaves that axis out.",
        ),
        "one for the whole table": (
            lambda rows, columns: 1,
            "That is `table.max()`, without an axis: one number for rows and columns together.",
        ),
    },
)

# Chapter 02.

weighted_sum = Question(
    chapter=2,
    section="The weighted sum",
    text="The numbers `x1` and `x2` go into a neuron, with the weights `w1` and `w2`. What is the "
    "weighted sum?",
    menus={"x1": (2, 3, 4), "x2": (5, 6, 7), "w1": (0.2, 0.4), "w2": (0.7, 0.9)},
    answer=lambda x1, x2, w1, w2: x1 * w1 + x2 * w2,
    mistakes={
        "the weights exchanged": (
            lambda x1, x2, w1, w2: x1 * w2 + x2 * w1,
            "Each number met the other's weight. Write the pairs under one another before you "
            "multiply.",
        ),
        "added before the weights": (
            lambda x1, x2, w1, w2: (x1 + x2) * (w1 + w2),
            "The numbers were added first, and the weights, too. A number is multiplied by its own "
            "weight, and then the products are added.",
        ),
        "the mean of the products": (
            lambda x1, x2, w1, w2: (x1 * w1 + x2 * w2) / 2,
            "A mean sounds like a fair summary of two inputs. But a neuron adds its products up, "
            "and does not average them.",
        ),
        "bent already": (
            lambda x1, x2, w1, w2: bent(x1 * w1 + x2 * w2),
            "This is the activation. The neuron's second step was done, too.",
        ),
        "the inputs alone": (
            lambda x1, x2, w1, w2: x1 + x2,
            "The two numbers were added without their weights. A weight says how much a number "
            "counts.",
        ),
    },
)

activation_of = Question(
    chapter=2,
    section="The bend",
    text="A neuron's weighted sum is `z`. What is its activation, with the sigmoid?",
    menus={"z": (-1.7, -1.2, -0.8, 0.5, 0.6, 1.2, 1.7)},
    answer=bent,
    mistakes={
        "a minus lost in the exponent": (
            lambda z: bent(-z),
            "1 was divided by 1 plus e to the z, without the minus. Then a larger sum gives a "
            "smaller activation.",
        ),
        "the denominator alone": (
            lambda z: 1 + exp(-z),
            "1 plus e to the -z was left standing. It is more than 1, and no sigmoid is.",
        ),
        "not bent": (
            lambda z: z,
            "This is the weighted sum itself. A neuron has a second step, and it is easily "
            "skipped.",
        ),
        "the slope in place of the value": (
            lambda z: steepness(bent(z)),
            "This says how steep the sigmoid is there. The question is how high.",
        ),
        "a minus too many in the denominator": (
            lambda z: 1 / (1 - exp(-z)),
            "The power of e was subtracted from 1. The minus stands in the exponent only; before "
            "the power is a plus.",
        ),
    },
)

count_weights = Question(
    chapter=2,
    section="One neuron",
    text="A network has `inputs` inputs, `hidden` hidden neurons and `outputs` outputs, and no "
    "biases. How many weights does it have?",
    menus={"inputs": (4, 5), "hidden": (6, 7), "outputs": (2, 3)},
    answer=lambda inputs, hidden, outputs: inputs * hidden + hidden * outputs,
    mistakes={
        "the three sizes multiplied": (
            lambda inputs, hidden, outputs: inputs * hidden * outputs,
            "These are the paths from an input to an output. Each path uses two weights, and paths "
            "share them.",
        ),
        "the first table alone": (
            lambda inputs, hidden, outputs: inputs * hidden,
            "These are the weights into the hidden neurons. Others lead on to the outputs.",
        ),
        "the neurons counted": (
            lambda inputs, hidden, outputs: inputs + hidden + outputs,
            "This counts the circles of the picture. A weight belongs to a line.",
        ),
        "from the inputs straight on": (
            lambda inputs, hidden, outputs: inputs * (hidden + outputs),
            "Here the lines to the outputs begin at the inputs. They begin at the hidden neurons.",
        ),
        "biases counted as well": (
            lambda inputs, hidden, outputs: (inputs + 1) * hidden + (hidden + 1) * outputs,
            "Each hidden neuron and each output got one number more, a bias. This network has "
            "none.",
        ),
    },
)

ceiling_of_sum = Question(
    chapter=2,
    section="Looks can deceive",
    text="The output weights are `v1`, `v2` and `v3`, and the hidden neurons have sigmoids. What "
    "is the smallest number that the sum at the output never exceeds?",
    menus={"v1": (0.2, 0.3, 0.4), "v2": (0.7, 0.8), "v3": (1.3, 1.5, 1.7)},
    answer=lambda *v: sum(v),
    mistakes={
        "the largest weight": (
            lambda *v: max(v),
            "All three hidden neurons can be near their ceiling together, and the sum adds up what "
            "each of them sends.",
        ),
        "the bound of a sigmoid": (
            lambda *v: 1,
            "This is the bound of one activation. The question is about a sum of three, each with "
            "its weight, before the output bends.",
        ),
        "the bound of the points": (
            lambda *v: 100,
            "No sigmoid network says more than 100 points. The question is about the sum, before "
            "the output bends.",
        ),
        "hidden activations of one half": (
            lambda *v: sum(v) / 2,
            "That is the sum for somebody with 0 hours of everything. How large can an activation "
            "become?",
        ),
        "bent, and in points": (
            lambda *v: 100 * bent(sum(v)),
            "This is the bound of the points in this network. The question stops at the sum, "
            "before the bend.",
        ),
        "bent already, at the ceiling": (
            lambda *v: bent(sum(v)),
            "This is the bound of the output. The question stops at the sum, before the bend.",
        ),
        "the mean weight": (
            lambda *v: sum(v) / 3,
            "A mean sounds like a fair summary of three neurons. But the sum at the output is a "
            "sum, and no mean.",
        ),
    },
)

# Chapter 03.

slope_from_a = Question(
    chapter=3,
    section="The slope, exactly",
    text="A neuron's activation is `a`. How steep is the sigmoid there?",
    menus={"a": (0.2, 0.3, 0.6, 0.7, 0.8, 0.9)},
    answer=steepness,
    mistakes={
        "the activation taken for the sum": (
            lambda a: steepness(bent(a)),
            "The activation was bent once more before the slope was taken. It has been through the "
            "sigmoid already.",
        ),
        "1 minus the activation": (
            lambda a: 1 - a,
            "This is one of two factors. The formula for the slope is short, and easily cut "
            "shorter.",
        ),
        "the steepest slope": (
            lambda a: 0.25,
            "1/4 is the slope in the middle, where the activation is one half. Elsewhere it is "
            "flatter.",
        ),
        "a plus in place of the minus": (
            lambda a: a * (1 + a),
            "No slope of the sigmoid is above 1/4; look at the sign in the second factor.",
        ),
        "how high it is": (
            lambda a: a,
            "How high the curve is does not say how steep it is: near the top it is almost level.",
        ),
    },
)

mirrored = Question(
    chapter=3,
    section="The sigmoid",
    text="The sigmoid of some number is `value`. What is the sigmoid of minus that number?",
    menus={"value": (0.6, 0.7, 0.8, 0.9, 0.95)},
    answer=lambda value: 1 - value,
    mistakes={
        "minus the value": (
            lambda value: -value,
            "No sigmoid is negative. Half a turn about the point at the height one half brings the "
            "curve onto itself, not one about 0.",
        ),
        "the same value": (
            lambda value: value,
            "The sigmoid climbs everywhere, so two different numbers never share a value. A number "
            "and its negative share the slope.",
        ),
        "1 divided by the value": (
            lambda value: 1 / value,
            "The minus stands in the exponent, and that turns e to the z upside down, but not the "
            "sigmoid. This is more than 1, and no sigmoid is.",
        ),
        "the slope there": (
            steepness,
            "This is how steep the sigmoid is at either of the two. The question is how high.",
        ),
    },
)

collapsed = Question(
    chapter=3,
    section="Without a bend, two layers are one",
    text="A network without a bend has one input and two hidden neurons, with the input weights "
    "`u1` and `u2` and the output weights `v1` and `v2`. Which single weight does the same?",
    menus={"u1": (2, 3), "u2": (4, 5), "v1": (0.3, 0.6), "v2": (-0.2, 0.7)},
    answer=lambda u1, u2, v1, v2: u1 * v1 + u2 * v2,
    mistakes={
        "crossed paths": (
            lambda u1, u2, v1, v2: u1 * v2 + u2 * v1,
            "A path goes through one neuron: its input weight and its output weight belong "
            "together.",
        ),
        "sums multiplied": (
            lambda u1, u2, v1, v2: (u1 + u2) * (v1 + v2),
            "The weights of each layer were added first. That also counts paths that change the "
            "neuron midway.",
        ),
        "all four multiplied": (
            lambda u1, u2, v1, v2: u1 * u2 * v1 * v2,
            "Along a path one multiplies. The two paths meet at the output: what happens there?",
        ),
        "the paths averaged": (
            lambda u1, u2, v1, v2: (u1 * v1 + u2 * v2) / 2,
            "Two paths lead to the output. A neuron adds up what arrives, and does not average it.",
        ),
        "all four added": (
            lambda u1, u2, v1, v2: u1 + u2 + v1 + v2,
            "Where paths meet, one adds. But along a path the two weights are multiplied.",
        ),
    },
)

# Chapter 04.

size_of_product = Question(
    chapter=4,
    section="Shapes are half the work",
    text="A table with `n` rows and `d` columns is multiplied by a table with `d` rows and `h` "
    "columns, with `@`. How many numbers are in the result?",
    menus={"n": (5, 6), "d": (2, 3), "h": (4, 7)},
    answer=lambda n, d, h: n * h,
    mistakes={
        "the inner size kept": (
            lambda n, d, h: n * d * h,
            "That is how many products are computed. Those that belong together are added up, and "
            "with that the inner size disappears.",
        ),
        "as large as the left table": (
            lambda n, d, h: n * d,
            "The result has the rows of the left table, but not its columns.",
        ),
        "as large as the right table": (
            lambda n, d, h: d * h,
            "The result has the columns of the right table, but not its rows.",
        ),
        "the two tables counted": (
            lambda n, d, h: n * d + d * h,
            "These are the numbers that go in. They are multiplied and added up on the way.",
        ),
    },
)

products_in_all = Question(
    chapter=4,
    section="Shapes are half the work",
    text="`n` students with `d` inputs each go into `h` hidden neurons, by one `X @ W1`. How many "
    "products of an input and a weight are computed?",
    menus={"n": (5, 6), "d": (2, 3), "h": (4, 7)},
    answer=lambda n, d, h: n * d * h,
    mistakes={
        "the sums counted": (
            lambda n, d, h: n * h,
            "These are the weighted sums. Each of them adds up several products.",
        ),
        "one student": (
            lambda n, d, h: d * h,
            "One student takes so many. In a matrix product all students go through at once.",
        ),
        "one neuron": (
            lambda n, d, h: n * d,
            "One neuron takes so many. There are several, and each looks at every input.",
        ),
        "the two tables counted": (
            lambda n, d, h: n * d + d * h,
            "These are the numbers in the two tables. Each is used more than once.",
        ),
    },
)

# Chapter 05.

mean_of_squares = Question(
    chapter=5,
    section="One number",
    text="The errors of three students are `e1`, `e2` and `e3`. What is the mean squared error?",
    menus={"e1": (0.1, 0.2), "e2": (-0.3, -0.4, -0.5), "e3": (0.6, 0.7)},
    answer=lambda *e: sum(x * x for x in e) / 3,
    mistakes={
        "the sum of the squares": (
            lambda *e: sum(x * x for x in e),
            "The squares were added up. A mean does not grow with the size of the class.",
        ),
        "half the sum": (
            lambda *e: sum(x * x for x in e) / 2,
            "Half the sum is a loss that other programs use. Ours is the mean.",
        ),
        "the root of the mean": (
            lambda *e: sqrt(sum(x * x for x in e) / 3),
            "The root is easier to picture, a typical error. The loss itself is without it.",
        ),
        "the square of the mean": (
            lambda *e: (sum(e) / 3) ** 2,
            "The errors were averaged first, so that those above and below made up for each other.",
        ),
        "a minus that is not squared": (
            lambda *e: sum(x * abs(x) for x in e) / 3,
            "The negative error took away from the sum, and no square does that. Python reads "
            "`-0.5**2` as minus the square of 0.5.",
        ),
        "the mean error": (
            lambda *e: sum(e) / 3,
            "Nothing was squared: errors above and below make up for each other.",
        ),
        "the mean size": (
            lambda *e: sum(map(abs, e)) / 3,
            "The sizes of the errors were averaged. That is a loss, too, but the name says "
            "squared.",
        ),
    },
)

slope_by_nudge = Question(
    chapter=5,
    section="One weight",
    text="One weight is made 0.01 larger, and the loss goes from `before` to `after`. How steep is "
    "the loss in this weight, roughly?",
    menus={"before": (0.26, 0.27, 0.28), "after": (0.21, 0.23, 0.24, 0.29)},
    answer=lambda before, after: (after - before) / 0.01,
    mistakes={
        "before minus after": (
            lambda before, after: (before - after) / 0.01,
            "The sign tells which way is down: a loss that falls as the weight grows has a "
            "negative slope.",
        ),
        "the rise alone": (
            lambda before, after: after - before,
            "This is how much the loss changes. A slope is rise over run, and the run is how far "
            "the weight moved.",
        ),
        "relative to the loss": (
            lambda before, after: (after - before) / before,
            "The change was divided by the loss before. The run is how far the weight moved.",
        ),
        "a step to both sides": (
            lambda before, after: (after - before) / 0.02,
            "Twice the step is the run where one nudges to both sides. Here there was one nudge.",
        ),
    },
)

# Chapter 06.

chain_of_three = Question(
    chapter=6,
    section="Slopes multiply",
    text="Along a chain the slopes of three links are `s1`, `s2` and `s3`. What is the slope of "
    "the whole chain?",
    menus={"s1": (2, 3, 5), "s2": (0.4, 0.6), "s3": (-0.2, -0.3)},
    answer=lambda s1, s2, s3: s1 * s2 * s3,
    mistakes={
        "slopes added": (
            lambda s1, s2, s3: s1 + s2 + s3,
            "Each slope says how fast the next thing moves when the one before it moves. Think of "
            "the bicycle: pedals, wheel, road.",
        ),
        "the last link forgotten": (
            lambda s1, s2, s3: s1 * s2,
            "Two of the slopes were multiplied. The chain has three links, and the last, which "
            "is negative here, turns the sign.",
        ),
        "the last link alone": (
            lambda s1, s2, s3: s3,
            "The last link says how fast the end moves with the thing before it. What moves that?",
        ),
        "the mean of the slopes": (
            lambda s1, s2, s3: (s1 + s2 + s3) / 3,
            "The slopes were averaged. Think of the bicycle: pedals, wheel, road.",
        ),
        "the first link forgotten": (
            lambda s1, s2, s3: s2 * s3,
            "Two of the slopes were multiplied. The chain has three links, and begins with the "
            "first.",
        ),
    },
)

output_delta = Question(
    chapter=6,
    section="Step 1: the output",
    text="One student, one output with a sigmoid: the prediction is `a2`, the target `y`. What is "
    "the delta of the output, for the squared error?",
    menus={"a2": (0.6, 0.7, 0.8), "y": (0.3, 0.4, 0.9, 1.0)},
    answer=lambda a2, y: 2 * (a2 - y) * steepness(a2),
    mistakes={
        "the 2 of the square forgotten": (
            lambda a2, y: (a2 - y) * steepness(a2),
            "The slope of a square has a 2 in it. Without it each step is half as long.",
        ),
        "the slope of the sigmoid forgotten": (
            lambda a2, y: 2 * (a2 - y),
            "This is the slope of the loss in the prediction. The delta is the slope in the sum, "
            "before the bend.",
        ),
        "target minus prediction": (
            lambda a2, y: 2 * (y - a2) * steepness(a2),
            "The error is the prediction minus the truth. With the other sign every step goes "
            "uphill.",
        ),
        "the error alone": (
            lambda a2, y: a2 - y,
            "This is the error. Two factors come with it: one from the square, one from the bend.",
        ),
        "the slope of the sigmoid of the prediction": (
            lambda a2, y: 2 * (a2 - y) * steepness(bent(a2)),
            "The prediction is an activation already, and for the slope it was bent once more.",
        ),
    },
)

slope_of_output_weight = Question(
    chapter=6,
    section="Step 2: the output weights",
    text="A hidden activation is `h`, and the delta of the output is `delta`. How steep is the "
    "loss in the weight between the two?",
    menus={"h": (0.6, 0.7, 0.8), "delta": (-0.5, -0.4, -0.2, 0.3)},
    answer=lambda h, delta: h * delta,
    mistakes={
        "the delta alone": (
            lambda h, delta: delta,
            "A weight that multiplies a small activation moves the sum less than one that "
            "multiplies a large one.",
        ),
        "a slope in place of the activation": (
            lambda h, delta: steepness(h) * delta,
            "The bend of the hidden neuron comes before this weight, so the path from the weight "
            "to the loss does not pass it.",
        ),
        "a slope too many": (
            lambda h, delta: h * steepness(h) * delta,
            "Activation and delta are there, and the slope of the hidden neuron, too. Its bend "
            "comes before this weight: the path from the weight to the loss does not pass it.",
        ),
        "activation plus delta": (
            lambda h, delta: h + delta,
            "Where paths meet, one adds. But along a chain slopes are multiplied.",
        ),
        "divided by the activation": (
            lambda h, delta: delta / h,
            "The delta was divided by the activation. How much does the sum grow if the weight "
            "grows by 1?",
        ),
        "the activation alone": (
            lambda h, delta: h,
            "This says how fast the output's sum moves with the weight. And how fast does the loss "
            "move with the sum?",
        ),
    },
)

hidden_delta = Question(
    chapter=6,
    section="Step 4: back through the bend",
    text="The delta of the output is `delta`. A weight `w` leads there, from a hidden neuron with "
    "the activation `h`. What is the delta of this neuron?",
    menus={"delta": (-0.5, -0.4, 0.3), "w": (0.5, 2), "h": (0.6, 0.8, 0.9)},
    answer=lambda delta, w, h: delta * w * steepness(h),
    mistakes={
        "no slope of the hidden neuron": (
            lambda delta, w, h: delta * w,
            "This is the blame at the activation. The neuron bends, so one more factor leads back "
            "to its sum.",
        ),
        "the activation in place of its slope": (
            lambda delta, w, h: delta * w * h,
            "The activation itself was taken for the factor of the bend. That factor is a slope.",
        ),
        "no weight on the way": (
            lambda delta, w, h: delta * steepness(h),
            "The blame comes back over the weight that sent the activation forward.",
        ),
        "the slope of the output weight": (
            lambda delta, w, h: delta * h,
            "This is how steep the loss is in the weight between the two. The question is about "
            "the neuron.",
        ),
    },
)

one_update = Question(
    chapter=6,
    section="One update",
    text="A weight is `weight`, the slope of the loss in it is `slope`, and the learning rate is "
    "`rate`. What is the weight after one update?",
    menus={"weight": (0.5, 0.7, 0.9), "slope": (-0.2, 0.3, -0.6), "rate": (0.5, 3)},
    answer=lambda weight, slope, rate: weight - rate * slope,
    mistakes={
        "uphill": (
            lambda weight, slope, rate: weight + rate * slope,
            "The weight went the way in which the loss grows. The slope tells which way is up.",
        ),
        "the rate forgotten": (
            lambda weight, slope, rate: weight - slope,
            "The slope was subtracted as it is. That is a rate of 1: only with that rate is it "
            "right.",
        ),
        "the step alone": (
            lambda weight, slope, rate: rate * slope,
            "This is the rate times the slope. The question is where the weight arrives.",
        ),
        "the step alone, its sign turned": (
            lambda weight, slope, rate: -rate * slope,
            "This is what is added to the weight. The question is where the weight arrives.",
        ),
        "divided by the rate": (
            lambda weight, slope, rate: weight - slope / rate,
            "The slope was divided by the learning rate. A larger rate should make a longer step.",
        ),
        "the slope forgotten": (
            lambda weight, slope, rate: weight - rate,
            "The rate was subtracted without the slope: then all weights would move alike.",
        ),
    },
)

# Chapter 07.

sum_over_students = Question(
    chapter=7,
    section="Line 2: the output weights",
    text="A hidden neuron has the activations `a1` and `a2` for two students, whose deltas of the "
    "output are `d1` and `d2`. How steep is the loss in the weight from this neuron to the output?",
    menus={"a1": (0.3, 0.7), "a2": (0.8, 0.9), "d1": (-0.2, -0.4), "d2": (0.1, 0.5)},
    answer=lambda a1, a2, d1, d2: a1 * d1 + a2 * d2,
    mistakes={
        "the students averaged": (
            lambda a1, a2, d1, d2: (a1 * d1 + a2 * d2) / 2,
            "The loss is a mean, and its factor is in the deltas already. Here the students are "
            "added up.",
        ),
        "students crossed": (
            lambda a1, a2, d1, d2: a1 * d2 + a2 * d1,
            "Each student's activation belongs to the same student's delta.",
        ),
        "added before they are multiplied": (
            lambda a1, a2, d1, d2: (a1 + a2) * (d1 + d2),
            "The students were added up first, on both sides. That also multiplies one student's "
            "activation by the other's delta.",
        ),
        "the first student alone": (
            lambda a1, a2, d1, d2: a1 * d1,
            "Both students use this weight, so both say something about it.",
        ),
        "the deltas alone": (
            lambda a1, a2, d1, d2: d1 + d2,
            "How much the output's sum moves with the weight depends on the activation that the "
            "weight multiplies.",
        ),
    },
)

factor_of_mean = Question(
    chapter=7,
    section="Line 1: the deltas of the output",
    text="The loss is the mean squared error of `n` students with `c` outputs each. Line 1 begins "
    "with a factor that stands before every error: which number is it?",
    menus={"n": (4, 10, 20), "c": (2, 5)},
    answer=lambda n, c: 2 / (n * c),
    mistakes={
        "the outputs forgotten": (
            lambda n, c: 2 / n,
            "With a single output this would be right. The loss is the mean of all squares.",
        ),
        "the 2 of the square left out": (
            lambda n, c: 1 / (n * c),
            "The share of each square in the mean is there. And the slope of a square?",
        ),
        "the factor of the sum": (
            lambda n, c: 2,
            "This belongs to the sum of the squares. The loss is their mean.",
        ),
        "the number of squares": (
            lambda n, c: n * c,
            "That is how many squares are averaged. Each of them has a share in the mean.",
        ),
        "the students forgotten": (
            lambda n, c: 2 / c,
            "This would be right for a single student. The loss is the mean of all squares, those "
            "of all students.",
        ),
    },
)

cost_of_nudging = Question(
    chapter=7,
    section="What it costs",
    text="A network has `weights` weights. How many forward passes does it take to nudge each of "
    "them to both sides?",
    menus={"weights": (9, 13, 21, 50, 100, 300)},
    answer=lambda weights: 2 * weights,
    mistakes={
        "one for each weight": (
            lambda weights: weights,
            "To both sides: once with the weight a little larger, once a little smaller.",
        ),
        "one more than there are weights": (
            lambda weights: weights + 1,
            "That would do for nudges to one side, with one pass for where you stand.",
        ),
        "what backpropagation costs": (
            lambda weights: 3,
            "Three passes are about what one step of backpropagation costs, however many weights "
            "there are. Nudging asks for each weight anew.",
        ),
        "each weight with each": (
            lambda weights: weights**2,
            "The number of weights was squared. Each of them is nudged alone, with all others as "
            "they are.",
        ),
    },
)

# Chapter 08.

limit_of_rate = Question(
    chapter=8,
    section="When it does blow up",
    text="A valley with one weight has the curvature `curvature`: its loss is half the curvature "
    "times the square of the weight. Above which learning rate does each step end further from the "
    "bottom than it began?",
    menus={"curvature": (4, 5, 8, 10, 16)},
    answer=lambda curvature: 2 / curvature,
    mistakes={
        "the rate that lands on the bottom": (
            lambda curvature: 1 / curvature,
            "With this rate one step ends exactly at the bottom. Beyond it a step lands on the "
            "other side, at first still nearer than before.",
        ),
        "the fraction upside down": (
            lambda curvature: curvature / 2,
            "The fraction stands upside down. The more curved a valley, the smaller a rate it "
            "forgives.",
        ),
        "the curvature itself": (
            lambda curvature: curvature,
            "The more curved a valley, the smaller a rate it forgives. So the limit cannot grow "
            "with the curvature.",
        ),
        "twice the curvature": (
            lambda curvature: 2 * curvature,
            "The more curved a valley, the smaller a rate it forgives. So the limit cannot grow "
            "with the curvature.",
        ),
    },
)

stuck_at_the_top = Question(
    chapter=8,
    section="How fast?",
    text="A rate was far too large, and all predictions are stuck at 1. The two targets are `y1` "
    "and `y2`. What is the mean squared error?",
    menus={"y1": (0.6, 0.7, 0.9), "y2": (0.2, 0.5)},
    answer=lambda y1, y2: ((1 - y1) ** 2 + (1 - y2) ** 2) / 2,
    mistakes={
        "the squares added up": (
            lambda y1, y2: (1 - y1) ** 2 + (1 - y2) ** 2,
            "The two squares were added. The loss is their mean, which does not grow with the "
            "class.",
        ),
        "no square": (
            lambda y1, y2: 1 - (y1 + y2) / 2,
            "This is the mean error. The loss is the mean of the squared errors.",
        ),
        "the root of the loss": (
            lambda y1, y2: sqrt(((1 - y1) ** 2 + (1 - y2) ** 2) / 2),
            "The root was taken at the end. It is easier to picture; the loss is without it.",
        ),
        "stuck at 0": (
            lambda y1, y2: (y1**2 + y2**2) / 2,
            "That would be the loss of predictions that are all 0. These are all 1: what are the "
            "errors?",
        ),
        "the mean error squared": (
            lambda y1, y2: (1 - (y1 + y2) / 2) ** 2,
            "The errors were averaged before they were squared, so one large error counts less.",
        ),
    },
)

# Chapter 09.

newcomer_beyond = Question(
    chapter=9,
    section="A new student",
    text="A newcomer studied `studied` hours. The most that any of the three students studied was "
    "3. Which number goes into the trained network?",
    menus={"studied": (3.6, 4.2, 4.5, 5.1, 5.4)},
    answer=lambda studied: studied / 3,
    mistakes={
        "the newcomer as the new maximum": (
            lambda studied: 1,
            "1 would mean: as much as the most diligent of the three. The maxima are remembered, "
            "and a newcomer does not change them.",
        ),
        "the hours as they are": (
            lambda studied: studied,
            "The network learned from shares of the largest value. Hours as they are mean "
            "something else to it.",
        ),
        "by the most hours slept": (
            lambda studied: studied / 9,
            "9 is the maximum of the hours slept. Each column has its own.",
        ),
        "times the maximum": (
            lambda studied: 3 * studied,
            "Multiplying by the maximum is the way back, from the network's numbers to hours.",
        ),
    },
)

# Chapter 10.

error_of_honest_rival = Question(
    chapter=10,
    section="Leave one out",
    text="Three students got `p1`, `p2` and `p3` points. The first is left out, and the honest "
    "rival is asked about him or her. What is the rival's error, in points?",
    menus={"p1": (92, 94, 97), "p2": (80, 82), "p3": (85, 88)},
    answer=lambda p1, p2, p3: (p2 + p3) / 2 - p1,
    mistakes={
        "a rival that peeks": (
            lambda p1, p2, p3: (p1 + p2 + p3) / 3 - p1,
            "This rival has seen the score that it is tested on: it answers the mean of all three, "
            "and so it errs less.",
        ),
        "truth minus answer": (
            lambda p1, p2, p3: p1 - (p2 + p3) / 2,
            "The error is the prediction minus the truth. A negative error means: too low.",
        ),
        "the rival's answer": (
            lambda p1, p2, p3: (p2 + p3) / 2,
            "This is what the rival says. The question is how far it is off.",
        ),
        "the error squared": (
            lambda p1, p2, p3: ((p2 + p3) / 2 - p1) ** 2,
            "The square belongs to the loss. The question is about the error, in points.",
        ),
    },
)

orders_of_neurons = Question(
    chapter=10,
    section="Swap the neurons",
    text="In how many orders can the `neurons` hidden neurons of a network be listed, all with the "
    "same answers?",
    menus={"neurons": (3, 5, 6, 7)},
    answer=factorial,
    mistakes={
        "squared": (
            lambda neurons: neurons**2,
            "This gives a second place as many choices as the first, and then stops. Each place "
            "has one choice fewer than the one before, down to 1.",
        ),
        "on or off": (
            lambda neurons: 2**neurons,
            "This counts which neurons are there, each yes or no. All are there; their order "
            "changes.",
        ),
        "one place each": (
            lambda neurons: neurons,
            "That is how many neurons can stand first. For each of them the others can be listed "
            "in several orders.",
        ),
        "the same neuron twice": (
            lambda neurons: neurons**neurons,
            "Here a neuron may stand in several places. Each stands in one.",
        ),
    },
)

# Chapter 11.

count_parameters = Question(
    chapter=11,
    section="Count the parameters",
    text="A network has `inputs` inputs, `hidden` hidden neurons and `outputs` outputs, with "
    "biases. How many parameters has it?",
    menus={"inputs": (4, 5), "hidden": (6, 7), "outputs": (2, 3)},
    answer=lambda inputs, hidden, outputs: (inputs + 1) * hidden + (hidden + 1) * outputs,
    mistakes={
        "no biases": (
            lambda inputs, hidden, outputs: inputs * hidden + hidden * outputs,
            "These are the weights alone. With biases each neuron has one number more.",
        ),
        "no biases at the outputs": (
            lambda inputs, hidden, outputs: (inputs + 1) * hidden + hidden * outputs,
            "The outputs are neurons, too, and each has a bias of its own.",
        ),
        "biases at the inputs": (
            lambda inputs, hidden, outputs: (
                inputs * hidden + hidden * outputs + inputs + hidden + outputs
            ),
            "The inputs are numbers that come in. They sum up nothing, so they have no bias.",
        ),
        "one bias for each layer": (
            lambda inputs, hidden, outputs: inputs * hidden + hidden * outputs + 2,
            "A bias for a whole layer would lift all of its neurons alike. Each neuron has its "
            "own.",
        ),
        "biases alone": (
            lambda inputs, hidden, outputs: hidden + outputs,
            "These are the biases alone. The weights are parameters as well, and there are more "
            "of them.",
        ),
    },
)

slope_of_bias = Question(
    chapter=11,
    section="A bias for each neuron",
    text="A neuron has the deltas `d1`, `d2` and `d3` for three samples. How steep is the loss in "
    "its bias?",
    menus={"d1": (-0.2, -0.3), "d2": (0.5, 0.6), "d3": (0.1, 0.2)},
    answer=lambda *d: sum(d),
    mistakes={
        "the samples averaged": (
            lambda *d: sum(d) / 3,
            "The loss is a mean, and its factor is in the deltas already. Here they are added up.",
        ),
        "the first sample alone": (
            lambda *d: d[0],
            "The bias is added for every sample, so every sample says something about it.",
        ),
        "sizes added up": (
            lambda *d: sum(map(abs, d)),
            "The signs were left out. One sample may want the bias larger, another smaller.",
        ),
        "a bias has no slope": (
            lambda *d: 0,
            "No input is multiplied by the bias. But more of it lifts the sum of every sample.",
        ),
        "deltas multiplied": (
            lambda d1, d2, d3: d1 * d2 * d3,
            "Slopes multiply along a chain. The samples are no chain: their paths meet at the "
            "bias.",
        ),
    },
)

relu_before_the_output = Question(
    chapter=11,
    section="Any depth",
    text="Two ReLU neurons have the sums `z1` and `z2`. The output's weights are `v1` and `v2`. "
    "What is the sum at the output?",
    menus={"z1": (-2, -3), "z2": (1.5, 2.5), "v1": (2, 3), "v2": (0.4, 0.6)},
    answer=lambda z1, z2, v1, v2: v2 * z2,
    mistakes={
        "nothing cut off": (
            lambda z1, z2, v1, v2: v1 * z1 + v2 * z2,
            "Both sums were passed on. ReLU passes on what is above 0, and nothing else.",
        ),
        "the minus dropped": (
            lambda z1, z2, v1, v2: -v1 * z1 + v2 * z2,
            "The negative sum was passed on without its minus. ReLU passes on what is above 0, and "
            "nothing else.",
        ),
        "the positive one cut off": (
            lambda z1, z2, v1, v2: v1 * z1,
            "The wrong side was cut off. Which sums does ReLU pass on as they are?",
        ),
        "slopes in place of activations": (
            lambda z1, z2, v1, v2: v2,
            "The slope of ReLU is 0 or 1, and that is for the way back. What goes forward is the "
            "activation.",
        ),
        "the sigmoid in place of ReLU": (
            lambda z1, z2, v1, v2: v1 * bent(z1) + v2 * bent(z2),
            "The two sums went through a sigmoid. ReLU bends in another way.",
        ),
    },
)

# Chapter 12.

width_for_relu = Question(
    chapter=12,
    section="Glorot: one over the root",
    text="A layer of ReLU neurons has `n_in` inputs. Which standard deviation does He's rule give "
    "its weights?",
    menus={"n_in": (8, 32, 50, 128, 200)},
    answer=lambda n_in: sqrt(2 / n_in),
    mistakes={
        "the variance": (
            lambda n_in: 2 / n_in,
            "This is the variance, and the rule is usually stated for it. The standard deviation "
            "is its root.",
        ),
        "as for a slope of 1": (
            lambda n_in: 1 / sqrt(n_in),
            "This keeps the variance where the bend has the slope 1. ReLU sets about half of the "
            "sums to 0.",
        ),
        "the 2 outside the root": (
            lambda n_in: 2 / sqrt(n_in),
            "The 2 belongs to the variance, so it stands under the root with the number of inputs.",
        ),
        "the fraction upside down, under the root": (
            lambda n_in: sqrt(n_in / 2),
            "The more numbers a neuron adds up, the smaller its weights have to be.",
        ),
    },
)

layers_of_sigmoid = Question(
    chapter=12,
    section="ReLU, and the way back",
    text="Blame goes back through `layers` layers of sigmoid. Each slope multiplies it by a "
    "quarter at most. By how much do all of these slopes together multiply it, at most?",
    menus={"layers": (3, 4, 5)},
    answer=lambda layers: 0.25**layers,
    mistakes={
        "a quarter each, added": (
            lambda layers: 0.25 * layers,
            "The quarters were added up, so more layers would send back more. Along a chain slopes "
            "are multiplied.",
        ),
        "one half each": (
            lambda layers: 0.5**layers,
            "One half is the sigmoid's value at 0. Its slope there is a quarter.",
        ),
        "one layer": (
            lambda layers: 0.25,
            "This is what one layer does at most. The blame goes through several.",
        ),
    },
)

# Chapter 13.

softmax_of_two = Question(
    chapter=13,
    section="Softmax",
    text="There are two classes, with the logits `logit_1` and `logit_2`. Which probability does "
    "softmax give to the first?",
    menus={"logit_1": (1.5, 2.0, 2.5), "logit_2": (0.5, 1.0, 3.5)},
    answer=lambda logit_1, logit_2: bent(logit_1 - logit_2),
    mistakes={
        "shares of the logits": (
            lambda logit_1, logit_2: logit_1 / (logit_1 + logit_2),
            "Logits may be negative, so their shares are no probabilities. First they are made "
            "positive.",
        ),
        "the probability of the second": (
            lambda logit_1, logit_2: bent(logit_2 - logit_1),
            "This is what the other class gets. The larger logit gets the larger probability.",
        ),
        "how many times as likely": (
            lambda logit_1, logit_2: exp(logit_1 - logit_2),
            "This is the first probability divided by the second. The two probabilities add up "
            "to 1.",
        ),
        "a sigmoid of its own": (
            lambda logit_1, logit_2: bent(logit_1),
            "The other logit was not used. In a softmax what one class wins, the others lose.",
        ),
        "not divided by the total": (
            lambda logit_1, logit_2: exp(logit_1),
            "This is positive, but nothing has made the probabilities add up to 1.",
        ),
    },
)

cross_entropy_of_one = Question(
    chapter=13,
    section="Cross-entropy",
    text="The network gave the right label of one image the probability `p`. What is the "
    "cross-entropy of this image?",
    menus={"p": (0.02, 0.05, 0.1, 0.2, 0.5, 0.8)},
    answer=lambda p: -log(p),
    mistakes={
        "the minus forgotten": (
            log,
            "Logarithms of numbers below 1 are negative, and a loss is not: a sign is missing.",
        ),
        "what is missing to 1": (
            lambda p: 1 - p,
            "That would treat a hundredth and a thousandth as nearly alike. The logarithm makes a "
            "confident mistake expensive.",
        ),
        "the logarithm to the base 10": (
            lambda p: -log10(p),
            "`log` on a pocket calculator often means this. The natural logarithm is called `ln` "
            "there, and `np.log` in NumPy.",
        ),
        "the logarithm to the base 2": (
            lambda p: -log2(p),
            "This counts in bits. The chapter takes the natural logarithm.",
        ),
        "the squared error": (
            lambda p: (1 - p) ** 2,
            "This is the square of chapter 05. Probabilities are judged by a logarithm here.",
        ),
    },
)

slope_in_a_logit = Question(
    chapter=13,
    section="Its gradient is short",
    text="In a minibatch of `n` images, the right label of one image has got the probability `p`. "
    "How steep is the loss in the logit of this label?",
    menus={"n": (4, 5, 10), "p": (0.2, 0.3, 0.6, 0.7)},
    answer=lambda n, p: (p - 1) / n,
    mistakes={
        "nothing subtracted": (
            lambda n, p: p / n,
            "This holds for the wrong labels, whose target is 0. The question is about the right "
            "one.",
        ),
        "one image alone": (
            lambda n, p: p - 1,
            "This image was treated as if it were alone. The loss is the mean over the images.",
        ),
        "truth minus prediction": (
            lambda n, p: (1 - p) / n,
            "More of the right logit makes the loss smaller: which sign has such a slope?",
        ),
        "a slope of the bend too many": (
            lambda n, p: (p - 1) * steepness(p) / n,
            "That factor belongs to a sigmoid with the squared error. Here nothing of the kind is "
            "left.",
        ),
        "a 2 as in the square": (
            lambda n, p: 2 * (p - 1) / n,
            "The 2 comes from the square of an error. This loss has no square.",
        ),
    },
)

steps_in_an_epoch = Question(
    chapter=13,
    section="Minibatches",
    text="There are `images` images, in minibatches of `size`, and a last one that is smaller. How "
    "many steps are in one epoch?",
    menus={"images": (500, 700, 900), "size": (32, 64)},
    answer=lambda images, size: ceil(images / size),
    mistakes={
        "the last minibatch dropped": (
            lambda images, size: images // size,
            "The last minibatch is smaller, and it is kept: all images are seen once in an epoch.",
        ),
        "not a whole number of steps": (
            lambda images, size: images / size,
            "A step is made or it is not. What becomes of the last few images?",
        ),
        "one step for each image": (
            lambda images, size: images,
            "One step looks at a whole minibatch, so there are far fewer steps than images.",
        ),
        "the images of a step": (
            lambda images, size: size,
            "That is how many images are looked at in one step. How many such batches are there?",
        ),
    },
)

# Chapter 14.

standard_error = Question(
    chapter=14,
    section="The test, opened once",
    text="A network got the share `accuracy` of `tested` images right. What is the standard error "
    "of this accuracy?",
    menus={"accuracy": (0.8, 0.9), "tested": (100, 225, 400)},
    answer=lambda accuracy, tested: sqrt(accuracy * (1 - accuracy) / tested),
    mistakes={
        "the root forgotten": (
            lambda accuracy, tested: accuracy * (1 - accuracy) / tested,
            "This is the variance. The standard error is its root, in the same unit as the "
            "accuracy.",
        ),
        "not divided by the images": (
            lambda accuracy, tested: sqrt(accuracy * (1 - accuracy)),
            "This is the spread of a single image, right or wrong. More images make the accuracy "
            "more certain.",
        ),
        "one over the root": (
            lambda accuracy, tested: 1 / sqrt(tested),
            "Only the number of images was used. An accuracy near 1 is more certain than one of a "
            "half.",
        ),
    },
)

images_misread = Question(
    chapter=14,
    section="The test, opened once",
    text="A network's accuracy on `tested` images is `accuracy`. How many of them does it misread?",
    menus={"tested": (200, 400, 500), "accuracy": (0.94, 0.96, 0.98)},
    answer=lambda tested, accuracy: (1 - accuracy) * tested,
    mistakes={
        "those it reads": (
            lambda tested, accuracy: accuracy * tested,
            "That is how many images it gets right. The question is about the others.",
        ),
        "the share misread": (
            lambda tested, accuracy: 1 - accuracy,
            "This is the share of the images that it misreads. The question is how many they are.",
        ),
        "the share in per cent": (
            lambda tested, accuracy: 100 * (1 - accuracy),
            "This is how many of a hundred. There are more than a hundred images.",
        ),
    },
)

# Chapter 15.

relative_error_of_two = Question(
    chapter=15,
    section="The gradient check",
    text="For one weight your program says the slope `mine`, and nudging says `nudged`. What is "
    "the relative error, measured by the larger of the two?",
    menus={"mine": (0.2, 0.3), "nudged": (0.5, 0.9)},
    answer=lambda mine, nudged: (nudged - mine) / nudged,
    mistakes={
        "the difference alone": (
            lambda mine, nudged: nudged - mine,
            "A difference of 0.1 is much for a slope of 0.2, and little for one of 1,000.",
        ),
        "measured by the smaller": (
            lambda mine, nudged: (nudged - mine) / mine,
            "The difference was divided by the smaller of the two, and that makes it look larger.",
        ),
        "one divided by the other": (
            lambda mine, nudged: mine / nudged,
            "The smaller was divided by the larger. Of two equal slopes that makes 1, and their "
            "relative error is 0.",
        ),
        "measured by the sum": (
            lambda mine, nudged: (nudged - mine) / (nudged + mine),
            "The difference was divided by both together, and that makes it look smaller.",
        ),
    },
)

# Chapter 16.

used_twice = Question(
    chapter=16,
    section="Walk back",
    text="The loss is `a` · `b` + `a` · `a`. How steep is it in `a`?",
    menus={"a": (2, 3, 5), "b": (7, 9)},
    answer=lambda a, b: b + 2 * a,
    mistakes={
        "one use of the square forgotten": (
            lambda a, b: b + a,
            "In the second product the number stands twice, and each use sends something back.",
        ),
        "the first use alone": (
            lambda a, b: b,
            "The number is used in the second product, too. What comes back is added up.",
        ),
        "the last uses alone": (
            lambda a, b: 2 * a,
            "The number is used in the first product, too. What comes back is added up.",
        ),
        "the loss itself": (
            lambda a, b: a * b + a * a,
            "This is the value of the loss. The question is how fast it changes with that number.",
        ),
        "slopes of the uses multiplied": (
            lambda a, b: b * a * a,
            "Slopes multiply along a chain. Three uses are three chains that meet.",
        ),
    },
)
