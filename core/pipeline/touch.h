// What a run touches outside the program: read from declarations and bound nodes, so that a person can be
// asked before it happens, whatever the node types are.
#pragma once
#include <string>
#include <vector>

#include "core/base/text.h"

namespace rw {

class Catalogue;
struct Pipeline;
struct Validated;
struct ValidateOptions;

/// Whether the file at a path holds the part (a table) already, or that can't be found out. May look into it.
using HoldsFn = bool (*)(const std::string& path, const std::string& part);

/// A file, a table or an address, and what is done to it.
struct Touch {
    enum class Kind { Reads, Writes, Sends };
    Kind kind = Kind::Reads;
    /// Names it: the absolute path of a file with links followed (a folder or a pattern where it is read), or
    /// an address with its scheme.
    std::string target{};
    std::string part{};       ///< a table of it, as written; empty: all of it
    Text words{};             ///< what it is, for people; empty: the file `target`
    std::string title{};      ///< of the node
    bool adds = false;        ///< Writes: rows are added to what is there, nothing is replaced
    HoldsFn holds = nullptr;  ///< Writes: for `part`; null: whoever has the file has the part

    bool isFile() const { return words.empty(); }
    /// The same for all spellings that mean one thing: kind, target and part.
    std::string identity() const;
};

/// What the nodes that run would touch, in the order of the nodes, each thing once. `validated` is of this
/// pipeline with these options. Follows links, opens nothing.
std::vector<Touch> touchesOf(const Pipeline& pipeline, const Catalogue& catalogue,
                             const ValidateOptions& options, const Validated& validated);

/// Whether writing would meet something: a file or a table that is there. Pipes and devices hold nothing that
/// could be lost. Looks at the disk, but waits for nobody: a FIFO is not opened.
bool isThere(const Touch& written);

}  // namespace rw
