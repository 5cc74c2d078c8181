#include "core/pipeline_tests/test_file.h"

#include <array>
#include <filesystem>
#include <utility>

#include "core/pipeline/file_reach.h"

namespace rw {

namespace {

constexpr std::array<std::string_view, 12> kVerbs{"rows",
                                                  "idle",
                                                  "fail",
                                                  "advance",
                                                  "end",
                                                  "expect",
                                                  "expect_watermark",
                                                  "expect_late",
                                                  "expect_rejected",
                                                  "expect_window",
                                                  "expect_table",
                                                  "expect_failed"};

}  // namespace

std::string_view testVerb(PipelineTestStep::Verb verb) {
    return kVerbs[static_cast<std::size_t>(verb)];
}

bool isExpectation(PipelineTestStep::Verb verb) {
    return verb >= PipelineTestStep::Verb::Expect;
}

std::string testsBeside(const std::string& pipeline) {
    std::filesystem::path path(pipeline);
    path.replace_extension(kTestEnding);
    return path.native();
}

Result<std::string> testedPipeline(const PipelineTestFile& tests, const std::string& file) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::path(file).parent_path();
    const fs::path path = (folder / tests.pipeline).lexically_normal();
    if (!FileReach::below(folder).allows(path)) {
        return Status(ErrorCode::Denied,
                      RW_TEXT("pipeline_tests", "The pipeline “%1” lies outside the folder of its tests.")
                          .with(tests.pipeline),
                      RW_TEXT("pipeline_tests", "Put both into one folder."));
    }
    return path.native();
}

}  // namespace rw
