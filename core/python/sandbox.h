// What stands around a Python process: bubblewrap, where it is there and works.
#pragma once
#include <string>
#include <vector>

#include "core/base/text.h"

namespace rw {

struct Sandbox {
    bool works = false;
    Text said{};  ///< for the user: which one there is, or why there is none, and what that means
};

/// Whether bubblewrap can make a sandbox on this computer. The first call tries it, which takes some
/// milliseconds; any thread.
const Sandbox& sandbox();

/// The words before those of a program that runs inside: it sees /usr, the folders `shown` and a /tmp of its
/// own, can write only there, sees no other process, and has the network where `network` says so.
std::vector<std::string> sandboxWords(const std::vector<std::string>& shown, bool network);

}  // namespace rw
