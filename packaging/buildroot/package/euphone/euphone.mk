################################################################################
#
# euphone
#
################################################################################

EUPHONE_VERSION = 0.1.0
# The tree that this file is in: a checkout, or an unpacked source archive.
EUPHONE_SITE = $(BR2_EXTERNAL_EUPHONE_PATH)/../..
EUPHONE_SITE_METHOD = local
EUPHONE_LICENSE = Apache-2.0, MIT (models), BSD-2-Clause (dictionary)
EUPHONE_LICENSE_FILES = LICENSE
EUPHONE_SUPPORTS_IN_SOURCE_BUILD = NO

# EUPHONE_EXTRA_DEPENDENCIES: packages of yours that install kissfft and libnats.
EUPHONE_DEPENDENCIES = \
	boost \
	cairo \
	cli11 \
	flite \
	fmt \
	host-pkgconf \
	host-python3 \
	json-for-modern-cpp \
	libarchive \
	libedit \
	libsndfile \
	libsodium \
	libsoundtouch \
	libsoxr \
	mpg123 \
	ncurses \
	openssl \
	opus \
	portaudio \
	postgresql \
	protozero \
	pugixml \
	utf8proc \
	zstd \
	$(EUPHONE_EXTRA_DEPENDENCIES)

EUPHONE_DATA = $(call qstrip,$(BR2_PACKAGE_EUPHONE_DATA))
EUPHONE_CONF_OPTS = \
	-DEUPHONE_DEVELOPER=OFF \
	-DEUPHONE_PAGE=OFF \
	-DEUPHONE_DEPS_DIR=$(call qstrip,$(BR2_PACKAGE_EUPHONE_DEPS)) \
	-DEUPHONE_DATA_FROM=$(EUPHONE_DATA) \
	-DPython3_ROOT_DIR=$(HOST_DIR)
EUPHONE_BUILD_OPTS = --target euphone_cli --target euphone_data

EUPHONE_WRITTEN = \
	man/man1/euphone.1 \
	bash-completion/completions/euphone \
	zsh/site-functions/_euphone \
	fish/vendor_completions.d/euphone.fish

# Only a program of this machine can be asked for these.
define EUPHONE_TAKE_WRITTEN
	$(foreach file,$(EUPHONE_WRITTEN), \
		$(INSTALL) -D -m 0644 $(EUPHONE_DATA)/../$(file) $(EUPHONE_BUILDDIR)/share/$(file)$(sep))
endef
EUPHONE_POST_BUILD_HOOKS += EUPHONE_TAKE_WRITTEN

ifeq ($(BR2_PACKAGE_EUPHONE_LARGE),)
define EUPHONE_REMOVE_LARGE
	rm -rf $(TARGET_DIR)/usr/share/euphone/models/en-us-large
	rm -rf $(TARGET_DIR)/usr/share/euphone/models/en-embedder
	rm -f $(TARGET_DIR)/usr/share/euphone/passages.db
endef
endif

define EUPHONE_INSTALL_TARGET_CMDS
	DESTDIR=$(TARGET_DIR) $(BR2_CMAKE) --install $(EUPHONE_BUILDDIR) --component program --prefix /usr
	$(EUPHONE_REMOVE_LARGE)
	$(INSTALL) -D -m 0644 $(@D)/packaging/udev/60-euphone.rules $(TARGET_DIR)/usr/lib/udev/rules.d/60-euphone.rules
endef

define EUPHONE_INSTALL_INIT_SYSTEMD
	$(foreach unit,serve agent worker follow, \
		$(INSTALL) -D -m 0644 $(@D)/packaging/systemd/euphone-$(unit).service \
			$(TARGET_DIR)/usr/lib/systemd/system/euphone-$(unit).service$(sep))
	$(INSTALL) -D -m 0644 $(@D)/packaging/systemd/euphone.default $(TARGET_DIR)/etc/default/euphone
endef

$(eval $(cmake-package))
