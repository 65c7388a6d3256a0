#include "model/logistic.h"

#include <math.h>

double logistic_chance(double a)
{
	return a >= 0 ? 1 / (1 + exp(-a)) : exp(a) / (1 + exp(a));
}

double logistic_loss(int y, double a)
{
	double margin = y ? a : -a;

	return margin > 0 ? log1p(exp(-margin)) : log1p(exp(margin)) - margin;
}

double logistic_cut(double x, double most)
{
	if (isnan(x))
		return 0;
	return x > most ? most : x < -most ? -most : x;
}

double logistic_weight(double weight, double most)
{
	return weight > 0 ? logistic_cut(weight, most) : 0;
}
