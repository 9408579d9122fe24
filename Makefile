# Patrol MDT: the commands a developer needs. `make run` and `make test` set up everything by themselves.

PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
TRAINING := .venv-train
MINUTES ?= 150
STEPS ?= 100000
SEED ?= 1
# Python's compiled files are kept: the tests start hundreds of processes, which would else compile it all each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test soak thorough audit handbook lint venv system test-system lock train package try-package update windows clean

run: venv ## start the demonstration: everything on this machine
	$(VENV)/bin/mdt demo

test: venv test-system lint ## the whole test suite
	$(VENV)/bin/pytest -n 3 --dist worksteal

soak: venv test-system ## the whole fault table as one campaign, 40 minutes: make soak [STEPS=100000] [SEED=1] [ROWS="1 2"]; report: build/soak
	$(VENV)/bin/python -m tests.soak.campaign --steps $(STEPS) --seed $(SEED) $(if $(ROWS),--rows $(ROWS))

thorough: venv test-system ## the long forms of the other tests: fuzzers, measurements, every drill, the handbook's examples
	MDT_SOAK_STEPS=$(STEPS) $(VENV)/bin/pytest -q tests/contract/cameras/test_spare_and_stills.py \
	    tests/e2e/test_latency_bench.py tests/e2e/test_demo_offscreen.py tests/unit/devices/test_drill_road.py \
	    tests/contract/headquarters/test_hq_openapi.py tests/ui/test_screens_fit.py \
	    tests/unit/services/test_parser_fuzz.py tests/unit/services/test_docs_hold.py

audit: venv ## the lock against the known holes; ends with an error also where it could not check
	$(VENV)/bin/uv tool run pip-audit --strict --disable-pip --require-hashes -r requirements.lock

handbook: venv ## the handbook as HTML and PDF, with the quick card for the car, into build/handbook
	$(VENV)/bin/python docs/handbook_build.py build/handbook
	@echo "build/handbook: index.html, handbook.pdf, quick-card.pdf"

lint: venv ## style, types, and the import rule
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

venv: system $(READY) ## .venv with everything in it

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

system: ## the system's libraries, through apt where that is possible
	@sh installer/system-packages.sh

test-system: venv ## what only tests need; without it they say what they skip
	@sh installer/system-packages.sh test-packages.txt || echo "Going on without: some tests will be skipped."

lock: ## pin all dependencies anew, with hashes and without an index address
	for extra in "" dev; do \
	  $(VENV)/bin/uv pip compile pyproject.toml $${extra:+--extra $$extra} --universal --fork-strategy fewest \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	    --quiet --output-file requirements$${extra:+-$$extra}.lock || exit 1; \
	done

package: venv ## the Debian package for this release, in build/; VERSION=V for another version
	$(VENV)/bin/python -m installer.package $(if $(VERSION),--version $(VERSION))

update: venv ## an archive for 'mdt release sign': the program alone; WHOLE=1 with the packages of a changed lock
	$(VENV)/bin/python -m installer.update $(if $(VERSION),--version $(VERSION)) $(if $(WHOLE),--whole)

windows: venv ## the Windows installer, in build/: needs Debian's nsis and osslsigncode
	$(VENV)/bin/python -m installer.windows_package $(if $(VERSION),--version $(VERSION))

try-package: package ## as root: install, start, upgrade and remove it in a new minimal Debian tree
	$(VENV)/bin/python -m installer.package --version 999.0
	sh -c 'installer/try-package.sh $$(ls -t build/*.deb | grep -v _999 | head -1) $$(ls -t build/*_999*.deb | head -1)'

train: $(TRAINING)/.ready ## train the plate reader's networks anew: make train DATA=FOLDER [MINUTES=150]
	@test -n "$(DATA)" || { echo "usage: make train DATA=FOLDER [MINUTES=150]; the folder: docs/recogniser.md"; exit 2; }
	nice -n 10 $(TRAINING)/bin/python -m devices.training --data "$(DATA)" --minutes $(MINUTES)

$(TRAINING)/.ready: pyproject.toml
	$(PYTHON) -m venv $(TRAINING)
	$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	touch $(TRAINING)/.ready

clean: ## remove what was made here
	rm -rf $(VENV) $(TRAINING) build *.egg-info
