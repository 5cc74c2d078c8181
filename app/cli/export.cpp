#include <filesystem>
#include <fstream>
#include <system_error>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/verdicts.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/source_check.h"
#include "core/connect/files/file_output.h"
#include "core/deploy/artefact.h"
#include "core/pipeline/checks/export_check.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

constexpr std::size_t kHeadBytes = 64 * 1024;  ///< the first comment holds the pipeline's name

/// Why an export may not go there: the file to be replaced is no export.
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

Text orToFile() {
    return RW_TEXT("deploy", "Send it elsewhere, or name a file with --out.");
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
    const Artefact& artefact = *artefactOf(command.to);
    TranslateOptions options;
    options.python = artefact.python;
    options.validate = validateOptions(command.pipeline);
    SourceCheck check;
    check.validate = options.validate;
    check.trust.agreed = command.pipeline.trusted;
    const Validated validated = look(loaded->pipeline, command.pipeline, options.validate);
    if (!checkRunnable(validated)) return 2;
    const bool toFile = !command.out.empty() && command.out != "-";
    if (toFile) {
        const Status may =
            checkExport(loaded->pipeline, catalogue(), options.validate, "export", command.out, check.trust);
        if (!may.ok()) return refuseExport(may, 2);
        if (const Status ours = checkForeign(command.out); !ours.ok()) return refuseExport(ours, 2);
    }
    SeenSources seen = backendOf(artefact.engine).seenSources(loaded->pipeline, catalogue(), check);
    if (!command.anyFiles) {
        options.surveys = std::move(seen.surveys);
        options.unread = std::move(seen.unread);
    }
    const Translation translation =
        translate(loaded->pipeline, catalogue(), validated, artefact.engine, options);
    printVerdicts(loaded->pipeline, translation);
    if (command.json) {
        Json all = Json::object();
        all["target"] = command.to;
        all.update(verdictsJson(loaded->pipeline, translation));
        const Status told = writeOut(indented(all) + "\n", orToFile());
        if (!told.ok()) return refuseExport(told, 1);
    }
    const Result<std::string> text = writeArtefact(loaded->pipeline, translation, artefact, options);
    if (!text.ok()) return refuseExport(text.status(), 2);
    // It is written all the same: the files may be others where it is run.
    for (Issue& issue : seen.misread) issue.severity = Severity::Warning;
    printIssues(seen.misread);
    Status written;
    if (toFile) {
        written = writeExport(*text, command.out);
    } else if (!command.json) {  // with it standard output has the verdicts alone
        written = writeOut(*text, orToFile());
    }
    return written.ok() ? 0 : refuseExport(written, 1);
}

}  // namespace rw::cli
