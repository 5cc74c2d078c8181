// The person's keyring, for tokens: that of GNOME, KDE or another one that keeps secrets by D-Bus.
#pragma once
#include <string>

#include "core/secrets/secret_source.h"

namespace rw::ui {

/// Whether this program was built with QtKeychain; without it a secret in a keyring is an error.
bool hasKeyring();

/// Environment variables and the keyring, and what was typed where neither holds a secret. To be called on
/// the main thread, before threads of Qt begin where there is no QCoreApplication yet: it makes one. The
/// result may be called by any other thread, and waits for the keyring, and the user who unlocks it, up to a
/// minute; where there is no D-Bus the error comes at once.
SecretSource desktopSecrets();

/// Puts an entry into the keyring; an empty value takes it out. ErrorCode::NotFound: there is
/// no keyring. Waits as desktopSecrets() does: never on a
/// thread that draws.
Status writeSecret(const std::string& name, const Secret& value);

}  // namespace rw::ui
