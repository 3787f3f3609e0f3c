"""Chapter 18: momentum, Adam and decay, how long a step may be, and what is fair."""

import numpy as np

from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall

# 1. A step with momentum.


def weights_velocity_slopes(rng, size):
    shape = unequal(rng, size, 2)
    w, v, g = (rng.uniform(0.3, 2, (3, *shape)) * rng.choice([-1, 1], (3, *shape))).round(2)
    return w, v, g, round(rng.uniform(0.05, 0.6), 2), round(rng.uniform(0.55, 0.95), 2)


def rolled(w, v, g, rate, beta):
    v = beta * v + g
    return w - rate * v, v


def rolled_apart(w, v, g, rate, beta):
    return w - rate * g - rate * beta * v, g + beta * v


def moved(velocity, length=None, kept=None):
    """Return a step: its velocity, what is subtracted for it, and what is handed back."""

    def step(w, v, g, rate, beta):
        new = velocity(v, g, rate, beta)
        way = rate * new if length is None else length(v, new, g, rate, beta)
        return w - way, new if kept is None else kept(v, new, rate)

    return step


def usual(v, g, rate, beta):
    return beta * v + g


momentum_step = Exercise(
    name="step-with-momentum",
    chapter=18,
    kind="function",
    question="Write `with_momentum(w, v, g, rate, beta)`: a step with momentum for the weights "
    "`w`, from the velocity `v` and the slopes `g`, as in this chapter. It returns two tables, "
    "the new weights and the new velocity, and leaves `w` and `v` as they are.",
    solution=rolled,
    also_right=(rolled_apart,),
    draw=weights_velocity_slopes,
    mistakes={
        "uphill": Mistake(
            moved(usual, lambda v, new, g, rate, beta: -rate * new),
            "The velocity is right, and the weights go the other way. In some programs the minus "
            "sits in the velocity; here the velocity is a sum of slopes, and slopes point up.",
            "Momentum",
        ),
        "the velocity not kept": Mistake(
            moved(usual, kept=lambda v, new, rate: v),
            "The weights are right, but what is handed back is the velocity that came in. In the "
            "next step nothing of this slope would be remembered.",
            "Momentum",
        ),
        "the old velocity": Mistake(
            moved(usual, lambda v, new, g, rate, beta: rate * v),
            "The weights moved along the velocity of before, and this step's slope counts only "
            "from the next one on. Which of the two lines of the formula comes first?",
            "Momentum",
        ),
        "nothing remembered": Mistake(
            moved(lambda v, g, rate, beta: g),
            "This is plain descent: the velocity that came in has no part in it.",
            "Momentum",
        ),
        "a mean of slopes": Mistake(
            moved(lambda v, g, rate, beta: beta * v + (1 - beta) * g),
            "The slope got a factor 1 - beta, so the velocity is a running mean. Many programs do "
            "that, and Adam does; it is another convention, with another best rate, and not this "
            "chapter's.",
            "Momentum",
        ),
        "the rate in the velocity": Mistake(
            moved(
                lambda v, g, rate, beta: beta * v + rate * g,
                lambda v, new, g, rate, beta: new,
            ),
            "The rate went into the velocity, another convention. It makes no difference as long "
            "as the rate stays the same; but here the velocity that comes in is made of slopes.",
            "Momentum",
        ),
        "the rate twice": Mistake(
            moved(lambda v, g, rate, beta: beta * v + rate * g),
            "The slope was multiplied by the rate when it was added, and the sum once more when it "
            "was subtracted.",
            "Momentum",
        ),
        "looked ahead": Mistake(
            moved(usual, lambda v, new, g, rate, beta: rate * (g + beta * new)),
            "beta was applied once more to the new velocity. That is a method of its own, by "
            "Nesterov; PyTorch has it as an option.",
            "Momentum",
        ),
        "beta on the slope": Mistake(
            moved(lambda v, g, rate, beta: v + beta * g),
            "beta was multiplied to the slope. Then the old velocity never fades, and grows as "
            "long as the slopes agree.",
            "Momentum",
        ),
        "beta and its rest exchanged": Mistake(
            moved(lambda v, g, rate, beta: (1 - beta) * v + beta * g),
            "A running mean, and with the shares exchanged: with a beta of 0.9 only a tenth of "
            "the past would be kept.",
            "Momentum",
        ),
        "the same share of both": Mistake(
            moved(lambda v, g, rate, beta: beta * (v + g)),
            "The new slope was shortened together with the old velocity. It fades from the next "
            "step on, not in its own.",
            "Momentum",
        ),
        "nothing forgotten": Mistake(
            moved(lambda v, g, rate, beta: v + g),
            "Old and new were added up whole. Without beta a velocity never fades, and rolls on "
            "and on.",
            "Momentum",
        ),
        "the slope subtracted from the velocity": Mistake(
            moved(lambda v, g, rate, beta: beta * v - g),
            "The slope was subtracted from the velocity, and the velocity from the weights: two "
            "minuses. One of them makes the step go down.",
            "Momentum",
        ),
        "a velocity that points down": Mistake(
            moved(
                lambda v, g, rate, beta: beta * v - rate * g,
                lambda v, new, g, rate, beta: -new,
            ),
            "In this convention the velocity holds the rate, points down, and is added to the "
            "weights. It is a good one, but the velocity that comes in here is a sum of slopes.",
            "Momentum",
        ),
        "the way kept as velocity": Mistake(
            moved(usual, kept=lambda v, new, rate: rate * new),
            "The weights are right. What was kept is the way that they went, rate included; the "
            "velocity is without it.",
            "Momentum",
        ),
        "the slope without a rate": Mistake(
            moved(usual, lambda v, new, g, rate, beta: new),
            "The whole velocity was subtracted from the weights. It is a sum of slopes, and a step "
            "is shorter than that: where is the rate?",
            "Momentum",
        ),
    },
)

