#include "core/pipeline/path_check.h"

#include <fnmatch.h>

#include <filesystem>

namespace rw {

namespace {

namespace fs = std::filesystem;

/// A path parameter of a node that runs.
struct UsedPath {
    const Node* node;
    const ParamSpec* spec;
    fs::path path;  ///< absolute, links followed where the file is there
};

std::vector<UsedPath> usedPaths(const Graph& graph, const Variables& variables, const std::string& folder) {
    std::vector<UsedPath> used;
    for (const GraphNode& node : graph.nodes) {
        if (!node.runs) continue;
        for (const ParamSpec& spec : node.kind->params) {
            if (spec.kind != ParamKind::InputPath && spec.kind != ParamKind::OutputPath) continue;
            const Json& value = paramValue(spec, node.node->params);
            const std::string text = value.is_string() ? substitute(value.get<std::string>(), variables) : "";
            if (text.empty() || text == "-" || text.find('\0') != std::string::npos) continue;
            std::error_code error;
            const fs::path given = fs::absolute(fs::path(folder) / text, error);
            const fs::path whole = fs::weakly_canonical(given, error);
            used.push_back({node.node, &spec, error ? given.lexically_normal() : whole});
        }
    }
    return used;
}

bool isDevice(const fs::path& path) {
    std::error_code ignored;
    const fs::file_type type = fs::status(path, ignored).type();
    return type == fs::file_type::character || type == fs::file_type::fifo || type == fs::file_type::socket;
}

/// Whether reading `input` (a file, a folder, a pattern) means reading `file`.
bool reads(const fs::path& input, const fs::path& file) {
    return input == file || input == file.parent_path() || input == file.parent_path() / "" ||
           ::fnmatch(input.c_str(), file.c_str(), FNM_PATHNAME) == 0;
}

Issue& clash(const UsedPath& writer, Text message, Text mend, std::vector<Issue>& issues) {
    Issue& issue = issues.emplace_back();
    issue.node = writer.node->id;
    issue.param = writer.spec->name;
    issue.message = std::move(message);
    issue.mend = std::move(mend);
    return issue;
}

}  // namespace

void checkPaths(const Graph& graph, const Variables& variables, const std::string& folder,
                std::vector<Issue>& issues) {
    const std::vector<UsedPath> used = usedPaths(graph, variables, folder);
    for (auto writer = used.begin(); writer != used.end(); ++writer) {
        if (writer->spec->kind != ParamKind::OutputPath || isDevice(writer->path)) continue;
        const std::string name = writer->path.filename().native();
        for (auto other = used.begin(); other != used.end(); ++other) {
            if (other->spec->kind == ParamKind::InputPath) {
                if (!reads(other->path, writer->path)) continue;
                clash(*writer,
                      RW_TEXT("paths", "“%1” would be overwritten while “%2” reads it.")
                          .with(name, other->node->shownTitle()),
                      RW_TEXT("paths", "Choose another file, in a folder that is not read."), issues);
            } else if (other < writer && other->path == writer->path &&
                       !(other->spec->shared && writer->spec->shared)) {
                clash(*writer,
                      RW_TEXT("paths", "“%1” is already written by “%2”.")
                          .with(name, other->node->shownTitle()),
                      RW_TEXT("paths", "Choose another file, or bring the rows together with a union."),
                      issues);
            }
        }
    }
}

}  // namespace rw
