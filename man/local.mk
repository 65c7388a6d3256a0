dist_man_MANS = man/eclose.1 man/eclose.5 man/eclose-ranking.7
