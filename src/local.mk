include src/base/local.mk
include src/store/local.mk
include src/rank/local.mk
include src/app/local.mk
include src/cmd/local.mk
