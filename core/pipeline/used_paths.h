// The files that a pipeline reads and writes.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/pipeline/file_identity.h"
#include "core/pipeline/file_reach.h"
#include "core/pipeline/graph.h"
#include "core/pipeline/variables.h"

namespace rw {

struct Validated;

/// A path parameter of a node that runs.
struct UsedPath {
    const Node* node = nullptr;  ///< null: written by the command line
    const ParamSpec* spec = nullptr;
    std::string title{};           ///< of the user of the path: the node's title, or an option
    std::filesystem::path path{};  ///< absolute, as given: may be a folder or a pattern where it is read
    FileIdentity file{};
    std::string part{};      ///< the table, in small letters; empty: the whole file
    std::string partName{};  ///< the same as it is written
    bool adds = false;       ///< others may add to the same part
    bool keeps = false;      ///< rows that a run wrote stay though it fails
};

/// ASCII letters made small: the same for all spellings of a part.
std::string lowerCased(std::string text);

/// A file out of `reach` is known by its name alone.
std::vector<UsedPath> usedPaths(const Graph& graph, const Variables& variables, const std::string& folder,
                                const FileReach& reach = {});

/// The files that the paths of nodes that run, also inside subflows, lead to now, by their absolute paths as
/// given; for a pattern also the folder below which it matches. `validated` is of this pipeline with these
/// options. Follows links, opens nothing.
std::map<std::string, FileIdentity> whereUsedPathsLead(const Pipeline& pipeline, const Catalogue& catalogue,
                                                       const ValidateOptions& options,
                                                       const Validated& validated);

/// A name of a file or a folder, and where the pipeline says it.
struct NamedPath {
    std::string path{};  ///< absolute; may be a pattern
    NodeId node{};       ///< empty: the pipeline's own file; of one inside a subflow, that
    std::string param{};
};

/// The files that validation looks at, by name; looks at none itself.
std::vector<NamedPath> namedPaths(const Pipeline& pipeline, const Catalogue& catalogue,
                                  const ValidateOptions& options);

/// Whether reading `input` (a file, a folder, a pattern) means reading `file`, by whatever name; as far as
/// `look` goes.
bool reads(const UsedPath& input, const FileIdentity& file, FileLook& look);

}  // namespace rw