# 2. A step of Adam. Epsilon is large here, so that its place shows; the squares' mean is large
# enough that no mistake takes the root of a negative number.


def weights_means_slopes(rng, size):
    shape = unequal(rng, size, 2)
    w, m, g = (rng.uniform(0.3, 1, (3, *shape)) * rng.choice([-1, 1], (3, *shape))).round(2)
    s = rng.uniform(0.5, 1.5, shape).round(2)
    rate, epsilon = round(rng.uniform(0.05, 0.6), 2), round(rng.uniform(0.05, 0.2), 2)
    beta1, beta2 = round(rng.uniform(0.6, 0.78), 2), round(rng.uniform(0.82, 0.95), 2)
    return w, m, s, g, 2 + size, rate, beta1, beta2, epsilon


def adam(
    first=lambda m, g, b: b * m + (1 - b) * g,
    second=lambda s, g, b: b * s + (1 - b) * g**2,
    corrected=lambda mean, b, t: mean / (1 - b**t),
    corrected_square=None,
    way=lambda m, s, epsilon: m / (np.sqrt(s) + epsilon),
    kept=lambda m, s, m_right, s_right: (m, s),
):
    """Return a step of Adam, with some of its pieces made in another way."""

    def step(w, m, s, g, step, rate, beta1, beta2, epsilon):
        m, s = first(m, g, beta1), second(s, g, beta2)
        m_right = corrected(m, beta1, step)
        s_right = (corrected_square or corrected)(s, beta2, step)
        return w - rate * way(m_right, s_right, epsilon), *kept(m, s, m_right, s_right)

    return step


def adam_by_the_book(w, m, s, g, step, rate, beta1, beta2, epsilon):
    return adam()(w, m, s, g, step, rate, beta1, beta2, epsilon)


def as_it_is(mean, b, t):
    return mean


def divided(mean, b, t):
    return mean / (1 - b**t)


def adam_at_once(w, m, s, g, step, rate, beta1, beta2, epsilon):
    m = m + (1 - beta1) * (g - m)
    s = s + (1 - beta2) * (g * g - s)
    root = np.sqrt(s) / np.sqrt(1 - beta2**step) + epsilon
    return w - rate / (1 - beta1**step) * m / root, m, s


