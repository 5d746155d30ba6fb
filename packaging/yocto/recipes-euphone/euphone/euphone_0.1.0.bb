SUMMARY = "Pronunciation coach that lives on the learner's own device"
DESCRIPTION = "Hears a recording, or a reader while he speaks, and says how well each sound was made. Everything stays on the device."
HOMEPAGE = "https://${EUPHONE_REPOSITORY}"
BUGTRACKER = "https://${EUPHONE_REPOSITORY}"
SECTION = "multimedia"
# Models and CMUdict are under MIT and BSD-2-Clause; THIRD_PARTY.md lists all.
LICENSE = "Apache-2.0 & MIT & BSD-2-Clause"
LIC_FILES_CHKSUM = "file://LICENSE;md5=3b83ef96387f14655fc854ddc3c6bd57"
CVE_PRODUCT = "euphone"

DEPENDS = "\
    boost \
    cairo \
    cli11 \
    cnats \
    flite \
    fmt \
    kissfft \
    libarchive \
    libedit \
    libopus \
    libsndfile1 \
    libsodium \
    libsoundtouch \
    mpg123 \
    ncurses \
    nlohmann-json \
    openssl \
    portaudio-v19 \
    postgresql \
    protozero \
    pugixml \
    soxr \
    utf8proc \
    zstd \
"
# What is compiled once and is the same on all machines (dictionary, index, manual page) comes from the build for this machine.
DEPENDS:append:class-target = " euphone-native"

# Where the source is, HOST/PATH of a Git repository; and a folder that `cmake/fetch_package.py` has filled for the target's machine
# (docs/howto/work-offline.md), for a recipe fetches nothing while it configures. All in local.conf.
EUPHONE_REPOSITORY ?= ""
EUPHONE_DEPS ?= ""
EUPHONE_REVISION ?= ""
SRC_URI = "git://${EUPHONE_REPOSITORY};protocol=https;branch=main"
# A commit: EUPHONE_REVISION in local.conf.
SRCREV = "${EUPHONE_REVISION}"
S = "${@d.getVar('UNPACKDIR') or d.getVar('WORKDIR')}/git"

inherit cmake pkgconfig python3native systemd

python () {
    for name in ("EUPHONE_REPOSITORY", "EUPHONE_REVISION", "EUPHONE_DEPS"):
        if not d.getVar(name):
            raise bb.parse.SkipRecipe("set %s in local.conf; packaging/yocto/README.md" % name)
}

EXTRA_OECMAKE = "\
    -DEUPHONE_DEVELOPER=OFF \
    -DEUPHONE_PAGE=OFF \
    -DEUPHONE_DEPS_DIR=${EUPHONE_DEPS} \
    -DPython3_ROOT_DIR=${STAGING_DIR_NATIVE}${prefix_native} \
"
EXTRA_OECMAKE:append:class-target = " -DEUPHONE_DATA_FROM=${STAGING_DATADIR_NATIVE}/euphone"
OECMAKE_TARGET_COMPILE = "euphone_cli euphone_data"
OECMAKE_TARGET_COMPILE:append:class-native = " euphone_manual"

# The program writes its manual page and what shells complete, which only the build for this machine can ask it for.
do_compile:append:class-target() {
    for file in man/man1/euphone.1 bash-completion/completions/euphone zsh/site-functions/_euphone fish/vendor_completions.d/euphone.fish; do
        install -D -m 0644 ${STAGING_DATADIR_NATIVE}/$file ${B}/share/$file
    done
}

do_install() {
    DESTDIR=${D} cmake --install ${B} --component program --prefix ${prefix}
    for unit in serve agent worker follow; do
        install -D -m 0644 ${S}/packaging/systemd/euphone-$unit.service ${D}${systemd_system_unitdir}/euphone-$unit.service
    done
    install -D -m 0644 ${S}/packaging/systemd/euphone.default ${D}${sysconfdir}/default/euphone
    install -D -m 0644 ${S}/packaging/udev/60-euphone.rules ${D}${nonarch_base_libdir}/udev/rules.d/60-euphone.rules
}

PACKAGES =+ "${PN}-model-large ${PN}-model-embedder ${PN}-services"
FILES:${PN}-model-large += "${datadir}/euphone/models/en-us-large"
FILES:${PN}-model-embedder += "${datadir}/euphone/models/en-embedder ${datadir}/euphone/passages.db"
FILES:${PN}-services += "\
    ${systemd_system_unitdir} \
    ${sysconfdir}/default/euphone \
    ${nonarch_base_libdir}/udev/rules.d \
"
FILES:${PN} += "${datadir}/zsh ${datadir}/fish ${datadir}/bash-completion"
CONFFILES:${PN}-services = "${sysconfdir}/default/euphone"
RDEPENDS:${PN}-services = "${PN}"
SYSTEMD_PACKAGES = "${PN}-services"
SYSTEMD_SERVICE:${PN}-services = "euphone-serve.service euphone-agent.service euphone-worker.service euphone-follow.service"
# Nothing listens unless somebody wants it.
SYSTEMD_AUTO_ENABLE:${PN}-services = "disable"

# ONNX Runtime's official library, stripped already, is opened at run time.
INSANE_SKIP:${PN} += "already-stripped"

BBCLASSEXTEND = "native"
