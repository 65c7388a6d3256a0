#include <math.h>

#include "store/store_private.h"

size_t vecbytes_put(const float *x, int d, unsigned char *row)
{
	float most = 0, scale;

	for (int i = 0; i < d; i++)
		most = fmaxf(most, fabsf(x[i]));
	scale = most / 127;
	memcpy(row, &scale, sizeof scale);
	for (int i = 0; i < d; i++)
		row[sizeof scale + (size_t)i] = (unsigned char)(signed char)(scale > 0 ? lrintf(x[i] / scale) : 0);
	return sizeof scale + (size_t)d;
}

int vecbytes_dims(size_t n)
{
	return n > sizeof(float) && n <= VECBYTES_MOST ? (int)(n - sizeof(float)) : 0;
}

bool vecbytes_get(const void *row, size_t n, int d, float *out)
{
	const unsigned char *s = row;
	float scale;

	if (d <= 0 || vecbytes_dims(n) != d)
		return false;
	memcpy(&scale, s, sizeof scale);
	if (!isfinite(scale))
		return false;
	for (int i = 0; i < d; i++)
		out[i] = scale * (float)(signed char)s[sizeof scale + (size_t)i];
	return true;
}
