#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "core/connect/files/file_output.h"
#include "core/deploy/artefact.h"
#include "core/pipeline/export_check.h"
#include "core/pipeline/json_layout.h"

namespace rw::cli {

namespace {

Json remarkJson(const Remark& remark) {
    return {{"verdict", verdictName(remark.verdict)},
            {"message", english(remark.what)},
            {"condition", english(remark.condition)},
            {"mend", english(remark.fix)},
            {"param", remark.param},
            {"item", remark.item},
            {"position", remark.position},
            {"length", remark.length}};
}

Json verdictsJson(const std::string& target, const Pipeline& pipeline, const Translation& translation) {
    Json nodes = Json::array();
    for (const auto& [id, verdict] : translation.nodes) {
        const Node* node = pipeline.find(id);
        Json remarks = Json::array();
        for (const Remark& remark : verdict.findings) remarks.push_back(remarkJson(remark));
        nodes.push_back({{"node", id},
                         {"type", node != nullptr ? node->type : std::string()},
                         {"verdict", verdictName(verdict.verdict())},
                         {"remarks", std::move(remarks)}});
    }
    return {{"target", target}, {"verdict", verdictName(translation.worst)}, {"nodes", std::move(nodes)}};
}

constexpr std::size_t kHeadBytes = 64 * 1024;  ///< the first comment holds the pipeline's name

/// What is said of each node; of a refused one each reason with its way out.
void printVerdicts(const Pipeline& pipeline, const Translation& translation) {
    for (const Node& node : pipeline.nodes) {
        const auto found = translation.nodes.find(node.id);
        if (found == translation.nodes.end()) continue;
        if (found->second.verdict() != Verdict::Refused) {
            std::fprintf(stderr, "%s\n", printable(verdictLine(node.id, found->second)).c_str());
            continue;
        }
        for (const Remark& remark : found->second.findings) {
            if (remark.verdict != Verdict::Refused) continue;
            const std::string place = remark.param.empty() ? node.id : node.id + "." + remark.param;
            const std::string fix = remark.fix.empty() ? std::string() : " " + english(remark.fix);
            printMessage("refused", place + ": " + english(remark.what) + fix);
        }
    }
}

/// Why an export may not go there: what it would write over is no export.
Status checkForeign(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return {};
    std::ifstream file(path, std::ios::binary);
    std::string head(kHeadBytes, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    const bool pipeline = std::filesystem::path(path).extension() == ".rill";
    if (!pipeline && (std::filesystem::is_empty(path, ignored) || isArtefact(head))) return {};
    return {ErrorCode::Invalid, RW_TEXT("deploy", "“%1” is there already, and is no export.").with(path),
            RW_TEXT("deploy", "Choose another file, or remove that one.")};
}

Status writeExport(const std::string& text, const std::string& path) {
    FileOutput file(path, FileOutput::Placing::Staged);
    RW_TRY(file.open());
    file.buffer() += text;
    return file.close();
}

/// A disk that is full is noticed only when all has left the buffer.
Status writeOut(const std::string& text) {
    errno = 0;
    const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (std::fflush(stdout) == 0 && whole) return {};
    return {ErrorCode::Io,
            RW_TEXT("deploy", "Standard output could not be written: %1.")
                .with(std::generic_category().message(errno)),
            RW_TEXT("deploy", "Send it elsewhere, or name a file with --out.")};
}

/// Prints why not; gives the exit status.
int refuseExport(const Status& status, int exit) {
    printMessage("error", english(status.error()));
    return exit;
}

}  // namespace

int exportTo(const ExportCommand& command) {
    const std::optional<Loaded> loaded = load(command.pipeline);
    if (!loaded) return 2;
    printIssues(loaded->warnings);
    TranslateOptions options;
    options.validate = validateOptions(command.pipeline);
    const Validated validated = rw::validate(loaded->pipeline, catalogue(), options.validate);
    printIssues(validated.issues);
    if (!validated.runnable()) {
        if (!hasErrors(validated.issues)) {
            const Text nothing = RW_TEXT("run", "The pipeline has no node that could run.");
            const Text fix = RW_TEXT("run", "Add a source and something that takes its rows.");
            printMessage("error", english(nothing) + " " + english(fix));
        }
        return 2;
    }
    const bool toFile = !command.out.empty() && command.out != "-";
    if (toFile) {
        const Status may =
            checkExport(loaded->pipeline, catalogue(), options.validate, "export", command.out);
        if (!may.ok()) return refuseExport(may, 2);
        if (const Status ours = checkForeign(command.out); !ours.ok()) return refuseExport(ours, 2);
    }
    const Artefact artefact = *artefactOf(command.to);
    const Translation translation =
        translate(loaded->pipeline, catalogue(), validated, engineOf(artefact), options);
    printVerdicts(loaded->pipeline, translation);
    if (command.json) {
        const Json verdicts = verdictsJson(command.to, loaded->pipeline, translation);
        if (const Status told = writeOut(indented(verdicts) + "\n"); !told.ok()) return refuseExport(told, 1);
    }
    const Result<std::string> text = writeArtefact(loaded->pipeline, translation, artefact, options);
    if (!text.ok()) return refuseExport(text.status(), 2);
    Status written;
    if (toFile) {
        written = writeExport(*text, command.out);
    } else if (!command.json) {  // with it standard output has the verdicts alone
        written = writeOut(*text);
    }
    return written.ok() ? 0 : refuseExport(written, 1);
}

}  // namespace rw::cli
