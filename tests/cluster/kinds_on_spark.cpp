// kinds_on_spark DIR: the cases in DIR on a real Spark, as the programs that `rillwright export` writes,
// against their results here (kind_cases.h). RILLWRIGHT_SPARK_PYTHON has pyspark.
#include <signal.h>

#include <cstdlib>
#include <fstream>

#include "core/deploy/translation.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/kind_cases.h"
#include "tests/cluster/spark_programs.h"
#include "tests/cluster/spark_rows.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

Status runProgram(SparkPrograms& programs, const Pipeline& pipeline, const fs::path& folder,
                  ChartRows& charts) {
    TranslateOptions options;
    options.validate.folder = folder.string();
    options.validate.file = (folder / "pipeline.rill").string();
    const Validated validated = validate(pipeline, *allNodes(), options.validate);
    const Translation translation = translate(pipeline, *allNodes(), validated, Engine::Spark, options);
    RW_TRY_ASSIGN(const std::string text,
                  writeArtefact(pipeline, translation, *artefactOf("pyspark"), options));
    const fs::path program = folder / "program.py", said = folder / "said.ndjson";
    std::ofstream(program, std::ios::binary) << text;
    const std::string wrong = programs.run(
        program,
        {"--folder", folder.string(), "--once", "--end", "--checkpoint", (folder / "checkpoints").string()},
        said);
    std::map<NodeId, SparkSinkRows> sinks;
    for (const Node& node : pipeline.nodes) {
        if (const NodeKind* const kind = allNodes()->of(node); kind->group == NodeGroup::Sink)
            sinks.emplace(node.id, SparkSinkRows(validated.nodes.at(node.id).inputs.front().front()));
    }
    const std::string failed = readSparkRows(said, sinks);
    if (!wrong.empty() || !failed.empty())
        return {ErrorCode::Io, RW_TEXT("test", "%1 %2").with(wrong, failed)};
    for (const auto& [sink, rows] : sinks) charts[sink] = rows.rows();
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    const char* const python = std::getenv("RILLWRIGHT_SPARK_PYTHON");
    check(argc == 2 && python != nullptr, "kinds_on_spark DIR, by tests/run --cluster");
    if (argc != 2 || python == nullptr) return test::summary();
    ::signal(SIGPIPE, SIG_IGN);  // Python may have ended
    const testing::ScratchFolder scratch("spark");
    ::setenv("TMPDIR", scratch.path().c_str(), 1);
    SparkPrograms programs(python, scratch.path() / "spark.log");
    tryKinds(argv[1], Engine::Spark,
             [&programs](const auto& pipeline, const auto& folder, ChartRows& charts) {
                 return runProgram(programs, pipeline, folder, charts);
             });
    return test::summary();
}
