#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>

#include "app/cli/allowed_connections.h"
#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/target_lookup.h"
#include "core/base/table_text.h"
#include "core/connect/connections/connection_file.h"
#include "core/connect/files/file_output.h"
#include "core/launch/saved_here.h"
#include "core/pipeline/checks/export_check.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline/subflow.h"
#include "core/superset/publication.h"

namespace rw::cli {

namespace {

constexpr std::size_t kBundleHead = 64;  ///< bytes: the name of its first file

int refusePublishing(const Status& status, int exit) {
    printMessage("error", english(status.error()));
    return exit;
}

/// Why a bundle may not go there: the file to be replaced is none.
Status checkBundleFile(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored) || std::filesystem::is_empty(path, ignored))
        return {};
    std::ifstream file(path, std::ios::binary);
    std::string head(kBundleHead, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    if (head.find("rillwright/metadata.yaml") != std::string::npos) return {};
    return {ErrorCode::Invalid, RW_TEXT("superset", "“%1” is there already, and is no bundle.").with(path),
            RW_TEXT("superset", "Choose another file, or remove that one.")};
}

Status writeBundle(const SupersetBundle& bundle, const std::string& path) {
    FileOutput file(path, FileOutput::Placing::Staged);
    RW_TRY(file.open());
    file.buffer() += bundle.zip();
    return file.close();
}

/// A stranger's pipeline must not send what this user has to a Superset, and read a database's password for
/// it, without being told that it may.
bool mayName(const Validated& validated, const std::string& text, const SupersetBundle& bundle,
             const PipelineOptions& options) {
    std::map<std::string, NodeId> named;
    for (const SupersetChart& chart : bundle.charts) {
        if (chart.isPublished() && !chart.store.connection.empty())
            named.emplace(chart.store.connection, chart.node);
    }
    bool ours = wasSavedHere(text);
    if (validated.expanded) {
        for (const auto& [node, file] : validated.expanded->subflows) ours = ours && wasSavedHere(file->text);
    }
    return named.empty() || ours || namesAllowed(named, options);
}

Json chartsJson(const SupersetBundle& bundle) {
    Json all = Json::array();
    for (const SupersetChart& chart : bundle.charts) {
        Json remarks = Json::array();
        for (const Text& remark : chart.remarks) remarks.push_back(english(remark));
        all.push_back({{"node", chart.node},
                       {"title", chart.title},
                       {"likeness", likenessName(chart.likeness)},
                       {"table", chart.store.table},
                       {"remarks", std::move(remarks)},
                       {"mend", english(chart.mend)}});
    }
    return all;
}

Json objectsJson(const std::vector<SupersetObject>& objects) {
    Json all = Json::array();
    for (const SupersetObject& object : objects)
        all.push_back(
            {{"kind", supersetKindName(object.kind)}, {"name", object.name}, {"uuid", object.uuid}});
    return all;
}

void printLine(const std::string& text) {
    std::fprintf(stderr, "%s\n", printableLine(text).c_str());
}

void printCharts(const SupersetBundle& bundle) {
    for (const SupersetChart& chart : bundle.charts) {
        std::string line = "chart “" + chart.title + "”: " + english(likenessText(chart.likeness)) + ".";
        for (const Text& remark : chart.remarks) line += " " + english(remark);
        if (!chart.mend.empty()) line += " " + english(chart.mend);
        printLine(line);
    }
    for (const Text& warning : bundle.warnings) printMessage("note", english(warning));
}

void printFindings(const SupersetFindings& found) {
    if (!found.replaced.empty())
        printMessage("note", "what was changed there by hand is lost in what is replaced");
    for (const SupersetObject& object : found.replaced)
        printLine("replaces the " + std::string(supersetKindName(object.kind)) + " “" + object.name + "”");
    for (const SupersetObject& object : found.added)
        printLine("adds the " + std::string(supersetKindName(object.kind)) + " “" + object.name + "”");
    for (const std::string& connection : found.passwords)
        printMessage("note", "the password of “" + connection + "” is given to Superset");
}

/// What is told as JSON at the end, whatever happened.
class Story {
 public:
    Story(const PublishCommand& command, const SupersetBundle& bundle) : m_command(command) {
        m_all = {{"name", bundle.name},          {"dashboard", bundle.dashboard}, {"slug", bundle.slug},
                 {"charts", chartsJson(bundle)}, {"warnings", Json::array()},     {"published", false}};
        for (const Text& warning : bundle.warnings) m_all["warnings"].push_back(english(warning));
    }
    void found(const SupersetFindings& found) {
        m_all["replaces"] = objectsJson(found.replaced);
        m_all["adds"] = objectsJson(found.added);
        m_all["passwords"] = found.passwords;
    }
    void published(const Published& done) {
        found(done.before);
        m_all["published"] = true;
        m_all["link"] = done.link;
        for (const Text& warning : done.warnings) m_all["warnings"].push_back(english(warning));
    }
    void failed(const Error& error) {
        m_all["error"] = {{"message", english(error.message)}, {"mend", english(error.fix)}};
    }
    int end(int exit) const {
        if (!m_command.json) return exit;
        const Status told = writeOut(indented(m_all) + "\n");
        return told.ok() ? exit : refusePublishing(told, 1);
    }