def betas_exchanged(w, m, s, g, step, rate, beta1, beta2, epsilon):
    return adam()(w, m, s, g, step, rate, beta2, beta1, epsilon)


def old_means(w, m, s, g, step, rate, beta1, beta2, epsilon):
    way = divided(m, beta1, step) / (np.sqrt(divided(s, beta2, step)) + epsilon)
    return w - rate * way, *adam()(w, m, s, g, step, rate, beta1, beta2, epsilon)[1:]


def without_rate(w, m, s, g, step, rate, beta1, beta2, epsilon):
    return adam()(w, m, s, g, step, 1, beta1, beta2, epsilon)


def corrected_and_kept(m, s, m_right, s_right):
    return m_right, s_right


adam_step = Exercise(
    name="step-of-adam",
    chapter=18,
    kind="function",
    question="Write `adam_again(w, m, s, g, step, rate, beta1, beta2, epsilon)`: a step of Adam "
    "for the weights `w`, from the two means `m` and `s` and the slopes `g`; `step` counts from "
    "1. It returns three tables, the new weights and the two new means, before correction.",
    solution=adam_by_the_book,
    also_right=(adam_at_once,),
    draw=weights_means_slopes,
    mistakes={
        "no bias correction": Mistake(
            adam(corrected=as_it_is),
            "The two means were used as they are. In the first steps they are too small, the one "
            "more than the other; with the usual betas the step is too long. It trains all the "
            "same, which is why it is so rarely found.",
            "An exhibit: the correction left out",
        ),
        "only the slopes corrected": Mistake(
            adam(corrected_square=as_it_is),
            "The mean of the slopes was corrected, that of the squares was not. Both begin at 0.",
            "Adam",
        ),
        "only the squares corrected": Mistake(
            adam(corrected=as_it_is, corrected_square=divided),
            "The mean of the squares was corrected, that of the slopes was not. Both begin at 0.",
            "Adam",
        ),
        "epsilon inside the root": Mistake(
            adam(way=lambda m, s, epsilon: m / np.sqrt(s + epsilon)),
            "epsilon was added before the root was taken. With the usual one, a hundred millionth, "
            "that hardly shows: its root is a ten thousandth, which matters where slopes are tiny.",
            "Adam",
        ),
        "the mean in place of the mean square": Mistake(
            adam(second=lambda s, g, b: b * s + (1 - b) * g),
            "The second mean collected the slopes, not their squares. It may go below 0 then, and "
            "its root fails.",
            "Adam",
        ),
        "steps counted from 0": Mistake(
            adam(corrected=lambda mean, b, t: mean / (1 - b ** (t - 1))),
            "The correction was made for one step less. In the first step that would be a division "
            "by 0.",
            "Adam",
        ),
        "steps counted from 2": Mistake(
            adam(corrected=lambda mean, b, t: mean / (1 - b ** (t + 1))),
            "The correction was made for one step more, as happens where a step is counted before "
            "and once again inside.",
            "Adam",
        ),
        "no root": Mistake(
            adam(way=lambda m, s, epsilon: m / (s + epsilon)),
            "The step was divided by the mean square itself. It has another unit than the slope: "
            "a loss ten times as large would make steps ten times as short.",
            "Adam",
        ),
        "uphill": Mistake(
            adam(way=lambda m, s, epsilon: -m / (np.sqrt(s) + epsilon)),
            "All sizes are right, and the weights go the other way: slopes point up.",
            "Adam",
        ),
        "a sum of slopes": Mistake(
            adam(first=lambda m, g, b: b * m + g),
            "The slopes were added up as in momentum, without the factor 1 - beta1. Then it is no "
            "mean, and the correction does not fit it.",
            "Adam",
        ),
        "a sum of squares": Mistake(
            adam(second=lambda s, g, b: b * s + g**2),
            "The squares were added up without the factor 1 - beta2. Then it is no mean, and the "
            "correction does not fit it.",
            "Adam",
        ),
        "two sums": Mistake(
            adam(lambda m, g, b: b * m + g, lambda s, g, b: b * s + g**2),
            "Slopes and squares were added up without the factors 1 - beta. Running means divide "
            "their weight between the past and the new.",
            "Adam",
        ),
        "betas exchanged": Mistake(
            betas_exchanged,
            "beta1 and beta2 changed places. The slopes' mean forgets faster than that of the "
            "squares.",
            "Adam",
        ),
        "the new and the past exchanged": Mistake(
            adam(lambda m, g, b: (1 - b) * m + b * g, lambda s, g, b: (1 - b) * s + b * g**2),
            "beta went to the new slope, and the rest to the past. With the usual values almost "
            "nothing of the past would be kept.",
            "Adam",
        ),
        "the old means": Mistake(
            old_means,
            "The means that are handed back are right, but the step was made with those that came "
            "in. This step's slope comes first.",
            "Adam",
        ),
        "corrected means kept": Mistake(
            adam(kept=corrected_and_kept),
            "The step is right, but the corrected means are handed back. In the next step they "
            "would be corrected once more.",
            "Adam",
        ),
        "multiplied, not divided": Mistake(
            adam(corrected=lambda mean, b, t: mean * (1 - b**t)),
            "The means were multiplied by the share that they have collected. They are too small "
            "already, and this makes them smaller.",
            "Adam",
        ),
        "no epsilon": Mistake(
            adam(way=lambda m, s, epsilon: m / np.sqrt(s)),
            "epsilon is missing. It hardly ever matters, until a weight has had no slope at all "
            "and 0 is divided by 0.",
            "Adam",
        ),
        "the power forgotten": Mistake(
            adam(corrected=lambda mean, b, t: mean / (1 - b)),
            "The correction is that of the first step, in every step. Later the means have "
            "collected more.",
            "Adam",
        ),
        "the size of the slope in place of its root mean square": Mistake(
            adam(second=lambda s, g, b: b * s + (1 - b) * np.abs(g)),
            "The second mean collected sizes, not squares. Then the root does not fit.",
            "Adam",
        ),
        "a step without a rate": Mistake(
            without_rate,
            "The direction is right, and the rate is missing: each weight moves by about 1.",
            "Adam",
        ),
    },
)

