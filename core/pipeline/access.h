// What a run accesses outside the program: read from declarations and bound nodes, so that a person can be
// asked before it happens, whatever the node types are.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/base/text.h"

namespace rw {

class Catalogue;
struct Pipeline;
struct Validated;
struct ValidateOptions;

/// How a part (a table) of the file at a path stands: a text that is another once somebody changed it. Empty:
/// that can't be found out; none: the file holds no such part. May look into it.
using PartStateFn = std::optional<std::string> (*)(const std::string& path, const std::string& part);

/// A file, a table or an address, and what is done to it.
struct Access {
    enum class Kind { Reads, Writes, Sends };
    Kind kind = Kind::Reads;
    /// Names it: the absolute path of a file with links followed (a folder or a pattern where it is read), or
    /// an address with its scheme.
    std::string target{};
    std::string part{};   ///< a table of it, as written; empty: all of it
    Text description{};   ///< what it is, for people; empty: the file `target`
    std::string node{};   ///< its id, also “outer/inner”; the first where several access one thing
    std::string title{};  ///< of the node
    bool adds = false;    ///< Writes: rows are added to what is there, nothing is replaced
    bool keeps = false;   ///< Writes: what a run wrote stays though it fails
    PartStateFn partState = nullptr;  ///< Writes: for `part`; null: whoever has the file has the part
    bool alone = false;               ///< only one node of a run can have it

    bool isFile() const { return description.empty(); }
    /// The same for all spellings that mean one thing: kind, target and part.
    std::string identity() const;
};

/// What the nodes that run, also those inside subflows, would access, in the order of the nodes, each thing
/// once. `validated` is of this pipeline with these options. `onlyCharts`: the run makes no sinks but charts,
/// and what the others would access is left out. Follows links, opens nothing.
std::vector<Access> accessesOf(const Pipeline& pipeline, const Catalogue& catalogue,
                               const ValidateOptions& options, const Validated& validated,
                               bool onlyCharts = false);

/// How the file or table stands that a run writes: a text that is another once somebody changed it, or put
/// another in its place. None: writing meets nothing that could be lost; pipes and devices hold nothing.
/// Empty: that can't be found out. Looks at the disk, but opens no FIFO.
std::optional<std::string> outputState(const Access& written);

}  // namespace rw