 private:
    const PublishCommand& m_command;
    Json m_all = Json::object();
};

int endWith(Story& story, const Status& status, int exit) {
    story.failed(status.error());
    static_cast<void>(refusePublishing(status, exit));
    return story.end(exit);
}

}  // namespace

int publish(const PublishCommand& command) {
    if (command.to.empty() && command.out.empty())
        return refusePublishing(
            {ErrorCode::Invalid, RW_TEXT("superset", "It is not said where the dashboard goes."),
             RW_TEXT("superset", "Name the connection to Superset with --to, or a file with --out.")},
            2);
    std::string text;
    const std::optional<Loaded> loaded = load(command.pipeline, &text);
    if (!loaded) return 2;
    printIssues(loaded->warnings);
    PublishRequest request;
    request.connections = connectionsIn(connectionsPath(), secretSource());
    request.connection = command.to;
    BundleOptions options;
    options.name = publishedName(loaded->pipeline, command.pipeline.file);
    ValidateOptions validating = validateOptions(command.pipeline);
    options.connections = request.connections;
    options.now = systemClock()->now();
    const Validated validated = look(loaded->pipeline, command.pipeline, validating);
    if (!checkRunnable(validated)) return 2;
    const SupersetBundle bundle = supersetBundle(loaded->pipeline, catalogue(), validated, options);
    if (!mayName(validated, text, bundle, command.pipeline)) return 2;
    printCharts(bundle);
    Story story(command, bundle);
    if (bundle.isEmpty()) return endWith(story, nothingToPublish(bundle), 2);
    if (!command.out.empty()) {
        Trust trust;
        trust.agreed = command.pipeline.trusted;
        for (const Status& status :
             {checkExport(loaded->pipeline, catalogue(), validating, "bundle", command.out, trust),
              checkBundleFile(command.out)}) {
            if (!status.ok()) return endWith(story, status, 2);
        }
        if (const Status written = writeBundle(bundle, command.out); !written.ok())
            return endWith(story, written, 1);
        printLine("wrote " + command.out);
    }
    if (command.to.empty()) return story.end(0);
    const auto exitOf = [](const Status& status) {
        return status.error().code == ErrorCode::Invalid ? 2 : 1;
    };
    if (command.dryRun) {
        const Result<SupersetFindings> found = lookAtSuperset(bundle, request);
        if (!found.ok()) return endWith(story, found.status(), exitOf(found.status()));
        printFindings(*found);
        story.found(*found);
        return story.end(0);
    }
    request.tell = [](const Text& step) { printLine(english(step) + " …"); };
    request.found = printFindings;
    const Result<Published> done = publishToSuperset(bundle, request);
    if (!done.ok()) return endWith(story, done.status(), exitOf(done.status()));
    for (const Text& warning : done->warnings) printMessage("warning", english(warning));
    story.published(*done);
    printLine("published: " + done->link);
    return story.end(0);
}

}  // namespace rw::cli