# 3. Weight decay.


def a_layer(rng, size):
    n_in, n_out = unequal(rng, size, 2)
    W, dW = (rng.uniform(0.3, 2, (2, n_in, n_out)) * rng.choice([-1, 1], (2, n_in, n_out))).round(2)
    b, db = (rng.uniform(0.3, 2, (2, n_out)) * rng.choice([-1, 1], (2, n_out))).round(2)
    return W, b, dW, db, round(rng.uniform(0.2, 0.7), 2), round(rng.uniform(0.1, 0.6), 2)


def pulled(W, dW, rate, decay):
    return W - rate * (dW + decay * W)


def layer_with_decay(W, b, dW, db, rate, decay):
    return pulled(W, dW, rate, decay), b - rate * db


def decayed(of_weights, of_biases=lambda b, db, rate, decay: b - rate * db):
    """Return a step of a layer, from what it makes of its weights and of its biases."""

    def step(W, b, dW, db, rate, decay):
        return of_weights(W, dW, rate, decay), of_biases(b, db, rate, decay)

    return step


decayed_step = Exercise(
    name="step-with-decay",
    chapter=18,
    kind="function",
    question="Write `decayed(W, b, dW, db, rate, decay)`: a step of plain descent for one layer, "
    "where `dW` and `db` are the gradients of the loss, and the penalty of this chapter is added "
    "to the loss, `decay` being its λ. It returns the new `W` and the new `b`.",
    solution=layer_with_decay,
    also_right=(decayed(lambda W, dW, rate, decay: (1 - rate * decay) * W - rate * dW),),
    draw=a_layer,
    mistakes={
        "biases too": Mistake(
            decayed(pulled, pulled),
            "The biases were pulled towards 0 as well. The penalty of the chapter holds weights "
            "only: a bias moves what a neuron answers, and does not make it steeper.",
            "Weight decay, and when to stop",
        ),
        "half of it": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * (dW + decay / 2 * W)),
            "The half of the penalty is still there. It was put there to meet the 2 of the slope "
            "of a square.",
            "Weight decay, and when to stop",
        ),
        "twice of it": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * (dW + 2 * decay * W)),
            "The slope of a square has a 2, and this penalty has a half in front, which is "
            "missing here.",
            "Weight decay, and when to stop",
        ),
        "the wrong sign": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * (dW - decay * W)),
            "The penalty's slope was subtracted from the gradient, so the weights are pushed away "
            "from 0. It stands in a loss that should get smaller.",
            "Weight decay, and when to stop",
        ),
        "decay without the rate": Mistake(
            decayed(lambda W, dW, rate, decay: (1 - decay) * W - rate * dW),
            "The weights were shrunk by the decay itself. The penalty is a part of the loss, and "
            "its slope is multiplied by the rate like the rest.",
            "Weight decay, and when to stop",
        ),
        "shrunk after the step": Mistake(
            decayed(lambda W, dW, rate, decay: (1 - rate * decay) * (W - rate * dW)),
            "The step was made first, and then everything was shrunk, the step included. Both "
            "slopes are those at the place where the step begins.",
            "Weight decay, and when to stop",
        ),
        "no decay": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * dW),
            "This is a step of plain descent, and the penalty has no part in it. It is easily "
            "added where the loss is printed and forgotten in the gradient.",
            "Weight decay, and when to stop",
        ),
        "only the biases": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * dW, pulled),
            "The penalty pulls at the biases, and the weights go free. It is the other way round.",
            "Weight decay, and when to stop",
        ),
        "only the penalty": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * decay * W),
            "The weights follow the penalty alone. It is added to the loss, and does not take its "
            "place.",
            "Weight decay, and when to stop",
        ),
        "the squares themselves": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * (dW + decay / 2 * W**2)),
            "The penalty itself was added to the gradient. What belongs there is its slope.",
            "Weight decay, and when to stop",
        ),
        "the sign of the weight": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * (dW + decay * np.sign(W))),
            "Every weight is pulled equally hard. That is the slope of another penalty, the sum of "
            "the sizes of the weights.",
            "Weight decay, and when to stop",
        ),
        "the gradient shrunk": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * (1 - decay) * dW),
            "The decay shortened the gradient. That is a smaller rate; the weights themselves are "
            "what should be pulled.",
            "Weight decay, and when to stop",
        ),
        "the rate twice": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * (dW + rate * decay * W)),
            "The penalty's slope was multiplied by the rate, and the sum once more.",
            "Weight decay, and when to stop",
        ),
        "the penalty without the rate": Mistake(
            decayed(lambda W, dW, rate, decay: W - rate * dW + decay * W),
            "The weights grow: the penalty was added to the weights, not to the gradient, and "
            "without the rate.",
            "Weight decay, and when to stop",
        ),
        "uphill": Mistake(
            decayed(
                lambda W, dW, rate, decay: W + rate * (dW + decay * W),
                lambda b, db, rate, decay: b + rate * db,
            ),
            "Loss and penalty both grow: the gradient was added to weights and biases.",
            "Weight decay, and when to stop",
        ),
    },
)

