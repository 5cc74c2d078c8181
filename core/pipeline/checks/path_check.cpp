#include "core/pipeline/checks/path_check.h"

#include "core/pipeline/used_paths.h"

namespace rw {

namespace {

Issue& clash(const UsedPath& writer, Text message, Text fix, std::vector<Issue>& issues) {
    Issue& issue = issues.emplace_back();
    if (writer.node != nullptr) {
        issue.node = writer.node->id;
        issue.param = writer.spec->name;
    }
    issue.message = std::move(message);
    issue.fix = std::move(fix);
    return issue;
}

bool writes(const UsedPath& path) {
    return path.spec == nullptr || path.spec->kind == ParamKind::OutputPath;
}

/// Two writers of one file, of which the second is told.
void checkWriters(const UsedPath& writer, const UsedPath& other, std::vector<Issue>& issues) {
    if (!(other.file == writer.file)) return;
    const std::string name = writer.path.filename().native();
    const bool parts = !writer.part.empty() && !other.part.empty();
    if (!parts) {
        clash(writer, RW_TEXT("paths", "“%1” is already written by “%2”.").with(name, other.title),
              RW_TEXT("paths", "Choose another file, or bring the rows together with a union."), issues);
    } else if (writer.part == other.part && !(writer.adds && other.adds)) {
        clash(writer,
              RW_TEXT("paths", "Table “%1” of “%2” is already written by “%3”.")
                  .with(writer.part, name, other.title),
              RW_TEXT("paths",
                      "Choose another table, bring the rows together with a union, or append in both nodes."),
              issues)
            .param = writer.spec->part;
    }
}

}  // namespace

void checkPaths(const Graph& graph, const Variables& variables, const ValidateOptions& options,
                FileLook& look, std::vector<Issue>& issues) {
    std::vector<UsedPath> used = usedPaths(graph, variables, options.folder, look.reach);
    for (const auto& [title, path] : options.alsoWritten) {
        UsedPath also;
        also.title = title;
        std::error_code error;
        also.path = std::filesystem::absolute(path, error);
        also.file = FileIdentity::of(also.path);
        used.push_back(std::move(also));
    }
    const FileIdentity own =
        options.file.empty() ? FileIdentity() : FileIdentity::of(std::filesystem::path(options.file));
    for (auto writer = used.begin(); writer != used.end(); ++writer) {
        const bool looks = look.reach.allows(writer->path);
        if (!writes(*writer) || (looks && isDevice(writer->path))) continue;
        const std::string name = writer->path.filename().native();
        if (!options.file.empty() && writer->file == own) {
            clash(*writer,
                  RW_TEXT("paths", "“%1” is the file of this pipeline; “%2” would overwrite it.")
                      .with(name, writer->title),
                  RW_TEXT("paths", "Choose another file."), issues);
            continue;
        }
        if (looks && writer->part.empty() && isDatabase(writer->path)) {
            clash(*writer,
                  RW_TEXT("paths", "“%1” is an SQLite database; “%2” would overwrite it.")
                      .with(name, writer->title),
                  RW_TEXT("paths", "Choose another file."), issues);
        }
        for (auto other = used.begin(); other != used.end(); ++other) {
            if (!writes(*other)) {
                if (!reads(*other, writer->file, look)) continue;
                clash(*writer,
                      RW_TEXT("paths", "“%1” would be overwritten while “%2” reads it.")
                          .with(name, other->title),
                      RW_TEXT("paths", "Choose another file, in a folder that is not read."), issues);
            } else if (other < writer) {
                checkWriters(*writer, *other, issues);
            }
        }
    }
}

}  // namespace rw
