# make demo · make test · make lock · make heavy
# make bench   what a worker costs, against a straight-line script, side by side
# make pages   writes the documents that are made from the code; make docs   builds the site from docs/
# make drill   kills the robot 2,000 times and asks the practice portal: KILLS=200 SEED=7 for others,
#              JOBS=2 for so many at a time (one more than there are cores); reckoned at 75 to
#              130 minutes on two cores; one that was cut goes on where it was
# make drift   changes the practice portal's pages in named ways, on four looks: SEEDS=1-2
#              MOST=60 for so many cases; JOBS=2; about two hours on two cores; one that was cut goes on
# make trust   one line each: canaries, evidence, approval, purge, ledger, licences, sbom, wheel; each with
#              its negative controls, some 20 minutes on two cores (python -m tools.trust purge: that line
#              alone). Licences, wheel and the list of what it is made of (CycloneDX) go into build/trust;
#              tools in .venv-trust; pictures are read where tesseract is installed. make audit: known
#              flaws of what is installed, asked of a data base on the internet
# Everything is installed into .venv from requirements.lock; nothing else on the machine is touched
# but a browser, and that only where there is none.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TRUST  := .venv-trust

KILLS ?= 2000
SEED  ?= 1
JOBS  ?=
SEEDS ?= 1
MOST  ?=

.PHONY: demo test heavy drill drift trust audit bench pages docs lock clean

demo: $(READY)
	@$(BIN)/assist-rpa browser --install >/dev/null
	@$(BIN)/assist-rpa demo

test: $(READY)
	@$(BIN)/assist-rpa browser --install >/dev/null
	@sh tools/test_browser.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 3 --dist worksteal -m "not heavy"

heavy: $(READY)
	@$(BIN)/assist-rpa browser --install >/dev/null
	$(BIN)/pytest -m heavy

drill: $(READY)
	@$(BIN)/assist-rpa browser --install >/dev/null
	@$(BIN)/python -m drill --kills $(KILLS) --seed $(SEED) $(if $(JOBS),--jobs $(JOBS))

drift: $(READY)
	@$(BIN)/assist-rpa browser --install >/dev/null
	@$(BIN)/python -m tests.drift --seeds $(SEEDS) $(if $(MOST),--most $(MOST)) $(if $(JOBS),--jobs $(JOBS))

bench: $(READY)
	@$(BIN)/assist-rpa browser --install >/dev/null
	@$(BIN)/python -m bench.add_employees

trust: $(READY) $(TRUST)/.ready
	@rm -rf build/trust && mkdir -p build/trust
	@$(BIN)/python -m tools.licences > build/trust/licences.txt || { cat build/trust/licences.txt; exit 1; }
	@tail -n 1 build/trust/licences.txt
	@$(BIN)/python -m tools.wheel build/trust
	@$(TRUST)/bin/python -W ignore::UserWarning -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file build/trust/sbom.cdx.json requirements.lock
	@$(BIN)/python -m tools.sbom build/trust/sbom.cdx.json
	@$(BIN)/assist-rpa browser --install >/dev/null
	@$(BIN)/python -m tools.trust

audit: $(TRUST)/.ready
	@$(TRUST)/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

$(TRUST)/.ready: tools/trust.lock
	@$(PYTHON) -m venv $(TRUST)
	@$(TRUST)/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement tools/trust.lock
	@touch $@

pages: $(READY)
	@$(BIN)/python -m tools.portal_model > docs/portal-model.md
	@$(BIN)/python -m tools.commands > docs/commands.md

docs: pages
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "site/index.html"

$(READY): requirements.lock pyproject.toml tools/venv.sh
	@sh tools/venv.sh "$(PYTHON)" "$(VENV)"
	@touch $(READY)

lock: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-emit-index-url --no-header --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --output-file tools/trust.lock tools/trust.in

clean:
	rm -rf $(VENV) $(TRUST) .demo site build