# 4. AdamW by hand. In the first step the slope's size is divided out.

FIRST = 0.1 / np.sqrt(0.001)  # the length of a first step without correction, in rates


def first_step(shrunk=lambda w, rate, decay: (1 - rate * decay) * w, length=1.0):
    return lambda w, g, rate, decay: shrunk(w, rate, decay) - length * rate * np.sign(g)


def by_formula(w, g, rate, decay, beta1=0.9, beta2=0.999):
    m, s = (1 - beta1) * g / (1 - beta1), (1 - beta2) * g**2 / (1 - beta2)
    return w - rate * decay * w - rate * m / (np.sqrt(s) + 1e-8)


def through_the_means(w, g, rate, decay):
    """Step with a penalty in the loss; where it does not turn the sign, no answer of its own."""
    turned = np.sign(g + decay * w) != np.sign(g)
    return w + rate * np.sign(g) if turned else np.nan  # else the same as "the decay lost"


adamw_by_hand = Exercise(
    name="first-step-of-adamw",
    chapter=18,
    kind="number",
    question="Where is your weight `w`, with its first slope `g`, after one step of AdamW with "
    "the usual betas, at your rate and with your decay?",
    solution=lambda w, g, rate, decay: (1 - rate * decay) * w - rate * np.sign(g),
    on_paper=lambda write, w, g, rate, decay: (
        (1 - write(rate) * decay) * w - write(rate) * np.sign(g)
    ),
    also_right=(by_formula,),
    menus={
        "w": (1.21, -1.18, 2.12, -1.41, 2.24, -2.18),
        "g": (-0.07, 0.04, 0.35, -0.45),
        "rate": (0.1, 0.15, 0.2, 0.3),
        "decay": (0.2, 0.3, 0.35),
    },
    decimals=4,
    mistakes={
        "the decay lost": Mistake(
            first_step(lambda w, rate, decay: w),
            "The weight was not shrunk; or the penalty's slope went through Adam's means, where "
            "the first step divides it out together with the slope. AdamW shrinks beside that.",
            "Weight decay, and when to stop",
        ),
        "the penalty through Adam's means": Mistake(
            through_the_means,
            "The penalty's slope was added to the slope and turned its sign, and the sign is all "
            "that counts in a first step. That is Adam with a penalty in the loss; AdamW shrinks "
            "beside Adam's step.",
            "Weight decay, and when to stop",
        ),
        "no bias correction": Mistake(
            first_step(length=FIRST),
            "The first step of Adam is as long as the rate. Yours is more than three times as "
            "long, as it is without the correction.",
            "An exhibit: the correction left out",
        ),
        "only the squares corrected": Mistake(
            first_step(length=0.1),
            "The step is a tenth of what it should be: the mean of the slopes began at 0, too.",
            "Adam",
        ),
        "only the slopes corrected": Mistake(
            first_step(length=1 / np.sqrt(0.001)),
            "The step is some thirty times too long: the mean of the squares began at 0, too.",
            "Adam",
        ),
        "decay without the rate": Mistake(
            first_step(lambda w, rate, decay: (1 - decay) * w),
            "The weight was shrunk by the decay itself. It is multiplied by the rate, as the slope "
            "is.",
            "Weight decay, and when to stop",
        ),
        "half of the decay": Mistake(
            first_step(lambda w, rate, decay: (1 - rate * decay / 2) * w),
            "The weight was shrunk half as much as it should be. The half of the penalty meets the "
            "2 of the slope.",
            "Weight decay, and when to stop",
        ),
        "twice the decay": Mistake(
            first_step(lambda w, rate, decay: (1 - 2 * rate * decay) * w),
            "The weight was shrunk twice as much as it should be. The half of the penalty meets "
            "the 2 of the slope.",
            "Weight decay, and when to stop",
        ),
        "away from 0": Mistake(
            first_step(lambda w, rate, decay: (1 + rate * decay) * w),
            "The weight grew before the step. Decay pulls it towards 0, from either side.",
            "Weight decay, and when to stop",
        ),
        "the step uphill": Mistake(
            first_step(length=-1.0),
            "The weight was shrunk rightly, and then it moved up the slope, not down.",
            "Adam",
        ),
        "plain descent": Mistake(
            lambda w, g, rate, decay: w - rate * (g + decay * w),
            "This is a step of plain descent with a penalty. Adam divides the slope by its own "
            "typical size.",
            "Adam",
        ),
        "the step shrunk, too": Mistake(
            lambda w, g, rate, decay: (1 - rate * decay) * (w - rate * np.sign(g)),
            "The step was made first and shrunk with the rest. `update_network` shrinks the weight "
            "that the step begins with.",
            "Weight decay, and when to stop",
        ),
        "the step without its decay": Mistake(
            lambda w, g, rate, decay: -rate * np.sign(g) - rate * decay * w,
            "This is how far the weight moves. The question is where it is then.",
            "Adam",
        ),
        "no rate": Mistake(
            lambda w, g, rate, decay: (1 - rate * decay) * w - np.sign(g),
            "Slope over size is 1 or -1, and that is not yet the step: the rate is missing.",
            "Adam",
        ),
        "the squares not rooted": Mistake(
            lambda w, g, rate, decay: (1 - rate * decay) * w - rate / g,
            "The slope was divided by its square. The root of the mean square is missing.",
            "Adam",
        ),
    },
)

