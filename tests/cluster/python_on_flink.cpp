// python_on_flink CASE: a case with functions in Python as the PyFlink program that `rillwright export`
// writes, against its results here (kind_cases.h). RILLWRIGHT_PYFLINK has apache-flink.
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/deploy/translation.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/kind_cases.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

Status runProgram(const std::string& python, const Pipeline& pipeline, const fs::path& folder) {
    const Artefact& artefact = *artefactOf("pyflink");
    TranslateOptions options;
    options.python = artefact.python;
    options.validate.folder = folder.string();
    options.validate.file = (folder / "pipeline.rill").string();
    const Validated validated = validate(pipeline, *allNodes(), options.validate);
    const Translation translation = translate(pipeline, *allNodes(), validated, Engine::Flink, options);
    RW_TRY_ASSIGN(const std::string text, writeArtefact(pipeline, translation, artefact, options));
    const fs::path program = folder / "program.py", log = folder / "said";
    std::ofstream(program, std::ios::binary) << text;
    const testing::ChildEnd end =
        testing::runChild({python, program.string(), "--folder", folder.string()}, folder, log);
    if (end.exitStatus == 0) return {};
    std::ifstream said(log);
    return {ErrorCode::Io, RW_TEXT("test", "%1").with(std::string(std::istreambuf_iterator<char>(said), {}))};
}

}  // namespace

int main(int argc, char** argv) {
    const char* const python = std::getenv("RILLWRIGHT_PYFLINK");
    check(argc == 2 && python != nullptr, "python_on_flink CASE, by tests/run --cluster");
    if (argc != 2 || python == nullptr) return test::summary();
    tryCase(argv[1], Engine::Flink, [python](const Pipeline& pipeline, const auto& folder, ChartRows&) {
        return runProgram(python, pipeline, folder);
    });
    return test::summary();
}
