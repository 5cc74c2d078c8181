// Results of before in the folder of a file sink.
#pragma once
#include <cstddef>
#include <string>

#include "core/pipeline/pipeline.h"

namespace rw {

struct StandingOutput {
    NodeId sink{};
    std::string folder{};   ///< as the cluster names it
    std::string here{};     ///< the same on this computer; empty: this program does not reach it
    std::size_t files = 0;  ///< that lie in it; 0: they can't be seen from here, a job wrote there
    /// The folder into which an earlier replacement moved results that it never put back or dropped, on this
    /// computer, while the folder itself is missing: its files are the ones counted. Empty: there is none.
    std::string aside{};
    std::string job{};      ///< the newest that is remembered to have written there; empty: none
    bool onlyReplaced = false;  ///< the engine can't add to them, nor take another folder
    /// Only files that this program reaches can be removed.
    bool replaceable() const { return !here.empty(); }
};

}  // namespace rw
