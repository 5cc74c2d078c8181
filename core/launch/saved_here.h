// Whether a pipeline's file is as this user's program saved it.
#pragma once
#include <string>

namespace rw {

/// SHA-256 in hexadecimal digits.
std::string contentFingerprint(const std::string& text);
/// The designer keeps the fingerprints of the files that it saved. Anybody else's text, and any at all where
/// these can't be read: false. Reads a file of the user's.
bool wasSavedHere(const std::string& text);

}  // namespace rw
