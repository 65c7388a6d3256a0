/* logistic - the link between a score and a chance, for every model here that learns from yes and no. */
#ifndef ECLOSE_MODEL_LOGISTIC_H
#define ECLOSE_MODEL_LOGISTIC_H

/* Features and weights are of the order of one. What lies beyond these bounds is cut to them, so that no number of ours overflows. */
#define LOGISTIC_X_MOST 1e6
#define LOGISTIC_WEIGHT_MOST 1e6

/* logistic_chance - 1 / (1 + e^-a), the chance of y = 1 at log-odds a; no overflow at either end. */
double logistic_chance(double a);
/* logistic_loss - -ln P(y | a) in nats, y in {0,1}; no overflow at either end. */
double logistic_loss(int y, double a);
/* logistic_cut - x brought into [-most, most]; NaN becomes 0. */
double logistic_cut(double x, double most);
/* logistic_weight - the weight of a datum, brought into [0, most]; NaN and what is negative become 0. */
double logistic_weight(double weight, double most);

#endif