# 5. How long a step may be, from two losses.


def nudged_rate(rate, before, after):
    """Take the share of the distance, and the curvature from it."""
    kept = np.sqrt(after) / np.sqrt(before)
    curvature = (1 - kept) / rate
    return 2 / curvature


largest_rate = Exercise(
    name="the-largest-rate",
    chapter=18,
    kind="number",
    question="A valley with one weight has its floor at the loss 0. One step of plain descent at "
    "your rate brings the loss from `before` to `after`, and the weight stays on its side of the "
    "floor. Above which rate would the loss climb?",
    solution=lambda rate, before, after: 2 * rate / (1 - np.sqrt(after / before)),
    also_right=(nudged_rate,),
    menus={
        "rate": (0.2, 0.3, 0.5, 0.55, 0.65, 0.7),
        "before": (2.3, 3.0, 3.4, 3.5, 3.8),
        "after": (0.6, 0.8, 0.9, 1.2),
    },
    decimals=4,
    carry=6,
    mistakes={
        "no root": Mistake(
            lambda rate, before, after: 2 * rate / (1 - after / before),
            "You took the share of the loss that is left. The loss goes with the square of the "
            "distance from the floor, and the step multiplies the distance.",
            "A valley has two curvatures",
        ),
        "the rate that lands on the floor": Mistake(
            lambda rate, before, after: rate / (1 - np.sqrt(after / before)),
            "At this rate one step lands on the floor. The loss climbs when the weight lands on "
            "the other side, further away than before.",
            "A valley has two curvatures",
        ),
        "the other side": Mistake(
            lambda rate, before, after: 2 * rate / (1 + np.sqrt(after / before)),
            "You took the case that the weight crosses the floor. The same two losses fit that as "
            "well, with another curvature; the question excludes it.",
            "A valley has two curvatures",
        ),
        "the curvature": Mistake(
            lambda rate, before, after: (1 - np.sqrt(after / before)) / rate,
            "This is the curvature. From there it is one division to the rate.",
            "A valley has two curvatures",
        ),
        "upside down": Mistake(
            lambda rate, before, after: (1 - np.sqrt(after / before)) / (2 * rate),
            "This is 1 divided by the limit: half the curvature. The more curved, the shorter the "
            "steps.",
            "A valley has two curvatures",
        ),
        "the difference of the losses": Mistake(
            lambda rate, before, after: 2 * rate / (before - after),
            "You took how much the loss fell. That depends on where one begins; the share that "
            "is left does not.",
            "A valley has two curvatures",
        ),
        "the difference of the roots": Mistake(
            lambda rate, before, after: 2 * rate / (np.sqrt(before) - np.sqrt(after)),
            "The roots are distances, and they were subtracted. What a step does to a distance is "
            "a multiplication.",
            "A valley has two curvatures",
        ),
        "the share in place of what is gone": Mistake(
            lambda rate, before, after: 2 * rate / np.sqrt(after / before),
            "The root of the share that is left is what a step leaves of the distance. It is 1 "
            "minus rate times curvature, not rate times curvature.",
            "A valley has two curvatures",
        ),
        "twice the curvature": Mistake(
            lambda rate, before, after: 2 * (1 - np.sqrt(after / before)) / rate,
            "Your curvature is right, and the 2 is there. The limit is 2 divided by it.",
            "A valley has two curvatures",
        ),
        "the shares exchanged": Mistake(
            lambda rate, before, after: 2 * rate / (np.sqrt(before / after) - 1),
            "`before` was divided by `after`. What a step leaves is smaller than 1 here.",
            "A valley has two curvatures",
        ),
        "four in place of two": Mistake(
            lambda rate, before, after: 4 * rate / (1 - np.sqrt(after / before)),
            "Twice too much. The loss is half of the curvature times the square, and this half is "
            "counted already.",
            "A valley has two curvatures",
        ),
        "no root, and the floor": Mistake(
            lambda rate, before, after: rate / (1 - after / before),
            "You took the share of the loss, not of the distance, and then the rate that lands on "
            "the floor.",
            "A valley has two curvatures",
        ),
        "the share of the loss as a share of the distance": Mistake(
            lambda rate, before, after: 2 * rate * before / after,
            "The rate was scaled up by how many times smaller the loss became. What decides is "
            "how far the weight moved, as a share of its distance.",
            "A valley has two curvatures",
        ),
    },
)

