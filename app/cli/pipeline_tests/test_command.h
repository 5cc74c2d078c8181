// `rillwright test`: the tests of pipelines.
#pragma once
#include <string>
#include <vector>

namespace rw::cli {

struct WithQt;

struct TestCommand {
    std::vector<std::string> files;  ///< of tests; pipelines, for the tests beside them; folders
    std::string filter;              ///< only tests with this in their names; empty: all
    bool update = false;             ///< what came is what is expected from now on
    std::string junit;               ///< file for the results as XML; empty: none
    bool json = false;
    bool onFlink = false;  ///< the tests run on the Flink `target`
    std::string target = "local";
};
/// 0: all passed, but for those that a Flink can't be asked; 1: some failed, 2: some could not be run.
int test(const TestCommand& command, const WithQt& withQt);

}  // namespace rw::cli
