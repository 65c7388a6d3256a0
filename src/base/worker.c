#include "base/worker.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"

struct given { struct given *next; void *item; size_t cost; };

struct worker {
	struct worker_config c;
	pthread_t thread;
	pthread_mutex_t lock;       /* of all below */
	pthread_cond_t came, done;  /* something was given, or it ends; an item is done */
	struct given *first, **last;
	size_t cost;                /* of what waits or is worked on */
	bool busy;                  /* something is worked on */
	bool ends;
};

/* ---- the thread ---- */

static struct timespec in_ms(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += (long)(ms % 1000) * 1000000L;
	t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000L;
	t.tv_nsec %= 1000000000L;
	return t;
}

static void tell_idle(struct worker *w)
{
	if (!w->c.idle)
		return;
	pthread_mutex_unlock(&w->lock);
	w->c.idle(w->c.user);
	pthread_mutex_lock(&w->lock);
}

/* The next item, NULL at the end. With the lock held, which is let go while it waits. */
static struct given *next(struct worker *w)
{
	struct timespec until = in_ms(w->c.idle_ms);
	bool told = false;

	while (!w->first && !w->ends) {
		int rc = told ? pthread_cond_wait(&w->came, &w->lock) : pthread_cond_timedwait(&w->came, &w->lock, &until);

		if (rc == ETIMEDOUT && !w->first) {
			told = true;
			tell_idle(w);
		}
	}
	return w->first;
}

static void *run(void *arg)
{
	struct worker *w = arg;
	struct given *g;

	pthread_mutex_lock(&w->lock);
	while ((g = next(w))) {
		w->first = g->next;
		if (!w->first)
			w->last = &w->first;
		w->busy = true;
		pthread_mutex_unlock(&w->lock);
		w->c.work(w->c.user, g->item);
		pthread_mutex_lock(&w->lock);
		w->busy = false;
		w->cost -= g->cost;
		free(g);
		pthread_cond_signal(&w->done);
	}
	tell_idle(w);
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* ---- from outside ---- */

static int start_thread(struct worker *w)
{
	sigset_t all, before;
	int rc;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&w->thread, NULL, run, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

enum err worker_start(const struct worker_config *c, struct worker **out, struct err_info *info)
{
	struct worker *w = mem_zero(1, sizeof *w);
	pthread_condattr_t monotonic;

	w->c = *c;
	w->last = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&w->came, &monotonic);
	pthread_cond_init(&w->done, NULL);
	pthread_condattr_destroy(&monotonic);
	if (start_thread(w) != 0) {
		free(w);
		return err_set(info, ERR_LIMIT, "the system has no room for another thread");
	}
	*out = w;
	return OK;
}

void worker_room(struct worker *w, size_t cost)
{
	pthread_mutex_lock(&w->lock);
	while ((w->first || w->busy) && w->cost + cost > w->c.most)
		pthread_cond_wait(&w->done, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

void worker_give(struct worker *w, void *item, size_t cost)
{
	struct given *g = mem_alloc(sizeof *g);

	*g = (struct given){ NULL, item, cost };
	pthread_mutex_lock(&w->lock);
	*w->last = g;
	w->last = &g->next;
	w->cost += cost;
	pthread_cond_signal(&w->came);
	pthread_mutex_unlock(&w->lock);
}

void worker_end(struct worker *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->ends = true;
	pthread_cond_signal(&w->came);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->came);
	pthread_cond_destroy(&w->done);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