# 6. What is fair?

fair_comparison = Exercise(
    name="whose-comparison-is-fair",
    chapter=18,
    kind="prediction",
    question="Seven people compare momentum with plain descent on the digits, from ten starts "
    "each, the same for both. Whose comparison is fair?",
    solution=lambda: "e",
    choices={
        "a": "Ada gives both the rate 0.1, in the middle of her grid, and ten epochs, and shows "
        "all ten validation losses of each.",
        "b": "Ben gives each the best of five rates, plain descent ten epochs, and momentum "
        "twenty, until its curve is flat, and shows all validation losses.",
        "c": "Cleo tries twenty rates for momentum, and takes 1 for plain descent, as chapter 13 "
        "did. Both get ten epochs.",
        "d": "Dan gives each the best of five rates, the best never at the edge of his grid, and "
        "ten epochs, and shows the best of the ten starts of each.",
        "e": "Eve gives each the best of five rates, the best never at the edge of her grid, and "
        "ten epochs, and shows all ten validation losses of each.",
        "f": "Finn gives each the best of five rates and ten epochs, and shows all ten validation "
        "losses of each. The best rate for plain descent was 0.5, the largest of his grid.",
        "g": "Gus gives each ten epochs, chooses the best of five rates by the test set, the best "
        "never at the edge of his grid, and shows all ten test losses of each.",
    },
    mistakes={
        "one rate for both": Mistake(
            lambda: "a",
            "The same rate sounds fair, but it means another step: slopes that agree add up in "
            "the velocity. It is the way in which momentum is most often shown to win.",
            "Compare fairly",
        ),
        "unequal budgets": Mistake(
            lambda: "b",
            "Both got their own rate, but one got twice as many gradients. Who may walk longer "
            "gets further.",
            "Compare fairly",
        ),
        "unequal care": Mistake(
            lambda: "c",
            "The rate 1 is from an honest source, but it was chosen among three, for another "
            "budget. The best of twenty against that measures the tuning.",
            "Compare fairly",
        ),
        "the luckiest start": Mistake(
            lambda: "d",
            "Rates and budgets are fair. But the best of ten starts is the luckiest one, and a "
            "method that varies more has the luckier luckiest.",
            "Compare fairly",
        ),
        "the edge of the grid": Mistake(
            lambda: "f",
            "Everything is equal. But where the best rate is the last one of the grid, the next "
            "one may be better, and plain descent was held back.",
            "Compare fairly",
        ),
        "chosen by the test": Mistake(
            lambda: "g",
            "Treated alike, but what chooses is part of the training. The best of five on the test "
            "images looks better there than it is, and nothing is left to say by how much.",
            "Compare fairly",
        ),
    },
)

# What opens the chapter.

recalled = recall(18, 3, questions.one_update, questions.limit_of_rate, questions.slope_in_a_logit)

EXERCISES = (
    recalled,
    momentum_step,
    adam_step,
    decayed_step,
    adamw_by_hand,
    largest_rate,
    fair_comparison,
)
