#include "tests/cluster/spark_case.h"

#include <fstream>
#include <map>

#include "core/deploy/translation.h"
#include "tests/cluster/spark_rows.h"
#include "tests/cluster/staged_sources.h"

namespace rw::cluster {

namespace fs = std::filesystem;

namespace {

/// Runs the program of a case, which is in `copy` with its inputs; leaves the files of its sinks there.
std::string runProgram(const Pipeline& pipeline, const Validated& validated, const std::string& text,
                       const Catalogue& catalogue, const fs::path& copy, SparkPrograms& programs) {
    const fs::path staged = copy / "staged", program = copy / "program.py", said = copy / "said.ndjson";
    if (std::string why = stageSources(pipeline, catalogue, copy, staged); !why.empty()) return why;
    std::ofstream(program, std::ios::binary) << text;
    const std::string wrong = programs.run(program,
                                           {"--folder", copy.string(), "--staged", staged.string(), "--once",
                                            "--checkpoint", (copy / "checkpoints").string()},
                                           said);
    std::map<NodeId, SparkSinkRows> sinks;
    for (const NodeId& id : validated.order) {
        const NodeKind* const kind = catalogue.find(pipeline.find(id)->type);
        if (kind->outputs.empty())
            sinks.emplace(id, SparkSinkRows(validated.nodes.at(id).inputs.front().front()));
    }
    const std::string failed = readSparkRows(said, sinks);
    if (!wrong.empty() || !failed.empty()) return wrong + (wrong.empty() ? "" : "\n") + failed;
    for (const auto& [id, rows] : sinks)
        rows.write(copy / pipeline.find(id)->params.value("path", id + ".csv"));
    return {};
}

}  // namespace

CaseOutcome runOnSpark(const fs::path& folder, const Catalogue& catalogue, const ListedCases& listed,
                       SparkPrograms& programs) {
    OpenedCase opened(folder, catalogue, Engine::Spark, listed);
    if (!opened.runs) return opened.outcome;
    const Result<std::string> text =
        writeArtefact(opened.pipeline, opened.translation, *artefactOf("pyspark"), opened.how);
    if (!text.ok()) {
        opened.outcome.difference = english(text.error());
        return opened.outcome;
    }
    opened.run([&](const fs::path& copy) {
        return runProgram(opened.pipeline, opened.validated, *text, catalogue, copy, programs);
    });
    return opened.outcome;
}

}  // namespace rw::cluster
