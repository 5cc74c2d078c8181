#include <fmt/format.h>

#include <filesystem>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/base/table_text.h"
#include "core/data/text.h"
#include "core/history/version_history.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

std::string savedText(const SavedVersion& version) {
    std::string text;
    appendTimestamp(text, version.saved);
    return text;
}

std::string versionLines(const std::vector<SavedVersion>& all) {
    if (all.empty()) return "no version\n";
    std::string out;
    for (const SavedVersion& version : all) {
        out += fmt::format("{:>8}  {} UTC, {} ago  {:>10}  {}\n", version.number, savedText(version),
                           english(figures::age(systemClock()->now() - version.saved)),
                           byteSizeText(version.bytes), printableLine(version.name));
    }
    return out;
}

Json versionsJson(const std::vector<SavedVersion>& all) {
    Json out = Json::array();
    for (const SavedVersion& version : all) {
        out.push_back({{"number", version.number},
                       {"name", version.name.empty() ? Json() : Json(version.name)},
                       {"saved", savedText(version)},
                       {"bytes", version.bytes}});
    }
    return out;
}

Status keepNow(const std::string& file, const std::string& name) {
    RW_TRY_ASSIGN(const std::string text, readPipelineText(file));
    RW_TRY(loadPipeline(text).status());
    RW_TRY_ASSIGN(const SavedVersion kept, keepVersion(file, text, systemClock()->now()));
    return name.empty() ? Status() : nameVersion(file, kept.number, name);
}

Status change(const std::string& file, const VersionsCommand& command) {
    if (command.keep) return keepNow(file, command.name);
    if (command.named > 0) return nameVersion(file, command.named, command.name);
    if (command.drop > 0) return dropVersion(file, command.drop);
    return {};
}

/// What is printed.
Result<std::string> output(const std::string& file, const VersionsCommand& command) {
    RW_TRY(change(file, command));
    if (command.show > 0) return versionText(file, command.show);
    RW_TRY_ASSIGN(const std::vector<SavedVersion> all, savedVersions(file));
    return command.json ? indented(versionsJson(all)) + "\n" : versionLines(all);
}

}  // namespace

// The file itself may be gone: then its history is what is left of it.
int versions(const VersionsCommand& command) {
    std::error_code ignored;
    const std::string file = std::filesystem::absolute(command.file, ignored).lexically_normal().string();
    const Result<std::string> text = output(file, command);
    const Status done = text.ok() ? writeOut(*text) : text.status();
    if (done.ok()) return 0;
    printMessage("error", english(done.error()));
    return 1;
}

}  // namespace rw::cli
