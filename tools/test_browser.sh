#!/bin/sh
# The tests run faster in Chromium's shell without a window. Where it cannot be had they use the
# browser that is there, so nothing here may fail.
command -v chromium-headless-shell >/dev/null && exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0
apt-get install -y -q chromium-headless-shell >/dev/null 2>&1 || true
