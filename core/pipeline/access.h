// The resources outside the program that a run accesses: read from declarations and bound nodes, so that the
// user can be asked before the first access, for all node types alike.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/text.h"

namespace rw {

class Catalogue;
struct Pipeline;
struct Validated;
struct ValidateOptions;

/// The state of a part (a table) of the file at a path, as a text that differs once the part was changed.
/// Empty: that can't be found out; none: the file holds no such part. May look into it.
using PartStateFn = std::optional<std::string> (*)(const std::string& path, const std::string& part);

/// A file, a table or an address, and the kind of access to it; or code, and what runs it.
struct Access {
    enum class Kind { Reads, Writes, Sends, Runs };
    Kind kind = Kind::Reads;
    /// Names it: the absolute path of a file with links followed (a folder or a pattern where it is read), or
    /// an address with its scheme.
    std::string target{};
    std::string part{};   ///< a table of it, as written; empty: all of it
    Text description{};   ///< a description for the user; empty: the file `target`
    std::string node{};   ///< its id, also “outer/inner”; the first where several access one thing
    std::string title{};  ///< of the node
    bool adds = false;    ///< Writes: rows are added to the old ones, nothing is replaced
    bool keeps = false;   ///< Writes: rows that a run wrote stay though it fails
    /// Gives `part`, where that is to be looked up on the disk; accessesOf() calls it. Runs: the fingerprint of
    /// the code, so that other code is another access. Null: `part` has it.
    std::function<std::string()> lookUpPart{};
    PartStateFn partState = nullptr;  ///< Writes: for `part`; null: locking the file locks the part
    bool alone = false;               ///< only one node of a run can have it

    bool isFile() const { return description.empty(); }
    /// The same for all spellings that mean one thing: kind, target and part.
    std::string identity() const;
};

/// The accesses of the nodes that run, also those inside subflows, in the order of the nodes, each resource
/// once. `validated` is of this pipeline with these options. `onlyCharts`: the run makes no sinks but charts,
/// and the accesses of the others are left out. Follows links, opens
/// nothing but files of code.
std::vector<Access> accessesOf(const Pipeline& pipeline, const Catalogue& catalogue,
                               const ValidateOptions& options, const Validated& validated,
                               bool onlyCharts = false);

/// The state of the file or table that a run writes, as a text that differs once it was changed or replaced.
/// None: there is nothing to lose; pipes and devices hold nothing. Empty: that can't be found out. Looks at
/// the disk, but opens no FIFO.
std::optional<std::string> outputState(const Access& written);

}  // namespace rw
