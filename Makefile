# Everything a developer does, one word each. Maven runs on a JDK 25, found like ./battlestream does.
JAVA_HOME := $(shell ./battlestream --java-home)
export JAVA_HOME
MVN := mvn --batch-mode

.DEFAULT_GOAL := help
.PHONY: help up down demo check test fmt bench hooks

help: ## show this help
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-8s %s\n", $$1, $$2}'

up: ## start the platform on this machine
	./battlestream up

down: ## stop it
	./battlestream down

demo: ## play five battles and kill the runner in the middle
	./battlestream demo

check: ## format, warnings, nullness and architecture, in under two minutes
	$(MVN) -q verify -Dtest='ArchitectureTest' -Dsurefire.failIfNoSpecifiedTests=false

test: ## the whole build with all tests
	$(MVN) verify

fmt: ## format the sources
	$(MVN) -q spotless:apply

bench: ## measure a turn against the raw ping-pong (see bench/README.md)
	bench/run

hooks: ## run the quick checks before every commit
	git config core.hooksPath .githooks
