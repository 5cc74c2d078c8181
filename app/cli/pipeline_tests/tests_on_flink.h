// `rillwright test --on flink`: tests on a Flink, which takes the program with Qt, for the tokens of its
// target.
#pragma once
#include <string>

#include "app/cli/engine_commands.h"

namespace rw::cli {

/// As WithQt::testsOnFlink. Each test tells on standard error that it is being run there.
Result<RunsTest> testsOnFlink(const std::string& target);

}  // namespace rw::cli
