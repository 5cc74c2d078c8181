#include "core/pipeline/used_paths.h"

#include <fnmatch.h>

#include <algorithm>
#include <string_view>

#include "core/base/ascii.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

std::string textOf(const NodeKind& kind, const std::string& param, const Json& params,
                   const Variables& variables) {
    const ParamSpec* spec = kind.param(param);
    if (spec == nullptr) return {};
    const Json& value = paramValue(*spec, params);
    return value.is_string() ? substitute(value.get<std::string>(), variables) : std::string();
}

bool holds(const std::optional<AppliesWhen>& when, const NodeKind& kind, const Json& params,
           const Variables& variables) {
    return when && std::find(when->values.begin(), when->values.end(),
                             textOf(kind, when->param, params, variables)) != when->values.end();
}

/// The path as a pattern that nothing else fits.
std::string literally(const fs::path& path) {
    std::string pattern;
    for (const char c : path.native()) {
        if (std::string_view("*?[\\").find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return pattern;
}

/// Whether the folder, or a match of the pattern, holds the file by some name.
bool holdsFile(const fs::path& input, const FileIdentity& file, FileLook& look) {
    const auto isIt = [&](const fs::path& each) {
        return look.reach.allows(each) && FileIdentity::of(each) == file;
    };
    std::error_code error;
    const bool folder = look.reach.allows(input) && fs::is_directory(input, error);
    if (!folder) return matchPattern(input, look, isIt) == PatternMatch::Found;
    // Names that begin with a dot are read from a folder, too.
    return matchPattern(literally(input) + "/*", look, isIt) == PatternMatch::Found ||
           matchPattern(literally(input) + "/.*", look, isIt) == PatternMatch::Found;
}

/// The folder below which a pattern is for files; of a path that is none, the path.
fs::path folderOfPattern(fs::path path) {
    while (path.native().find_first_of("*?[") != std::string::npos) path = path.parent_path();
    return path;
}

}  // namespace

std::string lowerCased(std::string text) {
    return inAsciiSmall(text);
}

namespace {

/// Without following the names.
std::vector<UsedPath> pathsByName(const Graph& graph, const Variables& variables, const std::string& folder) {
    std::vector<UsedPath> used;
    for (const GraphNode& node : graph.nodes) {
        // The file of a subflow is read, though its nodes run in its stead.
        const bool subflow = node.kind != nullptr && node.kind->subflow == SubflowRole::Whole;
        if (!node.runs && !subflow) continue;
        const Json& params = node.node->params;
        for (const ParamSpec& spec : node.kind->params) {
            if (spec.kind != ParamKind::InputPath && spec.kind != ParamKind::OutputPath) continue;
            const std::string text = textOf(*node.kind, spec.name, params, variables);
            if (text.empty() || text == "-" || text.find('\0') != std::string::npos) continue;
            UsedPath path;
            path.node = node.node;
            path.spec = &spec;
            path.title = node.node->shownTitle();
            std::error_code error;
            // As the nodes have it (BindContext::path): “link/../a” is not the file that the system would open.
            path.path = fs::absolute(fs::path(folder) / text, error).lexically_normal();
            if (!spec.part.empty()) {
                path.partName = textOf(*node.kind, spec.part, params, variables);
                path.part = lowerCased(path.partName);
            }
            path.adds = holds(spec.adds, *node.kind, params, variables);
            path.keeps = holds(spec.keeps, *node.kind, params, variables);
            used.push_back(std::move(path));
        }
    }
    return used;
}

}  // namespace

std::vector<UsedPath> usedPaths(const Graph& graph, const Variables& variables, const std::string& folder,
                                const FileReach& reach) {
    std::vector<UsedPath> used = pathsByName(graph, variables, folder);
    for (UsedPath& path : used) {
        path.file = reach.allows(path.path) ? FileIdentity::of(path.path) : FileIdentity{path.path, {}};
    }
    return used;
}

std::vector<NamedPath> namedPaths(const Pipeline& pipeline, const Catalogue& catalogue,
                                  const ValidateOptions& options) {
    std::vector<Issue> reported;  // by validation
    std::vector<NamedPath> named;
    if (!options.file.empty()) named.push_back({options.file, {}, {}});
    ValidateOptions byName = options;
    byName.files = false;
    const auto expanded = expand(pipeline, catalogue, byName, reported);
    const Pipeline& all = expanded ? expanded->pipeline : pipeline;
    const Graph graph = buildGraph(all, catalogue, reported);
    for (const UsedPath& used : pathsByName(graph, variablesOf(all, options, reported), options.folder)) {
        const bool inside = isInside(used.node->id);
        named.push_back({used.path.native(), outermost(used.node->id),
                         inside ? std::string(kSubflowFile) : used.spec->name});
    }
    if (!expanded) return named;
    for (const auto& [path, node] : expanded->files) named.push_back({path, node, kSubflowFile});
    return named;
}

bool reads(const UsedPath& input, const FileIdentity& file, FileLook& look) {
    const fs::path& read = input.file.path;
    if (input.file == file || read == file.path.parent_path() || read == file.path.parent_path() / "" ||
        ::fnmatch(read.c_str(), file.path.c_str(), FNM_PATHNAME) == 0) {
        return true;
    }
    // A link in the folder, or another name of the file: only when the file is there, and has one.
    return file.number && holdsFile(input.path, file, look);
}

std::map<std::string, FileIdentity> whereUsedPathsLead(const Pipeline& outside, const Catalogue& catalogue,
                                                       const ValidateOptions& options,
                                                       const Validated& validated) {
    std::vector<Issue> reported;  // validation told them
    const Pipeline& pipeline = validated.expanded ? validated.expanded->pipeline : outside;
    const Variables variables = variablesOf(pipeline, options, reported);
    const Graph graph = buildGraph(pipeline, catalogue, reported);
    std::map<std::string, FileIdentity> paths;
    for (UsedPath& used : usedPaths(graph, variables, options.folder)) {
        const fs::path folder = folderOfPattern(used.path);
        if (folder != used.path) paths.emplace(folder.native(), FileIdentity::of(folder));
        paths.emplace(used.path.native(), std::move(used.file));
    }
    return paths;
}

}  // namespace rw
