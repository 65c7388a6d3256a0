# the sample feeds
