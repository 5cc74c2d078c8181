#include <cstdio>
#include <filesystem>
#include <fstream>

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
    std::string head(512, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    if (head.empty() || head.find("Rillwright") != std::string::npos) return {};
    return {ErrorCode::Invalid, RW_TEXT("deploy", "“%1” is there already, and is no export.").with(path),
            RW_TEXT("deploy", "Choose another file, or remove that one.")};
}

Status writeExport(const std::string& text, const std::string& path) {
    FileOutput file(path, FileOutput::Placing::Staged);
    RW_TRY(file.open());
    file.buffer() += text;
    return file.close();
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
    if (command.json)
        std::printf("%s\n", indented(verdictsJson(command.to, loaded->pipeline, translation)).c_str());
    const Result<std::string> text = writeArtefact(loaded->pipeline, translation, artefact, options);
    if (!text.ok()) return refuseExport(text.status(), 2);
    if (toFile) {
        const Status written = writeExport(*text, command.out);
        return written.ok() ? 0 : refuseExport(written, 1);
    }
    // With --json standard output has the verdicts alone.
    if (!command.json) std::printf("%s", text->c_str());
    return 0;
}

}  // namespace rw::cli
